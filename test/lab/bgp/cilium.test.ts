import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { parseCli } from '../../../src/diff/cli/tree.ts'
import { makeFabric } from '../../../src/lab/bgp/fabric.ts'
import type { KubeObject } from '../../../src/model/kube.ts'
import { localService, slice } from './estate.ts'

const object = (kind: string, name: string, spec: object, labels = {}): KubeObject => ({
  apiVersion: 'cilium.io/v2',
  kind,
  metadata: { name, labels },
  spec,
})

const cluster = (ebgpMultihop: number): KubeObject[] => [
  {
    apiVersion: 'v1',
    kind: 'Node',
    metadata: { name: 'blue-1', labels: { rack: 'one' } },
    spec: { podCIDRs: ['10.4.0.0/27'] },
    status: { addresses: [{ type: 'InternalIP', address: '192.168.1.11' }] },
  },
  object('CiliumBGPClusterConfig', 'racks', {
    nodeSelector: { matchLabels: { rack: 'one' } },
    bgpInstances: [
      {
        name: 'blue',
        localASN: 65531,
        peers: [{ name: 'leaf', peerASN: 65102, peerAddress: '192.168.1.2', peerConfigRef: { name: 'leaves' } }],
      },
    ],
  }),
  object('CiliumBGPPeerConfig', 'leaves', {
    ebgpMultihop,
    timers: { holdTimeSeconds: 3, keepAliveTimeSeconds: 1 },
    families: [{ afi: 'ipv4', safi: 'unicast', advertisements: { matchLabels: { advertise: 'bgp' } } }],
  }),
  object(
    'CiliumBGPAdvertisement',
    'all',
    {
      advertisements: [
        { advertisementType: 'PodCIDR' },
        {
          advertisementType: 'Service',
          service: { addresses: ['ExternalIP'] },
          selector: { matchExpressions: [{ key: 'never', operator: 'DoesNotExist' }] },
        },
      ],
    },
    { advertise: 'bgp' },
  ),
  localService(),
  slice(1),
]

const leaf = (neighbor: string) =>
  parseCli(`
interface Vlan10
  no shutdown
  ip address 192.168.1.2/24
router bgp 65102
  address-family ipv4 unicast
    maximum-paths 4
  neighbor ${neighbor}
    remote-as 65531
    address-family ipv4 unicast
`)

const fabric = (neighbor: string) =>
  makeFabric({
    switches: [{ name: 'leaf-101', running: () => leaf(neighbor) }],
    clusters: [{ name: 'blue', objects: () => cluster(1) }],
  })

test('Cilium nodes peer with the connected leaf and announce what their advertisements say', () => {
  const { sessions, routes } = fabric('192.168.1.11')
  const [session] = sessions('leaf-101')
  assert.is(session?.because, 'agreed with blue/blue-1')
  assert.is(session?.hold, 3)
  assert.equal(
    routes('leaf-101', 'default').map(route => route.prefix),
    ['10.4.0.0/27', '198.51.100.80/32'],
  )
})

test('a prefix neighbour of a switch takes whoever calls from the subnet', () => {
  const { sessions } = fabric('192.168.1.0/24')
  const [session] = sessions('leaf-101')
  assert.is(`${session?.configured} ${session?.remote} ${session?.state}`, '192.168.1.0/24 192.168.1.11 Established')
})

test.run()
