import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { folderOf } from '../support/folder.ts'
import { weft } from '../support/weft.ts'

const test = suite('inventory scripts')

const ESTATE = `#!/bin/sh
echo asked >> "$(dirname "$0")/../asked"
echo '{"here": {"hosts": ["one"], "vars": {"ansible_connection": "local", "said": "{{ 1 + 1 }}"}}, "_meta": {"hostvars": {}}}'
`

/** A repository whose default inventory folder holds a script, and settings of the operator outside of it. */
function estate(settings: string) {
  const folder = folderOf({
    'inventory/estate.sh': ESTATE,
    'site.yml': '- hosts: here\n  gather_facts: false\n  tasks: [{debug: {msg: "it is {{ said }}"}}]\n',
    // The repository's own, which does not count.
    'weft.yml': 'inventory_scripts: true\n',
  })
  mkdirSync(join(folder, '.git'))
  chmodSync(join(folder, 'inventory/estate.sh'), 0o755)
  const own = join(mkdtempSync(join(tmpdir(), 'weft-own-')), 'weft.yml')
  writeFileSync(own, settings.replaceAll('FOLDER', folder), { mode: 0o600 })
  const call = (words: readonly string[], file = own) =>
    weft(words, { folder, environment: { WEFT_CONFIG: file, XDG_CONFIG_HOME: folder } })
  return { folder, call, asked: join(folder, 'asked') }
}

const COMMANDS = [
  ['inventory', '--list'],
  ['doctor'],
  ['plan', 'site.yml'],
  ['run', 'site.yml'],
  ['run', 'site.yml', '--check'],
  ['plan', 'site.yml', '--list-hosts'],
  ['plan', 'site.yml', '--syntax-check'],
]

test('no command starts one without the setting, nor with the repository’s own', async () => {
  const { folder, call, asked } = estate('{}\n')
  for (const words of COMMANDS) {
    const { code, out, err } = await call(words)
    assert.ok(code !== 0, words.join(' '))
    assert.match(out + err, 'inventory_scripts: [', words.join(' '))
  }
  chmodSync(join(folder, 'weft.yml'), 0o600)
  for (const words of COMMANDS) assert.ok((await call(words, join(folder, 'weft.yml'))).code !== 0, words.join(' '))
  assert.not.ok(existsSync(asked))
})

test('with it every command asks it, once', async () => {
  const { call, asked } = estate('inventory_scripts: [FOLDER/inventory]\n')
  for (const [at, words] of COMMANDS.entries()) {
    const { out, err } = await call(words)
    assert.not.match(out + err, 'inventory_scripts', words.join(' '))
    assert.is(readFileSync(asked, 'utf8').split('\n').length - 1, at + 1, words.join(' '))
  }
  assert.match((await call(['run', 'site.yml', '-v'])).out, 'it is 2')
  const { _meta, here } = JSON.parse((await call(['inventory', '--list'])).out)
  assert.equal([here.hosts, _meta.hostvars.one.said], [['one'], '{{ 1 + 1 }}'])
})

test('a saved plan is planned again and run with one call', async () => {
  const { call, asked } = estate('inventory_scripts: true\n')
  assert.is((await call(['plan', 'site.yml', '--save', 'the.plan'])).code, 0)
  const { code, out, err } = await call(['run', '--plan', 'the.plan'])
  assert.is(code, 0, out + err)
  assert.is(readFileSync(asked, 'utf8'), 'asked\nasked\n')
})

test.run()
