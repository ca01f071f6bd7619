import { parseCli } from '../../../src/diff/cli/tree.ts'
import type { KubeObject } from '../../../src/model/kube.ts'
import type { CliTree } from '../../../src/model/nxos.ts'

/** A leaf that peers with two nodes, dual stack, from its loopback; `edit` changes the text. */
export function leafConfig(number: 1 | 2, edit: (text: string) => string = text => text): CliTree {
  const text = `
feature bgp
interface Vlan3001
  no shutdown
  vrf member vrf-001
  ip address 192.168.1.1/24
  ipv6 address 2001:db8:1:1::1/64
  fabric forwarding mode anycast-gateway
interface loopback0
  ip address 10.2.1.${number}/32
interface loopback1002
  vrf member vrf-001
  ip address 192.168.100.${number}/32
  ipv6 address 2001:db8:100::${number}/128
ip prefix-list own seq 5 permit 192.168.100.0/24 le 32
route-map own permit 10
  match ip address prefix-list own
router bgp 65102
  router-id 10.2.1.${number}
  template peer blue-ipv4
    remote-as 65531
    password 0 secret-1
    update-source loopback1002
    ebgp-multihop 10
    timers 10 30
    address-family ipv4 unicast
      as-override
  template peer blue-ipv6
    remote-as 65531
    password 0 secret-1
    update-source loopback1002
    ebgp-multihop 10
    timers 10 30
    address-family ipv6 unicast
      as-override
  vrf vrf-001
    address-family ipv4 unicast
      redistribute direct route-map own
      maximum-paths 64
    address-family ipv6 unicast
      maximum-paths 64
    neighbor 192.168.1.11
      inherit peer blue-ipv4
      address-family ipv4 unicast
        disable-peer-as-check
    neighbor 192.168.1.12
      inherit peer blue-ipv4
    neighbor 2001:db8:1:1::11
      inherit peer blue-ipv6
`
  return parseCli(edit(text))
}

const object = (apiVersion: string, kind: string, name: string, rest: object): KubeObject => {
  const { metadata, ...body } = rest as { metadata?: object }
  return { apiVersion, kind, metadata: { name, ...metadata }, ...body }
}

export function node(
  number: number,
  changes: { ready?: boolean; annotations?: Record<string, string> } = {},
): KubeObject {
  return object('v1', 'Node', `blue-${number}`, {
    metadata: {
      labels: { rack_id: '1' },
      annotations: {
        'projectcalico.org/IPv4Address': `192.168.1.1${number}/24`,
        'projectcalico.org/IPv6Address': `2001:db8:1:1::1${number}/64`,
        ...changes.annotations,
      },
    },
    status: { conditions: [{ type: 'Ready', status: changes.ready === false ? 'Unknown' : 'True' }] },
  })
}

export function peer(leaf: number, family: 'ipv4' | 'ipv6', changes: object = {}): KubeObject {
  const address = family === 'ipv4' ? `192.168.100.${leaf}` : `2001:db8:100::${leaf}`
  return object('projectcalico.org/v3', 'BGPPeer', `leaf-${leaf}-${family}`, {
    spec: {
      peerIP: address,
      asNumber: 65102,
      nodeSelector: 'rack_id == "1"',
      password: { secretKeyRef: { name: 'bgp-secrets', key: 'rr-password' } },
      ...changes,
    },
  })
}

export function pool(name: string, cidr: string, blockSize: number): KubeObject {
  return object('projectcalico.org/v3', 'IPPool', name, { spec: { cidr, blockSize, nodeSelector: 'all()' } })
}

export function configuration(asNumber = 65531): KubeObject {
  return object('projectcalico.org/v3', 'BGPConfiguration', 'default', {
    spec: {
      asNumber,
      nodeToNodeMeshEnabled: false,
      serviceClusterIPs: [{ cidr: '10.96.0.0/16' }],
      serviceExternalIPs: [{ cidr: '198.51.100.0/25' }],
    },
  })
}

export function secret(password = 'secret-1'): KubeObject {
  return object('v1', 'Secret', 'bgp-secrets', {
    metadata: { namespace: 'kube-system' },
    data: { 'rr-password': Buffer.from(password).toString('base64') },
  })
}

export function localService(): KubeObject {
  return object('v1', 'Service', 'web', {
    metadata: { namespace: 'shop' },
    spec: {
      clusterIP: '10.96.0.80',
      externalIPs: ['198.51.100.80'],
      externalTrafficPolicy: 'Local',
      selector: { app: 'web' },
    },
  })
}

export function slice(...nodes: readonly number[]): KubeObject {
  return object('discovery.k8s.io/v1', 'EndpointSlice', 'web-x', {
    metadata: { namespace: 'shop', labels: { 'kubernetes.io/service-name': 'web' } },
    endpoints: nodes.map(number => ({ nodeName: `blue-${number}`, conditions: { ready: true } })),
  })
}

/** Two nodes, two leaves, IPv4 and IPv6, all in agreement. */
export function blueCluster(): KubeObject[] {
  return [
    node(1),
    node(2),
    configuration(),
    secret(),
    peer(1, 'ipv4'),
    peer(2, 'ipv4'),
    peer(1, 'ipv6'),
    peer(2, 'ipv6'),
    pool('pods', '10.244.0.0/16', 26),
    pool('pods-v6', '2001:db8:244::/48', 122),
  ]
}
