import { join } from 'node:path'
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { openLedger } from '../../src/journal/open.ts'
import { folderOf } from '../support/folder.ts'
import { weft } from '../support/weft.ts'

const SITE = '- hosts: localhost\n  gather_facts: false\n  tasks: [{name: Greeting, debug: {msg: hello}}]\n'

test('a run is listed with who and why, and shown whole', async () => {
  const folder = folderOf({ 'site.yml': SITE })
  assert.is((await weft(['run', 'site.yml', '--reason', 'CHG-1'], { folder })).code, 0)
  const { out } = await weft(['runs'], { folder })
  assert.match(out, /run {3}done {2}0 changed, 0 failed {2}\S+@\S+ {2}site\.yml {2}"CHG-1"/)
  const shown = await weft(['show', 'last'], { folder })
  assert.match(shown.out, /^run \S+: done after/)
  assert.match(shown.out, 'because: CHG-1')
  assert.match(shown.out, 'Greeting')
  const { result, events } = JSON.parse((await weft(['show', 'last', '--json'], { folder })).out)
  assert.is(result, 'done')
  assert.ok(events.some((event: { event: string }) => event.event === 'run-finished'))
})

test('a run without an end is never called good, and its open intents are unknown', async () => {
  const folder = folderOf({ 'site.yml': SITE })
  const file = join(folder, '.weft/ledger.db')
  const ledger = await openLedger({ file, mode: 'run' })
  await ledger.begin({
    id: '20260102T030405-aaaaaa',
    time: '2026-01-02T03:04:05.000Z',
    mode: 'run',
    playbooks: ['site.yml'],
    version: '0.1.0',
    who: 'frank@jump-1',
    commit: null,
    process: { host: 'elsewhere', pid: 1, mark: null },
  })
  const intent = { task: 'site.yml:3', host: 'leaf-a', kind: 'nxos', target: 'nxos:192.0.2.1:22', title: 'Loopback' }
  await ledger.intend([{ ...intent, run: '20260102T030405-aaaaaa', id: 'one', differences: [], commands: [] }])
  await ledger.close()
  assert.match((await weft(['runs'], { folder })).out, 'BROKEN OFF')
  assert.match((await weft(['show', '20260102'], { folder })).out, /leaf-a: Loopback .*: UNKNOWN/)
  const unknown = await weft(['show', 'nothing-like-it'], { folder })
  assert.is(unknown.code, 4)
  assert.match(unknown.err, "'weft runs' lists them")
})

test('where nothing was kept, the list is empty and no file is made', async () => {
  const folder = folderOf({})
  assert.match((await weft(['runs'], { folder })).out, 'No runs are recorded here yet.')
})

test.run()
