import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { makeFabric } from '../../../src/lab/bgp/fabric.ts'
import type { KubeObject } from '../../../src/model/kube.ts'
import { blueCluster, configuration, leafConfig, localService, node, peer, secret, slice } from './estate.ts'

const replace = (objects: readonly KubeObject[], ...changed: readonly KubeObject[]) => {
  const same = (left: KubeObject) => (right: KubeObject) =>
    left.kind === right.kind && left.metadata.name === right.metadata.name
  return [...objects.filter(object => !changed.some(same(object))), ...changed]
}

/** The estate with changes; `edit` is about leaf-101 only. */
function estate(change: { edit?: (text: string) => string; objects?: readonly KubeObject[] } = {}) {
  const lines: string[] = []
  const fabric = makeFabric({
    switches: [
      { name: 'leaf-101', running: () => leafConfig(1, change.edit) },
      { name: 'leaf-102', running: () => leafConfig(2) },
    ],
    clusters: [{ name: 'blue', objects: () => change.objects ?? blueCluster() }],
    log: line => void lines.push(line),
  })
  const state = (remote: string, device = 'leaf-101') => {
    const found = fabric.sessions(device, 'vrf-001').find(session => session.remote === remote)
    return found ? `${found.state}: ${found.because}` : 'none'
  }
  const prefixes = (device = 'leaf-101') => fabric.routes(device, 'vrf-001').map(route => route.prefix)
  return { fabric, lines, state, prefixes }
}

test('ends that agree are Established in both families, seen from both', () => {
  const { state } = estate()
  assert.is(state('192.168.1.11'), 'Established: agreed with blue/blue-1')
  assert.is(state('192.168.1.12', 'leaf-102'), 'Established: agreed with blue/blue-2')
  assert.is(state('2001:db8:1:1::11'), 'Established: agreed with blue/blue-1')
  const { fabric } = estate()
  assert.is(fabric.sessions('blue/blue-1').find(each => each.remote === '192.168.100.1')?.state, 'Established')
})

test('the leaf learns pod blocks and service ranges, by all nodes that announce them', () => {
  const { fabric } = estate()
  const table = fabric.routes('leaf-101', 'vrf-001').map(route => {
    return `${route.prefix} ${route.paths.map(path => path.nextHop).join()}`
  })
  assert.equal(table.sort(), [
    '10.244.0.0/26 192.168.1.11',
    '10.244.0.64/26 192.168.1.12',
    '10.96.0.0/16 192.168.1.11,192.168.1.12',
    '198.51.100.0/25 192.168.1.11,192.168.1.12',
    '2001:db8:244::/122 2001:db8:1:1::11',
  ])
})

test('a leaf without maximum-paths keeps one path', () => {
  const { fabric } = estate({ edit: text => text.replaceAll('      maximum-paths 64\n', '') })
  const route = fabric.routes('leaf-101', 'vrf-001').find(each => each.prefix === '10.96.0.0/16')
  assert.equal(
    route?.paths.map(path => path.nextHop),
    ['192.168.1.11'],
  )
})

test('a Local service is a host route from exactly the nodes that run it, and goes with its pods', () => {
  const running = estate({ objects: [...blueCluster(), localService(), slice(2)] })
  const route = running.fabric.routes('leaf-101', 'vrf-001').find(each => each.prefix === '198.51.100.80/32')
  assert.equal(
    route?.paths.map(path => path.from),
    ['blue/blue-2'],
  )
  assert.ok(running.prefixes().includes('10.96.0.80/32'))
  const drained = estate({ objects: [...blueCluster(), localService(), slice()] })
  assert.not.ok(drained.prefixes().includes('198.51.100.80/32'))
})

test('a block affinity says where the block really is', () => {
  const affinity = { apiVersion: 'crd.projectcalico.org/v1', kind: 'BlockAffinity', metadata: { name: 'a' } }
  const { prefixes } = estate({
    objects: [...blueCluster(), { ...affinity, spec: { node: 'blue-2', cidr: '10.244.9.0/26', state: 'confirmed' } }],
  })
  assert.ok(prefixes().includes('10.244.9.0/26'))
  assert.not.ok(prefixes().includes('10.244.0.0/26'))
})

const disagreements: readonly (readonly [title: string, change: Parameters<typeof estate>[0], state: RegExp])[] = [
  [
    'a wrong AS in the cluster',
    { objects: replace(blueCluster(), configuration(65530)) },
    /^Idle: leaf-101 expects AS 65531, blue\/blue-1 says 65530$/,
  ],
  [
    'a wrong AS of one node',
    { objects: replace(blueCluster(), node(1, { annotations: { 'projectcalico.org/ASNumber': '65529' } })) },
    /^Idle: leaf-101 expects AS 65531, blue\/blue-1 says 65529$/,
  ],
  [
    'a wrong fabric AS in the BGPPeer',
    { objects: replace(blueCluster(), peer(1, 'ipv4', { asNumber: 65103 })) },
    /^Idle: blue\/blue-1 expects AS 65103, leaf-101 says 65102$/,
  ],
  [
    'another password, which is not shown',
    { objects: replace(blueCluster(), secret('canary-9')) },
    /^Active: the passwords of leaf-101 and blue\/blue-1 differ$/,
  ],
  [
    'a password on one side only',
    { edit: text => text.replaceAll('    password 0 secret-1\n', '') },
    /^Active: blue\/blue-1 asks for a password, leaf-101 has none$/,
  ],
  [
    'a Secret that is not there',
    { objects: blueCluster().filter(object => object.kind !== 'Secret') },
    /^Active: BGPPeer leaf-1-ipv4 names Secret bgp-secrets key rr-password, which is not there$/,
  ],
  [
    'no ebgp-multihop from a loopback',
    { edit: text => text.replaceAll('    ebgp-multihop 10\n', '') },
    /^Idle: leaf-101 speaks from loopback1002 \(192\.168\.100\.1\) to 192\.168\.1\.11 without ebgp-multihop$/,
  ],
  [
    'timers that BIRD cannot keep',
    { edit: text => text.replaceAll('timers 10 30', 'timers 1 3') },
    /^Idle: leaf-101 sets a hold time of 3 s, which BIRD on blue\/blue-1 cannot keep/,
  ],
  [
    'no address family',
    {
      edit: text => text.replaceAll(/ +address-family ipv4 unicast\n( +as-override\n| +disable-peer-as-check\n)/g, ''),
    },
    /^Idle: leaf-101 has no address family active for 192\.168\.1\.11$/,
  ],
  [
    'a neighbour that is shut down',
    { edit: text => text.replace('neighbor 192.168.1.11\n', 'neighbor 192.168.1.11\n      shutdown\n') },
    /^Idle: leaf-101 has neighbor 192\.168\.1\.11 shut down$/,
  ],
  [
    'an update-source without an address in the VRF',
    {
      edit: text =>
        text.replace('interface loopback1002\n  vrf member vrf-001', 'interface loopback1002\n  vrf member other'),
    },
    /^Idle: leaf-101 has no loopback1002 with an address in vrf-001$/,
  ],
  [
    'a gateway that is shut down',
    { edit: text => text.replace('  no shutdown\n', '  shutdown\n') },
    /^Idle: leaf-101 has no route to 192\.168\.1\.11 in vrf-001$/,
  ],
  [
    'a peer that the cluster does not have',
    { objects: blueCluster().filter(object => object.metadata.name !== 'leaf-1-ipv4') },
    /^Active: nothing at 192\.168\.1\.11 speaks BGP to leaf-101|^Active: leaf-101 calls blue\/blue-1 from 192\.168\.100\.1, but/,
  ],
  [
    'a node that is gone',
    { objects: replace(blueCluster(), node(1, { ready: false })) },
    /^Active: node blue-1 of blue is not ready$/,
  ],
]

for (const [title, change, expected] of disagreements) {
  test(`not Established, with the reason: ${title}`, () => {
    const { state, fabric, lines } = estate(change)
    assert.match(state('192.168.1.11'), expected)
    assert.not.ok(
      fabric
        .routes('leaf-101', 'vrf-001')
        .some(route => route.paths.some(path => path.from === 'blue/blue-1' && path.nextHop === '192.168.1.11')),
    )
    assert.not.match(lines.join('\n'), /secret-1|canary/)
  })
}

test('an in-filter keeps out what it does not permit', () => {
  const { prefixes } = estate({
    edit: text =>
      text
        .replace(
          'router bgp',
          'ip prefix-list pods seq 5 permit 10.244.0.0/16 le 26\nroute-map pods permit 10\n  match ip address prefix-list pods\nrouter bgp',
        )
        .replace('      as-override', '      as-override\n      route-map pods in'),
  })
  assert.equal(prefixes().sort(), ['10.244.0.0/26', '10.244.0.64/26', '2001:db8:244::/122'])
})

test('a limit of prefixes ends the session, or only warns', () => {
  const limited = (words: string) => (text: string) =>
    text.replace('      as-override', `      as-override\n      maximum-prefix ${words}`)
  assert.is(
    estate({ edit: limited('2') }).state('192.168.1.11'),
    'Idle: blue/blue-1 announces 3 ipv4 prefixes, leaf-101 takes 2 and shuts the session',
  )
  assert.match(estate({ edit: limited('2 warning-only') }).state('192.168.1.11'), /^Established/)
})

test('a password that the running-config shows encrypted is still the same password', () => {
  const { state } = estate({ edit: text => text.replaceAll('password 0 secret-1', 'password 3 0000000000000000') })
  assert.match(state('192.168.1.11'), /^Active: the passwords of leaf-101 and blue\/blue-1 differ$/)
})

test('a node learns what the leaf redistributes', () => {
  const { fabric } = estate()
  const found = fabric.routes('blue/blue-1').find(route => route.prefix === '192.168.100.1/32')
  assert.equal(
    found?.paths.map(path => path.from),
    ['leaf-101'],
  )
})

test('a change is logged once, with the reason, and remembered with its time', () => {
  let edit = (text: string) => text
  const lines: string[] = []
  const fabric = makeFabric({
    switches: [{ name: 'leaf-101', running: () => leafConfig(1, edit) }],
    clusters: [{ name: 'blue', objects: blueCluster }],
    log: line => void lines.push(line),
  })
  const session = () =>
    fabric
      .controlPlane('leaf-101')
      .bgpSessions('vrf-001')
      .find(each => each.neighbor === '192.168.1.11')
  assert.is(session()?.state, 'Established')
  const since = session()?.since
  lines.length = 0
  fabric.touch()
  assert.equal(session()?.since, since)
  assert.equal(lines, [])
  edit = text => text.replaceAll('remote-as 65531', 'remote-as 65000')
  fabric.touch()
  assert.is(session()?.state, 'Idle')
  assert.ok(
    lines.includes(
      'bgp: leaf-101 vrf-001 192.168.1.11 Established → Idle: leaf-101 expects AS 65000, blue/blue-1 says 65531',
    ),
  )
  fabric.close()
})

test('a switch is told of sessions and routes in its own terms', () => {
  const { fabric } = estate()
  const plane = fabric.controlPlane('leaf-101')
  const session = plane.bgpSessions('vrf-001').find(each => each.neighbor === '192.168.1.11')
  assert.equal(session?.families, [{ family: 'ipv4 unicast', prefixesReceived: 3 }])
  assert.is(session?.remoteAs, '65531')
  const route = plane.routes('vrf-001', 'ipv6')[0]
  assert.is(route?.prefix, '2001:db8:244::/122')
  const { since: _, ...path } = route?.paths[0] ?? { since: null }
  assert.equal(path, {
    nextHop: '2001:db8:1:1::11',
    source: 'bgp-65102',
    kind: 'external',
    preference: 20,
    metric: 0,
    tag: 65531,
    asPath: [65531],
  })
})

test.run()
