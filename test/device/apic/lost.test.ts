import fc from 'fast-check'
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import type { ApicValue } from '../../../src/diff/apic/change.ts'
import { dnOf } from '../../../src/diff/apic/resource-id.ts'
import type { Strike } from '../../../src/lab/apic/fault.ts'
import type { Work } from '../../../src/model/device.ts'
import type { Outcome } from '../../../src/model/intent.ts'
import type { Managed } from '../../../src/model/managed.ts'
import { type ApicBench, apicBench, planTasks, runTasks } from '../../support/apic.ts'
import { finish } from '../../support/finish.ts'

let bench: ApicBench
test.before(async () => {
  bench = await apicBench()
})
test.after(() => bench.close())

let count = 0

/** Tasks that need several trees: what is deleted is made anew. The third may be refused. */
const tasks = (dn: string, isRefused: boolean) => [
  { dn, tree: { fvCtx: [{ name: 'one' }, { name: 'two', descr: 'new' }] } },
  { dn, state: 'absent', tree: { fvCtx: { name: 'old' } } },
  {
    dn,
    tree: {
      fvCtx: [
        { name: 'old', descr: 'anew' },
        { name: 'three' },
        { name: 'four', ...(isRefused ? { descr: '[' } : {}) },
      ],
    },
  },
  { dn, tree: { rtctrlSubjP: { name: 'last', rtctrlMatchRtDest: [{ ip: '10.0.0.0/24' }] } } },
]

/** A write with a fault in it, to its end. */
async function ended(strike: Strike | null, isRefused = false) {
  const name = `lost-${++count}`
  const dn = `uni/tn-${name}`
  await runTasks(await bench.device(), [{ tree: { fvTenant: { name, fvCtx: { name: 'old', descr: 'old' } } } }])
  const device = await bench.device()
  const work = await planTasks(device, tasks(dn, isRefused))
  if (strike) bench.lab.setFaults({ strike })
  const outcomes = await device.write(work)
  // What is left of the fault is over: one more request may meet it.
  bench.lab.setFaults({ strike: { after: Number.MAX_SAFE_INTEGER, kind: 'token' } })
  const states = outcomes.map(({ state }) => state)
  return { dn, work, outcomes, states, failure: await finish(device), wrong: disagreements(work, outcomes) }
}

/** Where the lab does not bear out what outcomes say, by the lab's own objects. */
function disagreements(work: readonly Work<'apic'>[], outcomes: readonly Outcome[]): string[] {
  const claims = work.flatMap(({ differences, title }, at) =>
    (differences as readonly Managed<ApicValue>[]).map(change => ({ change, title, state: outcomes[at]?.state })),
  )
  const chains = Map.groupBy(claims, ({ change }) => change.id)
  return [...chains.values()].flatMap(chain => {
    // The APIC puts these into each VRF by itself.
    if (/\/(any|rs\w+)$/.test(chain[0]?.change.id ?? '')) return []
    if (chain.some(({ state }) => state === 'unknown')) return []
    const last = chain.findLast(({ state }) => state === 'applied')
    const [first] = chain
    const due = last ? last.change.after : first?.change.before
    const dn = dnOf(chain[0]?.change as Managed)
    const live = bench.lab.objects().get(dn)
    const isSo = due
      ? live &&
        Object.entries(due.attributes).every(([key, value]) => key === 'userdom' || live.attributes[key] === value)
      : !live
    return isSo ? [] : [`${dn}: ${chain.map(({ title, state }) => `${title} ${state}`).join(', ')}`]
  })
}

const kind = fc.constantFrom('cut', 'taken', 'token', 'busy', 'busy-taken') satisfies fc.Arbitrary<Strike['kind']>

test('a session that is lost at any request of a write, taken or not, is opened again, and the write ends as if nothing had been', async () => {
  await fc.assert(
    fc.asyncProperty(kind, fc.nat({ max: 6 }), async (each, after) => {
      const { states, wrong, failure } = await ended({ kind: each, after })
      assert.equal(states, ['applied', 'applied', 'applied', 'applied'])
      assert.ok(wrong.length === 0, wrong.join())
      assert.is(failure, null)
    }),
    { numRuns: 15, includeErrorInReport: true },
  )
})

test('a session that is lost where an object is refused too: what the outcomes say is what the APIC holds', async () => {
  assert.equal((await ended(null, true)).states, ['applied', 'applied', 'failed', 'unsent'])
  await fc.assert(
    fc.asyncProperty(kind, fc.nat({ max: 14 }), async (each, after) => {
      const { states, wrong } = await ended({ kind: each, after }, true)
      assert.equal(states, ['applied', 'applied', 'failed', 'unsent'])
      assert.ok(wrong.length === 0, wrong.join())
    }),
    { numRuns: 15, includeErrorInReport: true },
  )
})

test('an APIC that stays away: whatever is called applied, failed or unsent is so, and what is unknown is called unknown', async () => {
  let unknown = 0
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom('cut' as const, 'taken' as const, 'busy' as const, 'busy-taken' as const),
      fc.nat({ max: 14 }),
      fc.constantFrom(2, 3, 5, 8, 1000),
      fc.boolean(),
      async (each, after, times, isRefused) => {
        const { states, wrong, outcomes } = await ended({ kind: each, after, times }, isRefused)
        assert.ok(wrong.length === 0, `${states.join()} ${wrong.join()}`)
        if (!states.includes('unknown')) return
        unknown++
        const [first] = outcomes.flatMap(outcome => (outcome.state === 'unknown' ? [outcome.failure] : []))
        assert.match(first?.aftermath ?? '', /not known|THE UNDO FAILED TOO/)
      },
    ),
    { numRuns: 25, includeErrorInReport: true },
  )
  assert.ok(unknown > 0)
})

test('all tasks of a tree whose answer is lost for good are unknown, with what of each is there', async () => {
  const { states, outcomes } = await ended({ kind: 'taken', after: 1, times: 1000 })
  // The first tree (VRFs made, one deleted) was acknowledged; the second was on its way.
  assert.equal(states, ['applied', 'applied', 'unknown', 'unknown'])
  assert.match(JSON.stringify(outcomes[3]), /Whether the APIC has taken .*subj-last.* is not known/)
})

test('a password that was changed meanwhile: what the APIC lets nobody look at is unknown', async () => {
  const device = await bench.device()
  const work = await planTasks(device, [{ tree: { fvTenant: { name: 'locked' } } }])
  bench.lab.setFaults({ strike: { after: 0, kind: 'token', times: 1000 } })
  const [outcome] = await device.write(work)
  bench.lab.setFaults({ strike: { after: Number.MAX_SAFE_INTEGER, kind: 'token' } })
  assert.is(outcome?.state, 'unknown')
})

test.run()
