import * as assert from 'uvu/assert'
import type { Ledger } from '../../../src/journal/ledger.ts'
import { failureOf } from '../../support/failure.ts'
import { intentOf, resultOf, startOf, warningOf } from '../records.ts'
import { isDefect, type On } from './bench.ts'

export function runs(on: On): void {
  on('a run comes back as it began, and without an exit code until it has ended', async ledger => {
    const start = startOf('one', { reason: 'CHG-1', commit: { id: 'a1b2', dirty: true }, plan: 'sha256:1' })
    await ledger.begin(start)
    const results = { ok: 0, changed: 0, skipped: 0, failed: 0, unreachable: 0, rescued: 0, ignored: 0 }
    const intents = { open: 0, applied: 0, failed: 0, undone: 0, unknown: 0, unsent: 0, shut: 0 }
    assert.equal(await ledger.run('one'), { ...start, exit: null, seconds: null, intents, results })
    await ledger.end('one', { exit: 2, seconds: 1.5 })
    assert.equal(await ledger.runs(), [{ ...start, exit: 2, seconds: 1.5, intents, results }])
  })

  on('the newest run is first, and the newest of one second by its id', async ledger => {
    await ledger.begin(startOf('b', { time: '2026-11-20T20:00:01.000Z' }))
    await ledger.begin(startOf('a', { time: '2026-11-20T20:00:02.000Z', mode: 'plan' }))
    await ledger.begin(startOf('c', { time: '2026-11-20T20:00:01.000Z' }))
    const ids = async (query?: Parameters<Ledger['runs']>[0]) => (await ledger.runs(query)).map(run => run.id)
    assert.equal(await ids(), ['a', 'c', 'b'])
    assert.equal(await ids({ limit: 2 }), ['a', 'c'])
    assert.equal(await ids({ mode: 'run', limit: 1 }), ['c'])
    assert.equal(await ids({ limit: 0 }), [])
  })

  on('runs are picked by host, by playbook, by when they began, and by how they ended', async ledger => {
    await ledger.begin(startOf('a', { time: '2026-11-20T20:00:03.000Z', playbooks: ['playbooks/site.yml', 'x.yml'] }))
    await ledger.begin(startOf('b', { time: '2026-11-20T20:00:02.000Z', mode: 'plan', playbooks: ['website.yml'] }))
    await ledger.begin(startOf('c', { time: '2026-11-20T20:00:01.000Z', playbooks: ['%'] }))
    ledger.record('a', resultOf('leaf-1', 'ok'))
    ledger.record('b', resultOf('leaf-1', 'ok'))
    ledger.record('b', resultOf('leaf-2', 'ok'))
    await ledger.end('a', { exit: 2, seconds: 1 })
    await ledger.end('b', { exit: 2, seconds: 1 })
    const ids = async (query: Parameters<Ledger['runs']>[0]) => (await ledger.runs(query)).map(run => run.id).join('')
    assert.is(await ids({ host: 'leaf-1' }), 'ab')
    assert.is(await ids({ host: 'leaf-2' }), 'b')
    assert.is(await ids({ host: 'leaf' }), '')
    assert.is(await ids({ playbook: 'site.yml' }), 'a')
    assert.is(await ids({ playbook: 'x.yml' }), 'a')
    assert.is(await ids({ playbook: '%' }), 'c')
    assert.is(await ids({ since: '2026-11-20T20:00:02.000Z' }), 'ab')
    assert.is(await ids({ failed: true }), 'ac')
    assert.is(await ids({ failed: true, host: 'leaf-1', limit: 5 }), 'a')
  })

  on('a run is found by its id, by a beginning that no other has, and as the last', async ledger => {
    assert.is(await ledger.run('last'), null)
    await ledger.begin(startOf('2026-a'))
    await ledger.begin(startOf('2026-a1'))
    await ledger.begin(startOf('2026-b%'))
    const found = async (id: string) => (await ledger.run(id))?.id ?? null
    assert.is(await found('2026-a'), '2026-a')
    assert.is(await found('2026-b'), '2026-b%')
    assert.is(await found('2026-a1'), '2026-a1')
    assert.is(await found('2026'), null)
    assert.is(await found(''), null)
    assert.is(await found('%'), null)
    assert.is(await found('3'), null)
    assert.is(await found('last'), '2026-b%')
  })

  on('a run begins once, and what never began cannot end', async ledger => {
    await ledger.begin(startOf('one'))
    isDefect(await failureOf(ledger.begin(startOf('one', { who: 'eve@elsewhere' }))))
    assert.is((await ledger.run('one'))?.who, 'frank@jump-1')
    isDefect(await failureOf(ledger.end('two', { exit: 0, seconds: 1 })))
  })
}

export function events(on: On): void {
  on('events come back in the order in which they were told, also those before the run began', async ledger => {
    const told = Array.from({ length: 250 }, (_, at) => warningOf(`w${at}`))
    for (const event of told.slice(0, 120)) ledger.record('one', event)
    assert.equal(await ledger.events('one'), [])
    await ledger.begin(startOf('one'))
    assert.equal(await ledger.events('one'), told.slice(0, 120))
    for (const event of told.slice(120)) ledger.record('one', event)
    await ledger.end('one', { exit: 0, seconds: 1 })
    assert.equal(await ledger.events('one'), told)
    assert.equal(await ledger.events('two'), [])
  })

  on('events of two runs do not mix', async ledger => {
    await ledger.begin(startOf('a'))
    await ledger.begin(startOf('b'))
    for (let at = 0; at < 60; at++) for (const run of ['a', 'b']) ledger.record(run, warningOf(`${run}${at}`))
    const texts = async (run: string) => (await ledger.events(run)).map(event => 'text' in event && event.text)
    assert.equal(
      await texts('a'),
      Array.from({ length: 60 }, (_, at) => `a${at}`),
    )
    assert.equal(
      await texts('b'),
      Array.from({ length: 60 }, (_, at) => `b${at}`),
    )
  })

  on('results are counted by status, also of a run that has not ended', async ledger => {
    await ledger.begin(startOf('one'))
    for (const status of ['ok', 'ok', 'changed', 'failed'] as const) ledger.record('one', resultOf('leaf-1', status))
    const run = await ledger.run('one')
    assert.equal(run?.results, { ok: 2, changed: 1, skipped: 0, failed: 1, unreachable: 0, rescued: 0, ignored: 0 })
    assert.is(run?.exit, null)
  })

  on('what was given may be changed afterwards without changing what is kept', async ledger => {
    await ledger.begin(startOf('one'))
    const differences = [{ id: 'x', before: null, after: { list: [1] } }]
    await ledger.intend([intentOf('one', 'a', { differences })])
    differences[0]?.after.list.push(2)
    const [kept] = await ledger.intents('one')
    assert.equal(kept?.differences[0]?.after, { list: [1] })
  })
}
