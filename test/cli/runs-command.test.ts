import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { openLedger } from '../../src/journal/open.ts'
import { resultOf } from '../journal/records.ts'
import { folderOf } from '../support/folder.ts'
import { weft } from '../support/weft.ts'

const SITE = '- hosts: localhost\n  gather_facts: false\n  tasks: [{name: Greeting, debug: {msg: hello}}]\n'

test('a run is listed with who and why, and shown whole', async () => {
  const folder = folderOf({ 'site.yml': SITE })
  assert.is((await weft(['run', 'site.yml', '--reason', 'CHG-1'], { folder })).code, 0)
  const { out } = await weft(['runs'], { folder })
  assert.match(out, /^run +when +kind +result +changed +failed +took +by +playbooks\n/)
  assert.match(out, /run {3}done +0 +0 +\d\.\d s {2}\S+@\S+ +site\.yml {2}"CHG-1"/)
  const shown = await weft(['show', 'last'], { folder })
  assert.match(shown.out, /^run \S+: done after/)
  assert.match(shown.out, /^ {2}why +CHG-1$/m)
  assert.match(shown.out, /^└─ Greeting {2}ok/m)
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
  assert.match((await weft(['show', '20260102'], { folder })).out, /UNKNOWN: .* Loopback/)
  const unknown = await weft(['show', 'nothing-like-it'], { folder })
  assert.is(unknown.code, 4)
  assert.match(unknown.err, "'weft runs' lists them")
})

test('where nothing was kept, the list is empty and no file is made', async () => {
  const folder = folderOf({})
  assert.match((await weft(['runs'], { folder })).out, 'No runs are recorded here yet.')
})

/** Some past runs, an hour, a day and 100 days old. */
async function past() {
  const folder = folderOf({})
  const ledger = await openLedger({ file: join(folder, '.weft/ledger.db'), mode: 'run' })
  const begin = async (id: string, hours: number, more: object = {}) => {
    const time = new Date(Date.now() - hours * 3600_000).toISOString()
    const process = { host: 'elsewhere', pid: 1, mark: null }
    const start = { id, time, mode: 'run' as const, playbooks: ['site.yml'], version: '0.1.0', who: 'frank@jump-1' }
    await ledger.begin({ ...start, commit: null, process, ...more })
  }
  await begin('a-good', 1)
  ledger.record('a-good', resultOf('leaf-101', 'changed'))
  await ledger.end('a-good', { exit: 0, seconds: 1 })
  await begin('a-plan', 24, { mode: 'plan', playbooks: ['playbooks/aci.yml'], reason: 'x\u001b[31m\nred' })
  await ledger.end('a-plan', { exit: 2, seconds: 75 })
  await begin('old-bad', 2400)
  await ledger.end('old-bad', { exit: 1, seconds: 1 })
  await ledger.close()
  const ids = async (...words: string[]) => {
    const { out } = await weft(['runs', ...words, '--json'], { folder })
    return JSON.parse(out).map(({ id }: { id: string }) => id)
  }
  return { folder, ids, weft: (...words: string[]) => weft(words, { folder }) }
}

test('runs are picked by host, playbook, time and end, and what is no time says what one is', async () => {
  const { ids, weft } = await past()
  assert.equal(await ids(), ['a-good', 'a-plan', 'old-bad'])
  assert.equal(await ids('--host', 'leaf-101'), ['a-good'])
  assert.equal(await ids('--playbook', 'aci.yml'), ['a-plan'])
  assert.equal(await ids('--since', '2d'), ['a-good', 'a-plan'])
  assert.equal(await ids('--failed'), ['old-bad'])
  assert.match((await weft('runs', '--host', 'leaf-1')).out, 'No run matches.')
  const { code, err } = await weft('runs', '--since', 'yesterday')
  assert.is(code, 4)
  assert.match(err, '--since 2d')
})

test('nothing that is kept is obeyed by a terminal, nor begins a line', async () => {
  const { weft } = await past()
  for (const { out } of [await weft('runs'), await weft('show', 'a-plan')]) {
    assert.not.match(out, '\u001b')
    assert.match(out, 'x\\x1b[31m\\nred')
  }
})

test('a beginning that several have says which', async () => {
  const { weft } = await past()
  const { code, err } = await weft('show', 'a')
  assert.is(code, 4)
  assert.match(err, "2 runs begin with 'a'")
  assert.match(err, 'a-good, a-plan')
  assert.match((await weft('show', 'old')).out, /^run old-bad: FAILED after 1\.0 s/)
})

test('pruning shows what would go, and forgets it only with --yes', async () => {
  const { ids, weft } = await past()
  const { code, err } = await weft('runs', 'prune')
  assert.is(code, 4)
  assert.match(err, '--older-than 90d')
  assert.match(
    (await weft('runs', 'prune', '--older-than', '90d')).out,
    /old-bad[\s\S]*1 run would be forgotten; nothing was/,
  )
  assert.equal(await ids(), ['a-good', 'a-plan', 'old-bad'])
  assert.match((await weft('runs', 'prune', '--older-than', '90d', '--yes')).out, 'Forgotten: 1 run')
  assert.equal(await ids(), ['a-good', 'a-plan'])
  assert.equal(JSON.parse((await weft('runs', 'prune', '--keep', '1', '--json')).out), {
    runs: ['a-plan'],
    forgotten: 0,
  })
  assert.is((await weft('runs', 'prune', '--older-than', 'x')).code, 4)
})

test('a ledger that was named and is not there is an error, and is not made', async () => {
  const folder = folderOf({})
  for (const words of [['runs'], ['show', 'last'], ['runs', 'prune', '--keep', '1', '--yes']]) {
    const { code, err } = await weft([...words, '--ledger', 'other.db'], { folder })
    assert.is(code, 4, words.join(' '))
    assert.match(err, 'there is no ledger')
    assert.not(existsSync(join(folder, 'other.db')))
  }
})

test.run()
