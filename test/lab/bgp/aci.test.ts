import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { type LabApic, startApic } from '../../../src/lab/apic/apic.ts'
import { type Fabric, makeFabric } from '../../../src/lab/bgp/fabric.ts'
import { type Client, loggedIn } from '../apic/client.ts'
import { greenL3out } from '../apic/green-l3out.ts'
import { configuration, node, peer, pool, secret } from './estate.ts'

const cluster = () => [
  node(1),
  node(2),
  configuration(),
  secret(),
  pool('pods', '10.244.0.0/16', 26),
  peer(201, 'ipv4', { peerIP: '192.168.1.201' }),
  peer(202, 'ipv4', { peerIP: '192.168.1.202' }),
]

let apic: LabApic
let fabric: Fabric
let client: Client
const lines: string[] = []

test.before(async () => {
  apic = await startApic({ name: 'apic1', users: { admin: 'C1sco12345' }, start: greenL3out })
  fabric = makeFabric({
    apics: [apic],
    clusters: [{ name: 'green', objects: cluster }],
    log: line => void lines.push(line),
  })
  apic.setOperational(() => fabric.reported('apic1'))
  client = await loggedIn(apic)
})
test.after(async () => {
  client.close()
  fabric.close()
  await apic.close()
})

const entries = async (leafNumber: number) => {
  const path = `/api/node/class/topology/pod-1/node-${leafNumber}/bgpPeerEntry.json?order-by=bgpPeerEntry.addr`
  const body = (await client.ask('GET', path)).json
  return body.imdata.map(
    // biome-ignore lint/suspicious/noExplicitAny: answers are asserted on, not typed
    ({ bgpPeerEntry: { attributes } }: any) =>
      `${attributes.addr} ${attributes.operSt} ${attributes.dn.split('/bgp/')[1]}`,
  )
}

test('the dynamic neighbours of each anchor leaf are seen as established on that leaf', async () => {
  assert.equal(await entries(201), [
    '192.168.1.11 established inst/dom-k8s:prod/peer-[192.168.1.0/24]/ent-[192.168.1.11]',
    '192.168.1.12 established inst/dom-k8s:prod/peer-[192.168.1.0/24]/ent-[192.168.1.12]',
  ])
  assert.is((await entries(202)).length, 2)
  assert.equal(await entries(203), [])
})

test('import route control lets in what default-import permits, and no more', async () => {
  const body = (await client.ask('GET', '/api/node/class/topology/pod-1/node-201/uribv4Route.json?rsp-subtree=full'))
    .json
  const routes = body.imdata.map(
    // biome-ignore lint/suspicious/noExplicitAny: answers are asserted on, not typed
    ({ uribv4Route: { attributes, children } }: any) =>
      `${attributes.prefix} via ${children[0].uribv4Nexthop.attributes.addr} ${children[0].uribv4Nexthop.attributes.tag}`,
  )
  assert.equal(routes.sort(), ['10.244.0.0/26 via 192.168.1.11/32 65531', '10.244.0.64/26 via 192.168.1.12/32 65531'])
})

test('a POST that breaks the agreement is seen on the leaf, and undone by the next', async () => {
  const dn =
    'uni/tn-k8s/out-green/lnodep-anchors/lifp-svi/vlifp-[topology/pod-1/node-201]-[vlan-310]/peerP-[192.168.1.0/24]'
  const set = (asn: string) => client.ask('POST', `/api/mo/${dn}/as.json`, { bgpAsP: { attributes: { asn } } })
  assert.is((await set('65000')).status, 200)
  assert.match((await entries(201)).join(), /192\.168\.1\.11 idle/)
  assert.match(lines.at(-1) ?? '', /apic1\/node-201 expects AS 65000, green\/blue-\d says 65531/)
  assert.equal(
    fabric.routes('apic1/node-201').map(route => route.prefix),
    [],
  )
  await set('65531')
  assert.match((await entries(201)).join(), /192\.168\.1\.11 established/)
})

test('a prefix limit with action reject drops what is too much, with action shut ends the session', async () => {
  const limit = (action: string) =>
    client.ask('POST', '/api/mo/uni/tn-k8s.json', {
      fvTenant: { attributes: {}, children: [{ bgpPeerPfxPol: { attributes: { name: 'few', maxPfx: '1', action } } }] },
    })
  const dn =
    'uni/tn-k8s/out-green/lnodep-anchors/lifp-svi/vlifp-[topology/pod-1/node-201]-[vlan-310]/peerP-[192.168.1.0/24]'
  const use = (name: string) =>
    client.ask('POST', `/api/mo/${dn}/rspeerPfxPol.json`, {
      bgpRsPeerPfxPol: { attributes: { tnBgpPeerPfxPolName: name } },
    })
  const services = '/api/mo/uni/tn-k8s/subj-pods/dest-[10.96.0.0/16].json'
  await client.ask('POST', services, { rtctrlMatchRtDest: { attributes: { ip: '10.96.0.0/16' } } })
  const prefixes = () => fabric.routes('apic1/node-201').map(route => route.prefix)
  assert.ok(prefixes().includes('10.96.0.0/16'))
  await limit('reject')
  await use('few')
  assert.match((await entries(201)).join(), /192\.168\.1\.11 established/)
  assert.equal(prefixes().sort(), ['10.244.0.0/26', '10.244.0.64/26'])
  await limit('shut')
  assert.match((await entries(201)).join(), /192\.168\.1\.11 idle/)
  assert.equal(prefixes(), [])
  await use('')
  await client.ask('DELETE', services)
  assert.match((await entries(201)).join(), /192\.168\.1\.11 established/)
})

test('the 1/3 timers of the reference design are too short for BIRD, and the log says so', async () => {
  const set = (kaIntvl: string, holdIntvl: string) =>
    client.ask('POST', '/api/mo/uni/tn-k8s/bgpCtxP-timers.json', { bgpCtxPol: { attributes: { kaIntvl, holdIntvl } } })
  await set('1', '3')
  assert.match((await entries(202)).join(), /192\.168\.1\.12 idle/)
  assert.ok(lines.some(line => /hold time of 3 s, which BIRD on green\/blue-2 cannot keep/.test(line)))
  await set('2', '6')
  assert.match((await entries(202)).join(), /192\.168\.1\.12 established/)
})

test('a password that differs keeps the session down, and no log or answer shows it', async () => {
  const dn =
    'uni/tn-k8s/out-green/lnodep-anchors/lifp-svi/vlifp-[topology/pod-1/node-202]-[vlan-310]/peerP-[192.168.1.0/24]'
  await client.ask('POST', `/api/mo/${dn}.json`, { bgpPeerP: { attributes: { password: 'canary-11' } } })
  assert.match((await entries(202)).join(), /192\.168\.1\.11 active/)
  assert.not.match(lines.join('\n'), /canary|secret-1/)
})

test('an L3Out without BGP or without a fabric AS has no session', async () => {
  await client.ask('DELETE', '/api/mo/uni/fabric/bgpInstP-default/as.json')
  assert.match((await entries(201)).join(), /192\.168\.1\.11 idle/)
  await client.ask('DELETE', '/api/mo/uni/tn-k8s/out-green/bgpExtP.json')
  assert.equal(await entries(201), [])
})

test.run()
