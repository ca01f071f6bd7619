import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { makeFabric } from '../../../src/lab/bgp/fabric.ts'
import { blueCluster, leafConfig } from './estate.ts'

/** The leaf of the estate with its half of the overlay. */
const leaf = (number: 1 | 2, edit: (text: string) => string = text => text) =>
  leafConfig(number, text =>
    edit(
      `${text.replaceAll('      maximum-paths 64', '      maximum-paths 64\n      maximum-paths ibgp 2\n      advertise l2vpn evpn')}
interface loopback1
  ip address 10.2.2.${number}/32
interface nve1
  no shutdown
  source-interface loopback1
  member vni 90001 associate-vrf
vrf context vrf-001
  vni 90001
`.replace(
        '  vrf vrf-001\n    address',
        `  neighbor 10.2.0.9
    remote-as 65102
    update-source loopback0
    address-family l2vpn evpn
  vrf vrf-001
    address`,
      ),
    ),
  )

/** Rack 1 hangs on leaf-101 only; leaf-102 has to learn it through the overlay. */
const withoutNodes = (text: string) =>
  text.replaceAll(/ {4}neighbor (192|2001)[\s\S]*?(?=\n {4}neighbor|\ninterface)/g, '')

function fabric(edit?: (text: string) => string, spines = [{ name: 'spine-1', address: '10.2.0.9' }]) {
  return makeFabric({
    switches: [
      { name: 'leaf-101', running: () => leaf(1) },
      { name: 'leaf-102', running: () => leaf(2, text => (edit ?? (same => same))(withoutNodes(text))) },
    ],
    clusters: [{ name: 'blue', objects: blueCluster }],
    spines,
  })
}

test('a leaf learns the nodes of another rack through the spine, by the VTEP of their leaf', () => {
  const plane = fabric().controlPlane('leaf-102')
  const [session] = plane.bgpSessions('default')
  assert.is(`${session?.neighbor} ${session?.state}`, '10.2.0.9 Established')
  const route = plane.routes('vrf-001', 'ipv4').find(each => each.prefix === '10.244.0.0/26')
  assert.is(route?.paths[0]?.nextHop, '10.2.2.1')
  assert.is(route?.paths[0]?.kind, 'internal')
  assert.is(route?.paths[0]?.preference, 200)
  assert.equal(route?.paths[0]?.asPath, [65531])
})

test('the loopback of the vPC twin is reachable through the overlay', () => {
  const prefixes = fabric()
    .routes('leaf-102', 'vrf-001')
    .map(route => route.prefix)
  assert.ok(prefixes.includes('192.168.100.1/32'))
})

test('nothing comes through the overlay without the spine, the VNI or the advertisement', () => {
  assert.equal(fabric(undefined, []).routes('leaf-102', 'vrf-001'), [])
  assert.equal(fabric(text => text.replace('vni 90001\n', 'vni 90002\n')).routes('leaf-102', 'vrf-001'), [])
  const silent = makeFabric({
    switches: [
      { name: 'leaf-101', running: () => leaf(1, text => text.replaceAll('      advertise l2vpn evpn\n', '')) },
      { name: 'leaf-102', running: () => leaf(2, withoutNodes) },
    ],
    clusters: [{ name: 'blue', objects: blueCluster }],
    spines: [{ name: 'spine-1', address: '10.2.0.9' }],
  })
  assert.equal(silent.routes('leaf-102', 'vrf-001'), [])
})

test('a leaf that has the nodes itself does not take them from elsewhere', () => {
  const [route] = fabric()
    .routes('leaf-101', 'vrf-001')
    .filter(each => each.prefix === '10.244.0.0/26')
  assert.equal(
    route?.paths.map(path => path.nextHop),
    ['192.168.1.11'],
  )
})

test.run()
