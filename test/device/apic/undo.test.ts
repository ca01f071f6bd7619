import fc from 'fast-check'
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import type { ApicTree } from '../../../src/model/apic.ts'
import type { Device } from '../../../src/model/device.ts'
import { type ApicBench, apicBench, planTasks, runTasks } from '../../support/apic.ts'

let bench: ApicBench
test.before(async () => {
  bench = await apicBench()
})
test.after(() => bench.close())

type Task = Readonly<Record<string, unknown>>

/** Tasks within a tenant. */
const run: Readonly<Record<string, (dn: string) => Task>> = {
  'changes a VRF': dn => ({ dn, tree: { fvCtx: { name: 'a', descr: 'run', pcEnfPref: 'unenforced' } } }),
  'changes it again': dn => ({ dn, tree: { fvCtx: { name: 'a', descr: 'again' } } }),
  'makes a VRF': dn => ({ dn, tree: { fvCtx: { name: 'made', descr: 'run' } } }),
  'changes what it made': dn => ({ dn, tree: { fvCtx: { name: 'made', descr: 'later' } } }),
  'makes a rule': dn => ({ dn, tree: { rtctrlSubjP: { name: 'made', rtctrlMatchRtDest: [{ ip: '10.1.0.0/24' }] } } }),
  'deletes a VRF': dn => ({ dn, state: 'absent', tree: { fvCtx: { name: 'b' } } }),
  'deletes a rule': dn => ({ dn, state: 'absent', tree: { rtctrlSubjP: { name: 'old' } } }),
  'makes it anew': dn => ({ dn, tree: { rtctrlSubjP: { name: 'old', descr: 'anew' } } }),
  'sets a relation': dn => ({ dn, tree: { fvBD: { name: 'bd', fvRsCtx: { tnFvCtxName: 'b' } } } }),
}
const colleague: Readonly<Record<string, (dn: string) => Task>> = {
  'changes the same': dn => ({ dn, tree: { fvCtx: { name: 'a', descr: 'theirs' } } }),
  'changes something else': dn => ({ dn, tree: { fvCtx: { name: 'a', nameAlias: 'theirs' } } }),
  'describes what the run made': dn => ({ dn, tree: { fvCtx: { name: 'made', nameAlias: 'theirs' } } }),
  'puts a prefix into a rule': dn => ({
    dn,
    tree: { rtctrlSubjP: { name: 'made', rtctrlMatchRtDest: { ip: '10.9.0.0/24' } } },
  }),
  'deletes what the run made': dn => ({ dn, state: 'absent', tree: { rtctrlSubjP: { name: 'made' } } }),
  'makes the deleted one': dn => ({ dn, tree: { rtctrlSubjP: { name: 'old', descr: 'theirs' } } }),
  'sets another relation': dn => ({ dn, tree: { fvBD: { name: 'bd', fvRsCtx: { tnFvCtxName: 'a' } } } }),
  'makes a VRF': dn => ({ dn, tree: { fvCtx: { name: 'c' } } }),
}
const start = (name: string): Task => ({
  tree: {
    fvTenant: {
      name,
      fvCtx: [
        { name: 'a', descr: 'old' },
        { name: 'b', descr: 'old' },
      ],
      fvBD: { name: 'bd', fvRsCtx: { tnFvCtxName: 'a' } },
      rtctrlSubjP: {
        name: 'old',
        descr: 'first',
        rtctrlMatchRtDest: [{ ip: '10.0.0.0/24' }, { ip: '10.0.1.0/24', aggregate: true }],
      },
    },
  },
})

/** The tenant as it is in the lab, by attribute ('DN descr') and object ('DN'), without what the APIC counts. */
function facts(dn: string): Map<string, string> {
  const own = [...bench.lab.objects().values()].filter(object => object.dn === dn || object.dn.startsWith(`${dn}/`))
  return new Map(
    own.flatMap(({ dn, class: name, attributes }) => [
      [dn, name] as const,
      ...Object.entries(attributes)
        .filter(([attribute]) => attribute !== 'modTs')
        .map(([attribute, value]) => [`${dn} ${attribute}`, value] as const),
    ]),
  )
}

async function each(device: Device<'apic'>, tasks: readonly Task[]): Promise<void> {
  for (const task of tasks) assert.equal(await runTasks(device, [task]), [{ state: 'applied' }])
}

let count = 0

/** Start, run, colleague, undo; what was there in between. */
async function story(tasks: readonly Task[], theirs: readonly Task[], dn: string) {
  await each(await bench.device(), [start(dn.slice('uni/tn-'.length))])
  const then = facts(dn)
  const device = await bench.device()
  await each(device, tasks)
  const wanted = facts(dn)
  await each(await bench.device(), theirs)
  const live = facts(dn)
  const failure = await device.revert()
  return { then, wanted, live, end: facts(dn), failure, device }
}

const newTenant = () => `uni/tn-t${++count}`

test('with nobody else at work, whatever a run does is taken back to the letter', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(fc.constantFrom(...Object.values(run)), { maxLength: 6 }), async tasks => {
      const dn = newTenant()
      const { then, end, failure } = await story(
        tasks.map(task => task(dn)),
        [],
        dn,
      )
      assert.equal(failure, null)
      assert.equal(end, then)
    }),
    { numRuns: 12 },
  )
})

test('with a colleague in between, what they changed stays and is named, all else that the run changed is as before', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.constantFrom(...Object.values(run)), { minLength: 1, maxLength: 5 }),
      fc.array(fc.constantFrom(...Object.values(colleague)), { minLength: 1, maxLength: 3 }),
      async (tasks, theirs) => {
        const dn = newTenant()
        const told = await story(
          tasks.map(task => task(dn)),
          theirs.map(task => task(dn)),
          dn,
        )
        const { then, wanted, live, end, failure } = told
        const names = new Set([...then.keys(), ...wanted.keys(), ...live.keys(), ...end.keys()])
        for (const name of names) {
          const [was, made, is, left] = [then, wanted, live, end].map(each => each.get(name))
          // What the colleague changed is never touched.
          if (is !== made) assert.is(left, is, `${name} was the colleague's: ${failure?.aftermath}`)
          else if (left !== was) {
            // What the APIC puts into an object stays with it.
            const object = (name.split(' ')[0] ?? '').replace(/\/(any|rs\w+)$/, '')
            assert.ok(failure?.aftermath?.includes(object), `${name} is ${left}, not ${was}: ${failure?.aftermath}`)
          }
        }
        assert.is(failure === null, failure?.code !== 'stale')
      },
    ),
    { numRuns: 30, includeErrorInReport: true },
  )
})

test('an object that the run has made and that holds what a colleague has put there stays, and both are named', async () => {
  const dn = newTenant()
  const makes = run['makes a rule'] as (dn: string) => Task
  const puts = colleague['puts a prefix into a rule'] as (dn: string) => Task
  const { end, failure, device } = await story([makes(dn)], [puts(dn)], dn)
  assert.ok(end.has(`${dn}/subj-made`))
  assert.not.ok(end.has(`${dn}/subj-made/dest-[10.1.0.0/24]`), 'the part that only the run has made is gone')
  assert.match(failure?.aftermath ?? '', `${dn}/subj-made (it holds what somebody else has made, ${dn}/subj-made/dest-`)
  assert.ok(device.pending(), 'what is left is not forgotten')
})

test('of an object that both have changed, only what the run alone has changed goes back', async () => {
  const dn = newTenant()
  const changes = run['changes a VRF'] as (dn: string) => Task
  const same = colleague['changes the same'] as (dn: string) => Task
  const { end, failure } = await story([changes(dn)], [same(dn)], dn)
  assert.is(end.get(`${dn}/ctx-a descr`), 'theirs')
  assert.is(end.get(`${dn}/ctx-a pcEnfPref`), 'enforced')
  assert.match(failure?.aftermath ?? '', `${dn}/ctx-a (somebody else has changed descr since, which stays)`)
})

test('a failed task that has deleted an object gives it back with all that was in it', async () => {
  const dn = newTenant()
  await each(await bench.device(), [start(dn.slice('uni/tn-'.length))])
  const then = facts(dn)
  const device = await bench.device()
  const [deleting] = await planTasks(device, [run['deletes a rule']?.(dn)])
  const [refused] = await planTasks(device, [{ dn, tree: { fvCtx: { name: 'x', knwMcastAct: 'maybe' } } }])
  assert.ok(deleting && refused)
  const both = {
    ...deleting,
    differences: [...deleting.differences, ...refused.differences],
    commands: [...deleting.commands, ...refused.commands],
  }
  const [outcome] = await device.write([both])
  assert.is(outcome?.state, 'failed')
  assert.equal(facts(dn), then)
})

test('what the APIC refuses to take back is named, and the rest is undone', async () => {
  const dn = newTenant()
  const tasks = [run['deletes a VRF']?.(dn), run['changes a VRF']?.(dn)] as Task[]
  await each(await bench.device(), [start(dn.slice('uni/tn-'.length))])
  const device = await bench.device()
  await each(device, tasks)
  const { undo } = await import('../../../src/device/apic/undo.ts')
  const { FailureError } = await import('../../../src/model/failure.ts')
  const live: ApicTree = new Map([...bench.lab.objects()].filter(([key]) => key.startsWith(dn)))
  const changes = [
    { id: `apic:${dn}/ctx-b`, before: { class: 'fvCtx', attributes: { name: 'b' } }, after: null },
    {
      id: `apic:${dn}/ctx-a`,
      before: { class: 'fvCtx', attributes: { descr: 'old' } },
      after: { class: 'fvCtx', attributes: { descr: 'run' } },
    },
  ]
  const posted: string[] = []
  const { end, text } = await undo(changes, {
    live: async () => live,
    classOf: () => null,
    progress: () => {},
    post: async (_path, body) => {
      const sent = JSON.stringify(body)
      if (sent.includes('ctx-b')) {
        throw new FailureError({ code: 'rejected', message: 'no', device: { said: 'not possible' } })
      }
      posted.push(sent)
    },
  })
  assert.is(end, 'left')
  assert.match(text, `${dn}/ctx-b (the APIC refused: not possible)`)
  assert.is(posted.length, 1)
})

test.run()
