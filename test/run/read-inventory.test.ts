import { chmodSync, existsSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { runLocal } from '../../src/connection/local/process.ts'
import { askScript } from '../../src/inventory/script/ask.ts'
import type { InventoryScripts, StartScript } from '../../src/inventory/script/scripts.ts'
import { readInventory } from '../../src/run/read-inventory.ts'
import { failureOf } from '../support/failure.ts'
import { folderOf } from '../support/folder.ts'
import { hasProgram, testWhere } from '../support/where.ts'

const test = suite('run/read-inventory')
const never = new AbortController().signal

function program(text: string, name = 'estate'): { folder: string; file: string } {
  const folder = folderOf({ [name]: text })
  chmodSync(join(folder, name), 0o755)
  return { folder, file: join(folder, name) }
}

const scripts = (allowed: InventoryScripts['allowed']): InventoryScripts => ({
  allowed,
  told: new Map(),
  run: runLocal,
})

const read = (folder: string, known?: InventoryScripts, inventory = ['estate'], stop = never) =>
  readInventory({ inventory, folder, playbooks: [], stop, ...(known ? { inventoryScripts: known } : {}) })

/** A script that leaves a line in `ran` each time. */
const COUNTING = `#!/bin/sh
echo "$@" >> ran
echo '{"leafs": {"hosts": ["leaf1"], "vars": {"tier": "leaf"}}, "fabric": {"children": ["leafs"]}, "_meta": {"hostvars": {"leaf1": {"where": "'$PWD'"}}}}'
`

test('without the setting no program is started, by whatever way it is named', async () => {
  const { folder, file } = program(COUNTING)
  symlinkSync('estate', join(folder, 'link'))
  for (const known of [undefined, scripts(false), scripts([]), scripts([join(folder, 'other')])])
    for (const named of ['estate', 'link', '.']) {
      const failure = await failureOf(read(folder, known, [named]))
      assert.is(failure.code, 'unsafe')
      assert.match(failure.remedy ?? '', `inventory_scripts: ["${file}"]`)
      assert.not.ok(existsSync(join(folder, 'ran')))
    }
})

test('with it a program is started once, where weft is started, and its groups, hosts and variables are there', async () => {
  const { folder, file } = program(COUNTING)
  for (const allowed of [true, [file], [folder]] as const) {
    const known = scripts(allowed)
    const { hosts, groups, children } = await read(folder, known)
    const { tier, where, inventory_file } = hosts.get('leaf1')?.variables ?? {}
    assert.equal([tier, where, inventory_file], ['leaf', folder, file])
    assert.equal([groups.get('fabric'), children.get('fabric')], [['leaf1'], ['leafs']])
    await read(folder, known)
  }
  assert.is(readFileSync(join(folder, 'ran'), 'utf8'), '--list\n--list\n--list\n')
})

test('a setting that names a file lets no other one start, links followed', async () => {
  const { folder } = program(COUNTING)
  const allowed = join(folder, 'own')
  writeFileSync(allowed, '#!/bin/sh\necho "{}"\n', { mode: 0o755 })
  symlinkSync('estate', join(folder, 'own-link'))
  assert.is((await failureOf(read(folder, scripts([allowed]), ['own-link']))).code, 'unsafe')
  assert.is((await read(folder, scripts([allowed]), ['own'])).hosts.size, 0)
})

test('one in a folder of inventories is merged with its neighbours and the group_vars beside it', async () => {
  const { folder } = program(COUNTING, 'inventory-script')
  writeFileSync(join(folder, 'zz.yml'), 'leafs: {hosts: {leaf2: {}}}\n')
  const { groups } = await read(folder, scripts(true), ['.'])
  assert.equal(groups.get('leafs'), ['leaf1', 'leaf2'])
})

test('an executable YAML or INI file is read, not started', async () => {
  const { folder } = program('leafs: {hosts: {leaf1: {}}}\n', 'hosts.yml')
  assert.equal([...(await read(folder, undefined, ['hosts.yml'])).hosts.keys()], ['leaf1'])
})

test('a program that fails says so with its name, its code and the end of what it said', async () => {
  const { folder, file } = program('#!/bin/sh\nprintf "no \\033[31mtoken" >&2\nexit 7\n')
  const failure = await failureOf(read(folder, scripts(true)))
  assert.is(failure.message, `The inventory ${file} --list ended with code 7.`)
  assert.is(failure.device?.said, 'no \\x1b[31mtoken')
})

test('a program whose interpreter is missing, or that is none, is told as such', async () => {
  const missing = program('#!/no/such/interpreter\n')
  assert.match((await failureOf(read(missing.folder, scripts(true)))).message, 'cannot be started')
  const broken = program('\u007fELF\u0000\u0000')
  const failure = await failureOf(read(broken.folder, scripts(true)))
  assert.is(failure.code, 'failed')
  // The system's own exec gives what it does not know to /bin/sh.
  assert.match(failure.message, /--list (cannot be started|ended with code)/)
})

test('one that prints without end is ended', async () => {
  const { folder } = program('#!/bin/sh\nyes "[["\n')
  const failure = await failureOf(read(folder, scripts(true)))
  assert.match(failure.message, /--list did not answer\. .*printed more than \d+ bytes/)
})

test('one that takes longer than it may is ended, with its name', async () => {
  const { file } = program('#!/bin/sh\nsleep 60\n')
  const start: StartScript = (words, limits) => runLocal({ command: words }, { signal: never, limits })
  const short = { seconds: 0.2, bytes: 100 }
  const failure = await failureOf(askScript(file, start, { list: short, host: short }))
  assert.match(
    failure.message,
    `The inventory ${file} --list did not answer. The process was ended: it took longer than 0.2 s`,
  )
})

test('one that hangs ends when the user stops', async () => {
  const { folder } = program('#!/bin/sh\nsleep 60\n')
  const begun = performance.now()
  const failure = await failureOf(read(folder, scripts(true), ['estate'], AbortSignal.timeout(200)))
  assert.is(failure.code, 'interrupted')
  assert.ok(performance.now() - begun < 20_000)
})

test('what it says beside a good answer is a warning', async () => {
  const { folder } = program('#!/bin/sh\necho "token is old" >&2\necho "{}"\n')
  assert.match((await read(folder, scripts(true))).warnings.join('\n'), 'says: token is old')
})

testWhere(
  test,
  hasProgram('python3'),
  'no python3',
)('a script of Python without _meta is asked for each host', async () => {
  const { folder } = program(`#!/usr/bin/env python3
import json, sys
if sys.argv[1] == '--list':
    print(json.dumps({'leafs': ['leaf1', 'leaf2']}))
else:
    print(json.dumps({'name': sys.argv[2], 'big': 2 ** 64}))
`)
  const { hosts } = await read(folder, scripts(true))
  assert.equal(
    [...hosts.values()].map(({ variables }) => [variables.name, variables.big]),
    [
      ['leaf1', '18446744073709551616'],
      ['leaf2', '18446744073709551616'],
    ],
  )
})

test.run()
