import { existsSync, mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { folderOf } from '../support/folder.ts'
import { weft } from '../support/weft.ts'

const test = suite('a plan starts nothing')
const lookup = (name: string, file: string) => `{{ lookup('${name}', 'echo localhost; touch ${file}') }}`

test('neither pipe nor lines starts a program in a plan or a listing, wherever it stands; a run does', async () => {
  const folder = folderOf({})
  const touched = join(folder, 'touched')
  for (const name of ['pipe', 'lines']) {
    const made = lookup(name, touched)
    writeFileSync(
      join(folder, 'hosts.yml'),
      `- hosts: "${made}"\n  gather_facts: false\n  tasks: [{debug: {msg: x}}]\n`,
    )
    writeFileSync(
      join(folder, 'task.yml'),
      `- hosts: localhost\n  gather_facts: false\n  tasks: [{debug: {msg: "${made}"}}]\n`,
    )
    const calls = [
      ['plan', 'hosts.yml'],
      ['plan', 'task.yml'],
      ['run', 'task.yml', '--check'],
    ]
    const listings = ['--list-hosts', '--list-tasks', '--syntax-check'].map(flag => ['run', 'hosts.yml', flag])
    for (const words of [...calls, ...listings]) {
      await weft(words, { folder, environment: { XDG_CONFIG_HOME: folder } })
      assert.not.ok(existsSync(touched), `${name}: ${words.join(' ')}`)
    }
  }
  const refused = await weft(['plan', 'task.yml'], { folder, environment: { XDG_CONFIG_HOME: folder } })
  assert.is(refused.code, 1)
  assert.match(refused.out + refused.err, /allow_in_plan: \[pipe\]/)
  assert.is((await weft(['run', 'task.yml'], { folder, environment: { XDG_CONFIG_HOME: folder } })).code, 0)
  assert.ok(existsSync(touched))
})

test("the operator's own settings allow it, the repository's are refused", async () => {
  const folder = folderOf({})
  const touched = join(folder, 'touched')
  writeFileSync(
    join(folder, 'site.yml'),
    `- hosts: localhost\n  gather_facts: false\n  tasks: [{debug: {msg: "${lookup('pipe', touched)}"}}]\n`,
  )
  const text = 'allow_in_plan: [pipe]\n'
  writeFileSync(join(folder, 'weft.yml'), text, { mode: 0o600 })
  const refused = await weft(['plan', 'site.yml'], { folder, environment: { WEFT_CONFIG: join(folder, 'weft.yml') } })
  assert.is(refused.code, 1)
  assert.not.ok(existsSync(touched))
  const own = join(mkdtempSync(join(tmpdir(), 'weft-own-')), 'weft.yml')
  writeFileSync(own, text, { mode: 0o600 })
  assert.is((await weft(['plan', 'site.yml'], { folder, environment: { WEFT_CONFIG: own } })).code, 0)
  assert.ok(existsSync(touched))
})

test.run()
