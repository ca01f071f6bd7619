import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { parseCli } from '../../../src/diff/cli/tree.ts'
import { makeFabric } from '../../../src/lab/bgp/fabric.ts'
import type { KubeObject } from '../../../src/model/kube.ts'
import { localService, slice } from './estate.ts'

const base64 = (text: string) => Buffer.from(text).toString('base64')

const cluster = (password: string): KubeObject[] => [
  {
    apiVersion: 'apps/v1',
    kind: 'DaemonSet',
    metadata: { name: 'kube-router', namespace: 'kube-system' },
    spec: {
      template: {
        spec: { containers: [{ args: ['--cluster-asn=65531', '--advertise-external-ip', '--bgp-holdtime=3s'] }] },
      },
    },
  },
  {
    apiVersion: 'v1',
    kind: 'Node',
    metadata: {
      name: 'blue-1',
      annotations: {
        'kube-router.io/peer.ips': '192.168.1.2,192.168.1.3',
        'kube-router.io/peer.asns': '65102,65102',
        'kube-router.io/peer.passwords': [password, password].map(base64).join(),
      },
    },
    spec: { podCIDR: '10.4.0.0/24' },
    status: { addresses: [{ type: 'InternalIP', address: '192.168.1.11' }] },
  },
  localService(),
  slice(1),
]

const fabric = (password: string) =>
  makeFabric({
    switches: [
      {
        name: 'leaf-101',
        running: () =>
          parseCli(`
interface Vlan10
  no shutdown
  ip address 192.168.1.2/24
router bgp 65102
  neighbor 192.168.1.11 remote-as 65531
    password 0 secret-1
    timers 1 3
    address-family ipv4 unicast
`),
      },
    ],
    clusters: [{ name: 'blue', objects: () => cluster(password) }],
  })

test('kube-router peers by its annotations, and is fine with 1/3', () => {
  const { sessions, routes } = fabric('secret-1')
  const [session] = sessions('leaf-101')
  assert.is(`${session?.state} ${session?.keepalive}/${session?.hold}`, 'Established 1/3')
  assert.equal(
    routes('leaf-101').map(route => route.prefix),
    ['10.4.0.0/24', '198.51.100.80/32'],
  )
  const other = sessions('blue/blue-1').find(each => each.remote === '192.168.1.3')
  assert.is(other?.because, 'nothing at 192.168.1.3 speaks BGP to blue/blue-1')
})

test('a wrong password in an annotation keeps the session down', () => {
  assert.is(fabric('canary').sessions('leaf-101')[0]?.because, 'the passwords of leaf-101 and blue/blue-1 differ')
})

test.run()
