import * as assert from 'uvu/assert'
import type { Ledger } from '../../../src/journal/ledger.ts'
import { fateOf, thisProcess } from '../../../src/journal/process.ts'
import { failureOf } from '../../support/failure.ts'
import { intentOf, ownerOf, startOf, time, warningOf } from '../records.ts'
import { elsewhere, goneProcess, isDefect, type On, target } from './bench.ts'

export function unfinished(on: On): void {
  const left = { target, host: 'leaf-1', run: 'one', net: 'weft-1', time }

  on('what runs leave unfinished stays until it is settled', async ledger => {
    for (const run of ['one', 'two']) await ledger.begin(startOf(run))
    isDefect(await failureOf(ledger.leaveUnfinished({ ...left, run: 'nobody' })))
    const other = { ...left, target: 'kube:a@b', net: null, time: '2026-11-20T19:00:00.000Z' }
    const two = { ...left, run: 'two', net: 'weft-2', time: '2026-11-20T21:00:00.000Z' }
    for (const entry of [two, left, other]) await ledger.leaveUnfinished(entry)
    await ledger.leaveUnfinished({ ...left, net: 'weft-3' })
    assert.equal(await ledger.unfinished(), [other, { ...left, net: 'weft-3' }, two])
    assert.equal(await ledger.unfinished('kube:a@b'), [other])
    await ledger.settle(target, 'two')
    assert.equal(await ledger.unfinished(target), [{ ...left, net: 'weft-3' }])
    await ledger.settle(target)
    await ledger.settle(target)
    assert.equal(await ledger.unfinished(), [other])
  })
}

export function pruning(on: On): void {
  const day = (number: number) => `2026-11-${String(number).padStart(2, '0')}T12:00:00.000Z`
  const ended = async (ledger: Ledger, id: string, more: Parameters<typeof startOf>[1] = {}) => {
    await ledger.begin(startOf(id, more))
    ledger.record(id, warningOf('x'))
    await ledger.end(id, { exit: 0, seconds: 1 })
  }
  const left = async (ledger: Ledger) => (await ledger.runs()).map(run => run.id)

  on('old runs go with their events and intents; what they own stays', async ledger => {
    for (const number of [1, 10, 19]) await ended(ledger, `r${number}`, { time: day(number) })
    await ledger.intend([intentOf('r1', 'a')])
    await ledger.conclude('r1', [{ id: 'a', state: 'applied' }], [ownerOf('r', { run: 'r1' })])
    assert.is(await ledger.prune({ days: 5 }), 2)
    assert.equal(await left(ledger), ['r19'])
    assert.equal(await ledger.events('r1'), [])
    assert.equal(await ledger.intents('r1'), [])
    assert.is((await ledger.owners()).length, 1)
    assert.is(await ledger.prune({ days: 5 }), 0)
  })

  on('with days and a number, a run must be old and not among the newest to go', async ledger => {
    for (const number of [1, 2, 3, 19]) await ended(ledger, `r${number}`, { time: day(number) })
    await ledger.prune({ days: 5, runs: 2 })
    assert.equal(await left(ledger), ['r19', 'r3'])
    await ledger.prune({ runs: 1 })
    assert.equal(await left(ledger), ['r19'])
  })

  on('plans may go without runs, and not all at once', async ledger => {
    for (const number of [1, 2, 3]) await ended(ledger, `p${number}`, { time: day(number), mode: 'plan' })
    await ended(ledger, 'r1', { time: day(1) })
    assert.is(await ledger.prune({ mode: 'plan', days: 5, most: 2 }), 2)
    assert.equal(await left(ledger), ['p3', 'r1'])
    await ended(ledger, 'p4', { time: day(4), mode: 'plan' })
    await ledger.prune({ mode: 'plan', runs: 1 })
    assert.equal(await left(ledger), ['p4', 'r1'])
  })

  on('a run stays while something of it is open or unfinished', async (ledger, clock) => {
    clock.pass(-10 * 86_400)
    for (const id of ['open', 'left', 'plain']) await ended(ledger, id, { time: day(10) })
    await ledger.intend([intentOf('open', 'a')])
    await ledger.leaveUnfinished({ target, host: 'leaf-1', run: 'left', net: null, time })
    clock.pass(10 * 86_400)
    assert.is(await ledger.prune({ runs: 0 }), 1)
    assert.equal((await left(ledger)).sort(), ['left', 'open'])
    await ledger.prune({ days: 9.9 })
    assert.equal((await left(ledger)).sort(), ['left'], 'an open intent that is older than the retention holds no run')
    await ledger.settle(target)
    await ledger.prune({ runs: 0 })
    assert.equal(await left(ledger), [])
  })

  on('a run whose process lives stays, one whose process may be elsewhere stays until it is old', async ledger => {
    await ledger.begin(startOf('alive', { time: day(1) }))
    await ledger.begin(startOf('elsewhere', { time: day(1), process: elsewhere }))
    await ledger.begin(startOf('killed', { time: day(1), process: goneProcess() }))
    await ledger.prune({ runs: 0 })
    assert.equal((await left(ledger)).sort(), ['alive', 'elsewhere'])
    await ledger.prune({ days: 5 })
    assert.equal(await left(ledger), fateOf(thisProcess()) === 'alive' ? ['alive'] : [])
  })
}
