import * as assert from 'uvu/assert'
import { leaseFailure } from '../../../src/journal/lease.ts'
import type { Lease, Ledger } from '../../../src/journal/ledger.ts'
import { fateOf, thisProcess } from '../../../src/journal/process.ts'
import { failureOf } from '../../support/failure.ts'
import { intentOf, startOf } from '../records.ts'
import { elsewhere, goneProcess, type On, target } from './bench.ts'

export function leases(on: On): void {
  const wish = (run: string, process = thisProcess()) => ({ target, run, who: `${run}@jump`, process, seconds: 60 })
  const heldBy = (answer: Awaited<ReturnType<Ledger['lease']>>): Lease => {
    if ('held' in answer) return answer.held
    throw new Error(`It is held by ${answer.by.run}.`)
  }

  on('a target is held by one run, which gets it again with the same token', async (ledger, clock) => {
    const held = heldBy(await ledger.lease(wish('one')))
    const { seconds: _, ...rest } = wish('one')
    assert.equal(held, { ...rest, token: 1, until: '2026-11-20T20:01:00.000Z' })
    assert.equal(await ledger.lease(wish('two')), { by: held })
    clock.pass(30)
    const again = heldBy(await ledger.lease(wish('one')))
    assert.equal(again, { ...held, until: '2026-11-20T20:01:30.000Z' })
    const other = heldBy(await ledger.lease({ ...wish('two'), target: 'other' }))
    assert.is(other.token, 1)
    assert.match(
      leaseFailure(held).message,
      `${target} is being written to by run one of one@jump (process ${process.pid}`,
    )
  })

  on(
    'a lease that was given back, or whose time is over, goes to the next with a greater token',
    async (ledger, clock) => {
      const one = heldBy(await ledger.lease(wish('one')))
      await ledger.release(one)
      const two = heldBy(await ledger.lease(wish('two')))
      assert.is(two.token, 2)
      clock.pass(61)
      const three = heldBy(await ledger.lease(wish('three')))
      assert.is(three.token, 3)
      assert.is(await ledger.renew(two, 60), false)
      await ledger.release(two)
      assert.ok('by' in (await ledger.lease(wish('four'))))
      assert.is(await ledger.renew(three, 600), true)
      clock.pass(300)
      assert.ok('by' in (await ledger.lease(wish('four'))))
      await ledger.release(three)
      assert.is(await ledger.renew(three, 60), false)
      assert.is(heldBy(await ledger.lease(wish('one'))).token, 4)
    },
  )

  on('a lease outlives its time as long as nobody takes it', async (ledger, clock) => {
    const held = heldBy(await ledger.lease(wish('one')))
    clock.pass(3600)
    assert.is(await ledger.renew(held, 60), true)
    assert.ok('by' in (await ledger.lease(wish('two'))))
  })

  on('a holder whose process is gone from this machine has lost its target; one elsewhere has not', async ledger => {
    const gone = goneProcess()
    assert.is(fateOf(gone), 'gone')
    await ledger.lease(wish('one', gone))
    const held = heldBy(await ledger.lease(wish('two', elsewhere)))
    assert.is(held.token, 2)
    assert.equal(await ledger.lease(wish('three')), { by: held })
  })

  on('a process that has the number of a holder that is gone is not that holder', async ledger => {
    const { mark, ...rest } = thisProcess()
    const before = { ...rest, mark: mark?.replace(/\d+$/, '1') ?? null }
    await ledger.lease(wish('one', before))
    assert.is('held' in (await ledger.lease(wish('two'))), mark !== null)
  })

  on('an intent under a lease that was lost is refused and not kept', async (ledger, clock) => {
    await ledger.begin(startOf('one'))
    const held = heldBy(await ledger.lease(wish('one')))
    await ledger.intend([intentOf('one', 'a')], held)
    clock.pass(61)
    const late = await failureOf(ledger.intend([intentOf('one', 'b')], held))
    assert.is(late.code, 'unsafe')
    assert.match(late.message, 'its lease ended at 2026-11-20T20:01:00.000Z')
    await ledger.lease(wish('two'))
    const lost = await failureOf(ledger.intend([intentOf('one', 'b')], held))
    assert.is(lost.message, `run one may no longer write to ${target}: run two of two@jump has it now`)
    assert.ok(lost.remedy)
    assert.equal(
      (await ledger.intents('one')).map(({ id }) => id),
      ['a'],
    )
  })
}
