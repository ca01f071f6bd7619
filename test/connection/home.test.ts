import { execFileSync } from 'node:child_process'
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { fromHome, homeFolder } from '../../src/connection/home.ts'
import { testWhere } from '../support/where.ts'

/** What a process answers that has this HOME (null = none). */
function answer(home: string | null, uid?: number): string {
  const script = `import(${JSON.stringify(new URL('../../src/connection/home.ts', import.meta.url).href)})
    .then(({ fromHome }) => console.log(fromHome('~/.ssh/known_hosts')))`
  const { HOME: _, ...rest } = process.env
  const env = home === null ? rest : { ...rest, HOME: home }
  return execFileSync(process.execPath, ['-e', script], { env, ...(uid ? { uid } : {}), encoding: 'utf8' }).trim()
}

test('a path below the home is spelled out, any other stays', () => {
  assert.is(fromHome('~/.kube/config'), `${homeFolder()}/.kube/config`)
  for (const path of ['/etc/hosts', 'a/~/b', '~other/x', './~']) assert.is(fromHome(path), path)
})

test('HOME may name a folder that is not there', () => {
  assert.is(answer('/nonexistent/me'), '/nonexistent/me/.ssh/known_hosts')
})

test('an empty HOME is not the working folder', () => {
  assert.is(answer(''), '/nonexistent/.ssh/known_hosts')
})

testWhere(
  test,
  process.getuid?.() === 0,
  'not root: no process can be started as another user',
)('a user whom nobody knows, without HOME, has none', () => {
  assert.is(answer(null, 42_424), '/nonexistent/.ssh/known_hosts')
})

test.run()
