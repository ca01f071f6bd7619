import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { openJournal } from '../../src/journal/sqlite.ts'
import type { RunEvent } from '../../src/model/event.ts'

const test = suite('journal/sqlite')
const time = '2026-11-20T20:00:00.000Z'
const started = (run: string, at = time): RunEvent => ({
  event: 'run-started',
  time: at,
  run,
  mode: 'run',
  playbooks: ['site.yml'],
  version: '0.1.0',
})
const finished: RunEvent = { event: 'run-finished', time, seconds: 1.5, exit: 2, hosts: {} }
const newFile = () => join(mkdtempSync(join(tmpdir(), 'weft-journal-')), 'deep', 'journal.db')

test('a run comes back with its events in order', async () => {
  const file = newFile()
  const journal = await openJournal(file)
  const told: RunEvent[] = [
    started('one'),
    ...Array.from({ length: 250 }, (_, at): RunEvent => ({ event: 'warning', time, text: `w${at}` })),
    finished,
  ]
  for (const event of told) journal.record(event)
  journal.close()
  const again = await openJournal(file)
  assert.equal(again.events('one'), told)
  const [run] = again.runs()
  assert.equal(run, {
    id: 'one',
    started: time,
    mode: 'run',
    playbooks: ['site.yml'],
    version: '0.1.0',
    exit: 2,
    seconds: 1.5,
  })
  again.close()
})

test('a run that never finished has no exit code', async () => {
  const file = newFile()
  const killed = await openJournal(file)
  killed.record(started('one'))
  const other = await openJournal(file)
  assert.is(other.runs()[0]?.exit, null)
  other.close()
  killed.close()
})

test('the newest run is first, and two processes can write at once', async () => {
  const file = newFile()
  const [a, b] = [await openJournal(file), await openJournal(file)]
  a.record(started('a', '2026-11-20T20:00:00.000Z'))
  b.record(started('b', '2026-11-20T21:00:00.000Z'))
  a.record(finished)
  b.record(finished)
  assert.equal(
    a.runs().map(run => run.id),
    ['b', 'a'],
  )
  a.close()
  b.close()
})

test.run()
