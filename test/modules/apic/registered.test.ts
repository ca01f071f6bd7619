import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { apicTree } from '../../../src/modules/apic/apic-tree.ts'
import { apicBench, planTasks, runTasks, treeArgs } from '../../support/apic.ts'

const start = { fvTenant: { attributes: { name: 'k8s', descr: 'old' } } }

test('what a task registers after a write is what the APIC holds by then, read for all tasks at once', async () => {
  const bench = await apicBench({ start })
  try {
    const device = await bench.device()
    const inputs = [
      { tree: { fvTenant: { name: 'k8s', descr: 'new' } } },
      { dn: 'uni/tn-k8s', tree: { fvCtx: { name: 'a' } } },
    ]
    const work = await planTasks(device, inputs)
    await device.write(work)
    await runTasks(await bench.device(), [{ dn: 'uni/tn-k8s', tree: { fvCtx: { name: 'a', descr: 'theirs' } } }])
    const before = bench.lab.counters.requests
    const asked = work.map(({ differences }, at) =>
      apicTree.now?.(device.read, {
        changes: differences as never,
        args: treeArgs(inputs[at]),
        state: { live: new Map(), orphans: [] },
      }),
    )
    const [tenant, vrf] = (await Promise.all(asked)) as { current: Record<string, { attributes: object }>[] }[]
    assert.is(bench.lab.counters.requests - before, 1)
    assert.is(tenant?.current.length, 1)
    const kept = tenant?.current[0]?.fvTenant?.attributes as Record<string, string>
    assert.equal([kept.dn, kept.descr, kept.name], ['uni/tn-k8s', 'new', 'k8s'])
    const made = vrf?.current[0]?.fvCtx?.attributes as Record<string, string>
    assert.is(made.descr, 'theirs')
    assert.is(made.pcEnfPref, 'enforced', 'what nobody declared is there too')
  } finally {
    await bench.close()
  }
})

test('what was there before and what was sent is told as the APIC writes objects, without secrets', () => {
  const peer = 'uni/tn-k8s/out-o/lnodep-n/peerP-[192.0.2.1]'
  const changes = [
    {
      id: 'apic:uni/tn-k8s',
      before: { class: 'fvTenant', attributes: { descr: 'old' } },
      after: { class: 'fvTenant', attributes: { descr: 'new' } },
    },
    {
      id: `apic:${peer}`,
      before: null,
      after: { class: 'bgpPeerP', attributes: { addr: '192.0.2.1', password: 'Canary-Peer-1' } },
    },
  ]
  const said = apicTree.result?.(changes, treeArgs({ tree: { fvTenant: { name: 'k8s' } } }), {
    live: new Map(),
    orphans: [],
  })
  assert.equal(said?.previous, [{ fvTenant: { attributes: { dn: 'uni/tn-k8s', descr: 'old' } } }])
  assert.equal(said?.sent, [
    { fvTenant: { attributes: { dn: 'uni/tn-k8s', descr: 'new', status: 'modified' } } },
    { bgpPeerP: { attributes: { dn: peer, addr: '192.0.2.1', status: 'created' } } },
  ])
  assert.not.match(JSON.stringify(said), 'Canary')
})

test.run()
