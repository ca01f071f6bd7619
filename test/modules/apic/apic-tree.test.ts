import { readFileSync } from 'node:fs'
import * as fc from 'fast-check'
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { inverse } from '../../../src/model/managed.ts'
import { apicTree } from '../../../src/modules/apic/apic-tree.ts'
import { type ApicBench, apicBench, countChanges, planTasks, runTasks, treeArgs } from '../../support/apic.ts'
import { apicObjects, treeDifferences } from '../../support/apic-trees.ts'
import { failureOf } from '../../support/failure.ts'
import { finish } from '../../support/finish.ts'
import { fixtures } from '../../support/fixtures.ts'

const benches: ApicBench[] = []
const bench = async (options: Parameters<typeof apicBench>[0] = {}) => {
  const made = await apicBench(options)
  benches.push(made)
  return made
}
test.after(async () => {
  await Promise.all(benches.map(made => made.close()))
})

for (const { from, path } of fixtures('apic/objects.json', 'apic/nkt_objects.json'))
  test(`the objects of a fabric for Calico are created, and the next plan is empty (${from})`, async () => {
    const { lab, device } = await bench()
    const tree = calicoTree(path)
    const first = await device()
    assert.equal(await runTasks(first, [{ tree }]), [{ state: 'applied' }])
    assert.is(await finish(first), null)
    assert.is(countChanges(await planTasks(await device(), [{ tree }])), 0)
    const peer = [...lab.objects().values()].find(object => object.class === 'bgpPeerP')
    assert.is(peer?.attributes.ctrl, 'as-override,dis-peer-as-check')
    assert.is(lab.secret(peer?.dn ?? ''), 'bgp_pass')
  })

test('what apic_tree applied, its inverse undoes on the APIC', async () => {
  const { lab, device } = await bench()
  await fc.assert(
    fc.asyncProperty(apicObjects, apicObjects, async (start, wanted) => {
      const opened = await device()
      await runTasks(opened, [{ tree: asTree(start) }])
      const before = new Map(lab.objects())
      const [task] = await planTasks(opened, [{ tree: asTree(wanted) }])
      assert.ok(task)
      await opened.write([task])
      const fresh = await device()
      assert.is(countChanges(await planTasks(fresh, [{ tree: asTree(wanted) }])), 0)
      const undo = inverse(task.differences) as Parameters<typeof apicTree.render>[0]
      await opened.write([
        { id: 'undo', title: 'undo', differences: undo, commands: apicTree.render(undo, treeArgs({ tree: {} })) },
      ])
      assert.equal(treeDifferences(withoutTimes(before), withoutTimes(lab.objects())), [])
    }),
    { numRuns: 15 },
  )
})

test('absent deletes the tops of the tree with all below, and absent twice is in sync', async () => {
  const { lab, device } = await bench()
  const tree = {
    fvTenant: { name: 'k8s', fvCtx: { name: 'a' }, l3extOut: { name: 'o', l3extRsEctx: { tnFvCtxName: 'a' } } },
  }
  const opened = await device()
  await runTasks(opened, [{ tree }])
  assert.equal(await runTasks(opened, [{ dn: 'uni/tn-k8s', state: 'absent', tree: { l3extOut: { name: 'o' } } }]), [
    { state: 'applied' },
  ])
  assert.ok(lab.objects().has('uni/tn-k8s/ctx-a'))
  assert.not.ok(lab.objects().has('uni/tn-k8s/out-o'))
  assert.is(
    countChanges(
      await planTasks(await device(), [{ dn: 'uni/tn-k8s', state: 'absent', tree: { l3extOut: { name: 'o' } } }]),
    ),
    0,
  )
})

test('exact deletes undeclared children of the declared classes, and nothing else', async () => {
  const { lab, device } = await bench()
  const rule = (ips: string[]) => ({ rtctrlSubjP: { name: 'r', rtctrlMatchRtDest: ips.map(ip => ({ ip })) } })
  const start = {
    tree: { fvTenant: { name: 'k8s', fvCtx: { name: 'mine' }, ...rule(['192.0.2.0/24', '198.51.100.0/24']) } },
  }
  await runTasks(await device(), [start, { dn: 'uni/tn-k8s', tree: { rtctrlSubjP: { name: 'other' } } }])
  const work = await planTasks(await device(), [{ dn: 'uni/tn-k8s', state: 'exact', tree: rule(['192.0.2.0/24']) }])
  assert.equal(
    work.flatMap(task => task.differences.map(change => change.id)),
    ['apic:uni/tn-k8s/subj-r/dest-[198.51.100.0/24]'],
  )
  const beside = await planTasks(await device(), [
    { dn: 'uni/tn-k8s', state: 'exact', classes: ['rtctrlSubjP'], tree: rule(['192.0.2.0/24', '198.51.100.0/24']) },
  ])
  assert.equal(
    beside.flatMap(task => task.differences.map(change => change.id)),
    ['apic:uni/tn-k8s/subj-other'],
  )
  assert.ok(lab.objects().has('uni/tn-k8s/subj-other'))
})

test('a parent that does not exist is found while planning', async () => {
  const { device } = await bench()
  const failure = await failureOf(planTasks(await device(), [{ dn: 'uni/tn-nowhere', tree: { fvCtx: { name: 'a' } } }]))
  assert.is(failure.code, 'invalid')
  assert.match(failure.message, 'uni/tn-nowhere does not exist')
})

test('a password is sent with a new peer, never shown, and never taken for a change again', async () => {
  const { lab, device } = await bench()
  const tree = {
    fvTenant: {
      name: 'k8s',
      l3extOut: { name: 'o', l3extLNodeP: { name: 'n', bgpPeerP: { addr: '192.0.2.1', password: 'Canary-Peer-1' } } },
    },
  }
  const args = treeArgs({ tree })
  assert.equal(apicTree.secrets?.(args), ['Canary-Peer-1'])
  const opened = await device()
  const work = await planTasks(opened, [{ tree }])
  const shown = work
    .flatMap(task => task.differences)
    .map(change => apicTree.show(change as Parameters<typeof apicTree.show>[0]))
  assert.not.match(JSON.stringify(shown), 'Canary')
  await opened.write(work)
  assert.is(lab.secret('uni/tn-k8s/out-o/lnodep-n/peerP-[192.0.2.1]'), 'Canary-Peer-1')
  assert.is(countChanges(await planTasks(await device(), [{ tree }])), 0)
  assert.is(countChanges(await planTasks(await device(), [{ tree, update_password: 'always' }])), 1)
})

test('mistakes in the tree are found in the arguments, with their path', () => {
  const result = apicTree.args.safeParse({ dn: 'uni/tn-a', tree: { fvCtx: [{ name: 'a' }, { descr: 'nameless' }] } })
  assert.equal(result.error?.issues[0]?.path, ['tree', 'fvCtx', 1])
  assert.match(result.error?.issues[0]?.message ?? '', 'needs name')
  const tenants = apicTree.args.safeParse({ state: 'exact', classes: ['fvTenant'], tree: { fvTenant: { name: 'a' } } })
  assert.match(tenants.error?.issues[0]?.message ?? '', 'every tenant')
})

/** The fixture's objects as one tree, its ${variables} filled in with themselves or with what an APIC accepts. */
function calicoTree(objectsFile: string) {
  const { objects } = JSON.parse(readFileSync(objectsFile, 'utf8')) as {
    objects: { class: string; dn: string; attributes: Record<string, string> }[]
  }
  const values: Record<string, string> = {
    pod: '1',
    node: '201',
    vlan_id: '310',
    rtr_id: '192.0.2.201',
    mtu: '9000',
    'anchor ip': '192.0.2.241/24',
    floating_ip: '192.0.2.254/24',
    secondary_ip: '192.0.2.250/24',
    ipv4_cluster_subnet: '192.0.2.0/24',
    'k8s_cluster.local_as': '65003',
    cidr: '198.51.100.0/24',
    pod_subnet: '198.51.100.0/25',
  }
  const fill = (text: string) =>
    text
      .replace(/ \(list.*\)$/, '')
      .replace(
        /\$\{([^}]+)\}/g,
        (_, name: string) => values[name] ?? (name === 'def_ext_epg_scope' ? 'import-security' : name),
      )
  const list = objects.map(({ class: name, dn, attributes }) => {
    const known = Object.entries(attributes).filter(
      ([attribute]) => attribute !== 'aggregate' || name !== 'l3extSubnet',
    )
    return {
      [name]: { dn: fill(dn), ...Object.fromEntries(known.map(([attribute, value]) => [attribute, fill(value)])) },
    }
  })
  return [...surroundings(objects.map(({ dn }) => fill(dn))), ...list]
}

/** The tenants and VRFs that the objects stand in. */
function surroundings(dns: readonly string[]) {
  const found = (pattern: RegExp) => [...new Set(dns.flatMap(dn => pattern.exec(dn)?.[0] ?? []))]
  return [
    ...found(/^uni\/tn-[^/]+/).map(dn => ({ fvTenant: { dn } })),
    ...found(/^uni\/tn-[^/]+\/ctx-[^/]+/).map(dn => ({ fvCtx: { dn } })),
  ]
}

function asTree(objects: readonly { dn: string; class: string; attributes: Readonly<Record<string, string>> }[]) {
  return objects.map(({ class: name, dn, attributes }) => ({ [name]: { dn, ...attributes } }))
}

function withoutTimes(
  objects: ReadonlyMap<string, { dn: string; class: string; attributes: Readonly<Record<string, string>> }>,
) {
  return new Map(
    [...objects].map(
      ([
        dn,
        {
          class: name,
          attributes: { modTs: _, ...attributes },
        },
      ]) => [dn, { dn, class: name, attributes }],
    ),
  )
}

test.run()
