import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { type ApicBench, apicBench, countChanges, planTasks, runTasks } from '../../support/apic.ts'
import { finish } from '../../support/finish.ts'

const benches: ApicBench[] = []
const bench = async (options: Parameters<typeof apicBench>[0] = {}) => {
  const made = await apicBench(options)
  benches.push(made)
  return made
}
test.after(async () => {
  await Promise.all(benches.map(made => made.close()))
})

/** Twelve tasks of five objects each, below one tenant. */
const twelveTasks = [
  { tree: { fvTenant: { name: 'k8s', fvCtx: [1, 2, 3, 4].map(n => ({ name: `vrf-${n}` })) } } },
  ...Array.from({ length: 10 }, (_, index) => ({
    dn: 'uni/tn-k8s',
    tree: {
      rtctrlSubjP: {
        name: `rule-${index}`,
        rtctrlMatchRtDest: [1, 2, 3, 4].map(n => ({ ip: `192.0.${index}.${n * 16}/28`, aggregate: true })),
      },
    },
  })),
  {
    dn: 'uni/tn-k8s',
    tree: {
      l3extOut: {
        name: 'cluster',
        enforceRtctrl: ['import', 'export'],
        bgpExtP: {},
        l3extRsEctx: { tnFvCtxName: 'vrf-1' },
        l3extLNodeP: { name: 'anchors', bgpProtP: {} },
      },
    },
  },
]

test('sixty objects in twelve tasks cost at most eight requests to create and four when in sync', async () => {
  const { lab, device } = await bench()
  const first = await device()
  const work = await planTasks(first, twelveTasks)
  assert.is(countChanges(work), 60)
  assert.ok((await first.write(work)).every(outcome => outcome.state === 'applied'))
  assert.is(await finish(first), null)
  assert.ok(lab.counters.requests <= 8, `created with ${lab.counters.requests} requests`)
  const before = lab.counters.requests
  const second = await device()
  assert.is(countChanges(await planTasks(second, twelveTasks)), 0)
  assert.is(await finish(second), null)
  assert.ok(lab.counters.requests - before <= 4, `in sync with ${lab.counters.requests - before} requests`)
})

test('after a reconnection it logs in again, and what is written is still to be verified', async () => {
  const { lab, device } = await bench()
  const open = await device()
  const [first, ...rest] = await planTasks(open, twelveTasks)
  assert.equal(await open.write([first as never]), [{ state: 'applied' }])
  const before = lab.counters.requests
  await open.reconnect()
  assert.ok(open.pending())
  assert.ok((await open.write(rest)).every(outcome => outcome.state === 'applied'))
  assert.is(await finish(open), null)
  assert.ok(lab.counters.requests > before + 1)
})

test('domains, VLAN pools and a tenant are read by two requests', async () => {
  const { lab, device } = await bench()
  const pool = { name: 'pool', allocMode: 'static', fvnsEncapBlk: { from: 'vlan-310', to: 'vlan-310' } }
  const tasks = [
    {
      tree: {
        infraInfra: { fvnsVlanInstP: pool, infraAttEntityP: { name: 'nodes', infraRsDomP: { tDn: 'uni/phys-nodes' } } },
        physDomP: { name: 'nodes', infraRsVlanNs: { tDn: 'uni/infra/vlanns-[pool]-static' } },
        l3extDomP: { name: 'routed', infraRsVlanNs: { tDn: 'uni/infra/vlanns-[pool]-static' } },
      },
    },
    { tree: { fvTenant: { name: 'k8s' } } },
  ]
  const first = await device()
  assert.ok((await runTasks(first, tasks)).every(outcome => outcome.state === 'applied'))
  assert.is(await finish(first), null)
  assert.is(lab.counters.requests, 6)
  assert.is(countChanges(await planTasks(await device(), tasks)), 0)
  assert.is(lab.counters.requests, 9)
})

test('a plan writes nothing, and later tasks of it see what earlier ones would make', async () => {
  const { lab, device } = await bench()
  const work = await planTasks(await device(), [
    ...twelveTasks,
    { dn: 'uni/tn-k8s', tree: { fvCtx: { name: 'vrf-1' } } },
  ])
  assert.is(work.at(-1)?.differences.length, 0)
  assert.is(lab.counters.posts, 0)
  assert.not.ok(lab.objects().has('uni/tn-k8s'))
})

test('a refused object is named; tasks before it stay, its own task is undone, later ones are not sent', async () => {
  const { lab, device } = await bench({ start: { fvTenant: { attributes: { name: 'k8s' } } } })
  const outcomes = await runTasks(await device(), [
    { dn: 'uni/tn-k8s', tree: { fvCtx: [{ name: 'a' }, { name: 'b' }] } },
    {
      dn: 'uni/tn-k8s',
      tree: { fvCtx: [{ name: 'c' }, { name: 'd' }, { name: 'e', descr: 'not [allowed] here' }, { name: 'f' }] },
    },
    { dn: 'uni/tn-k8s', tree: { fvCtx: { name: 'g' } } },
  ])
  assert.equal(
    outcomes.map(outcome => outcome.state),
    ['applied', 'failed', 'unsent'],
  )
  const failed = outcomes[1]
  assert.ok(failed?.state === 'failed')
  assert.is(failed.failure.code, 'rejected')
  assert.is(failed.failure.device?.line, 'uni/tn-k8s/ctx-e')
  assert.match(failed.failure.device?.said ?? '', 'descr')
  assert.match(failed.failure.aftermath ?? '', 'undone')
  const left = [...lab.objects().keys()].filter(dn => /^uni\/tn-k8s\/ctx-.$/.test(dn))
  assert.equal(left, ['uni/tn-k8s/ctx-a', 'uni/tn-k8s/ctx-b'])
})

test('an undo gives a modified object its old values back', async () => {
  const start = {
    fvTenant: { attributes: { name: 'k8s' }, children: [{ fvCtx: { attributes: { name: 'a', descr: 'old' } } }] },
  }
  const { lab, device } = await bench({ start })
  const opened = await device()
  const [outcome] = await runTasks(opened, [
    {
      dn: 'uni/tn-k8s',
      tree: {
        fvCtx: [
          { name: 'a', descr: 'new' },
          { name: 'b', knwMcastAct: 'maybe' },
        ],
      },
    },
  ])
  assert.is(outcome?.state, 'failed')
  assert.is(lab.objects().get('uni/tn-k8s/ctx-a')?.attributes.descr, 'old')
  assert.not.ok(lab.objects().has('uni/tn-k8s/ctx-b'))
  const again = await planTasks(opened, [{ dn: 'uni/tn-k8s', tree: { fvCtx: { name: 'a', descr: 'new' } } }])
  assert.is(countChanges(again), 1, 'the failed changes are not believed to be there')
})

test('a deletion and a new creation of the same object keep their order', async () => {
  const start = {
    fvTenant: { attributes: { name: 'k8s' }, children: [{ fvCtx: { attributes: { name: 'a', descr: 'old' } } }] },
  }
  const { lab, device } = await bench({ start })
  const outcomes = await runTasks(await device(), [
    { dn: 'uni/tn-k8s', state: 'absent', tree: { fvCtx: { name: 'a' } } },
    { dn: 'uni/tn-k8s', tree: { fvCtx: { name: 'a' } } },
  ])
  assert.equal(outcomes, [{ state: 'applied' }, { state: 'applied' }])
  assert.is(lab.objects().get('uni/tn-k8s/ctx-a')?.attributes.descr, '')
})

test('a write whose connection breaks is sent again when the APIC did not take it', async () => {
  const { lab, device } = await bench()
  const opened = await device()
  const work = await planTasks(opened, [{ tree: { fvTenant: { name: 'k8s' } } }])
  lab.setFaults({ cut: 1 })
  assert.equal(await opened.write(work), [{ state: 'applied' }])
  assert.ok(lab.objects().has('uni/tn-k8s'))
})

test('a lost answer is looked up rather than taken for a failure, and unknown is said to be unknown', async () => {
  const { writeApic } = await import('../../../src/device/apic/write.ts')
  const { FailureError } = await import('../../../src/model/failure.ts')
  const after = { class: 'fvTenant', attributes: { name: 'a' } }
  const changes = [{ id: 'apic:uni/tn-a', before: null, after }]
  const work = [{ id: 't', title: 't', commands: [{ dn: 'uni/tn-a', ...after }], differences: changes }]
  let posts = 0
  const writer = {
    post: async () => {
      posts++
      throw new FailureError({ code: 'timeout', message: 'no answer' })
    },
    standings: async (asked: readonly unknown[]) => asked.map(() => 'made' as const),
    live: async () => new Map(),
    classOf: () => null,
    progress: () => {},
  }
  assert.equal(await writeApic(work, writer), [{ state: 'applied' }])
  assert.is(posts, 1)
  const blind = {
    ...writer,
    standings: async () => {
      throw new FailureError({ code: 'unreachable', message: 'gone' })
    },
  }
  const [outcome] = await writeApic(work, blind)
  assert.ok(outcome?.state === 'unknown' && outcome.failure.code === 'timeout')
  assert.match(outcome.failure.aftermath ?? '', 'not known')
})

test('an undo that fails too says what is left', async () => {
  const { writeApic } = await import('../../../src/device/apic/write.ts')
  const { FailureError } = await import('../../../src/model/failure.ts')
  const names = ['a', 'b', 'c', 'd']
  const after = (name: string) => ({ class: 'fvTenant', attributes: { name } })
  const changes = names.map(name => ({ id: `apic:uni/tn-${name}`, before: null, after: after(name) }))
  const commands = names.map(name => ({ dn: `uni/tn-${name}`, ...after(name) }))
  const [outcome] = await writeApic([{ id: 't', title: 't', commands, differences: changes }], {
    post: async (_path, body) => {
      const text = JSON.stringify(body)
      if (text.includes('deleted')) throw new FailureError({ code: 'denied', message: 'No more.' })
      if (text.includes('"name":"d"')) {
        throw new FailureError({ code: 'rejected', message: 'no', device: { said: 'wrong' } })
      }
    },
    standings: async asked => asked.map(() => 'unmade' as const),
    live: async () =>
      new Map(names.slice(0, 3).map(name => [`uni/tn-${name}`, { dn: `uni/tn-${name}`, ...after(name) }])),
    classOf: () => null,
    progress: () => {},
  })
  assert.ok(outcome?.state === 'unknown')
  assert.is(outcome.failure.device?.line, 'uni/tn-d')
  assert.match(outcome.failure.aftermath ?? '', 'UNDO FAILED TOO')
  assert.match(outcome.failure.aftermath ?? '', 'uni/tn-a, uni/tn-b, uni/tn-c')
})

test('a secret in the words of the APIC does not get into the failure', async () => {
  const { writeApic } = await import('../../../src/device/apic/write.ts')
  const { FailureError } = await import('../../../src/model/failure.ts')
  const after = { class: 'bgpPeerP', attributes: { addr: '192.0.2.1', password: 'Canary-Peer-1' } }
  const command = { dn: 'uni/tn-a/out-o/lnodep-n/peerP-[192.0.2.1]', ...after }
  const said = `property password of ${command.dn} failed validation for value 'Canary-Peer-1'`
  const [outcome] = await writeApic([{ id: 't', title: 't', commands: [command], differences: [] }], {
    post: async () => {
      throw new FailureError({ code: 'rejected', message: 'no', device: { said } })
    },
    standings: async asked => asked.map(() => 'unmade' as const),
    live: async () => new Map(),
    classOf: () => null,
    progress: () => {},
  })
  assert.match(JSON.stringify(outcome), 'failed validation')
  assert.not.match(JSON.stringify(outcome), 'Canary')
})

test('how planned changes stand on the APIC is told of each', async () => {
  const { device } = await bench({ start: { fvTenant: { attributes: { name: 'k8s', descr: 'old' } } } })
  const opened = await device()
  const work = await planTasks(opened, [{ tree: { fvTenant: { name: 'k8s', descr: 'new', fvCtx: { name: 'a' } } } }])
  const changes = work.flatMap(task => task.differences)
  assert.equal((await opened.look({ changes, net: null })).standings, ['unmade', 'unmade'])
  await opened.write(work)
  assert.equal((await opened.look({ changes, net: null })).standings, ['made', 'made'])
})

test('what the APIC does not keep is found at the end of the run', async () => {
  const { lab, device, endpoint } = await bench()
  const opened = await device()
  await runTasks(opened, [{ tree: { fvTenant: { name: 'k8s', descr: 'mine' } } }])
  const other = await device({ endpoint })
  await runTasks(other, [{ tree: { fvTenant: { name: 'k8s', descr: 'theirs' } } }])
  assert.is(lab.objects().get('uni/tn-k8s')?.attributes.descr, 'theirs')
  const failure = await finish(opened)
  assert.is(failure?.code, 'stale')
  assert.match(failure?.message ?? '', "descr of uni/tn-k8s is 'theirs', not 'mine'")
})

test.run()
