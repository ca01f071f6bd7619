import type { KubeObject } from '../../../model/kube.ts'
import { asNumber, familyOf, hostOf, isAddress } from '../address.ts'
import type { Password, Peering } from '../peering.ts'
import { calicoAnnounces } from './calico-announces.ts'
import { parseSelector } from './calico-selector.ts'
import { at, type ClusterNode, nodeAddress, ofCalico, readNodes, readSecret, textAt } from './cluster.ts'

/** BIRD's own default; Calico sets none. */
const birdHold = 240
const defaultAs = 64_512

/** The BGP peers of a cluster that runs Calico: each BGPPeer once per node that it selects. */
export function calicoPeerings(cluster: string, objects: readonly KubeObject[]): Peering[] {
  const nodes = readNodes(objects)
  const peers = ofCalico(objects, 'BGPPeer')
  if (peers.length === 0) return []
  const announces = calicoAnnounces(objects, nodes)
  const configuration = ofCalico(objects, 'BGPConfiguration').find(object => object.metadata.name === 'default')
  const clusterAs = asNumber(textAt(configuration, 'spec', 'asNumber')) ?? defaultAs
  return peers.flatMap(peer => {
    const remote = peerAddress(peer)
    if (remote === null) return []
    const secret = password(peer, objects)
    return nodes
      .filter(node => isSelected(peer, node))
      .map(node =>
        toPeering({ cluster, node, peer, remote, secret, clusterAs, announces: announces.get(node.name) ?? [] }),
      )
  })
}

interface Place {
  readonly cluster: string
  readonly node: ClusterNode
  readonly peer: KubeObject
  readonly remote: string
  readonly secret: ReturnType<typeof password>
  readonly clusterAs: number
  readonly announces: readonly string[]
}

function toPeering({ cluster, node, peer, remote, secret, clusterAs, announces }: Place): Peering {
  const device = `${cluster}/${node.name}`
  const family = familyOf(remote)
  const down = node.ready ? secret.missing : `node ${node.name} of ${cluster} is not ready`
  const local = nodeAddress(node, remote)
  return {
    device,
    software: 'bird',
    vrf: 'default',
    local,
    ...(local === null ? { localMissing: `has no ${family === 'ipv4' ? 'IPv4' : 'IPv6'} address` } : {}),
    remote,
    localAs: node.as ?? clusterAs,
    remoteAs: asNumber(textAt(peer, 'spec', 'asNumber')),
    families: [family],
    password: secret.password,
    keepalive: Math.floor(birdHold / 3),
    hold: birdHold,
    // Calico writes `multihop` into every BIRD peer.
    hops: 255,
    fromLoopback: false,
    ...(down ? { shutdown: down } : {}),
    connected: null,
    asOverride: false,
    maximumPaths: { ipv4: 64, ipv6: 64 },
    announces: announces.filter(prefix => familyOf(prefix) === family),
  }
}

/** `node` names one, `nodeSelector` chooses, neither means all. */
function isSelected(peer: KubeObject, node: ClusterNode): boolean {
  const name = textAt(peer, 'spec', 'node')
  if (name) return name === node.name
  const selector = textAt(peer, 'spec', 'nodeSelector')
  return selector === null || parseSelector(selector)(node.labels)
}

/** `peerIP` may carry a port: 192.0.2.1:179, [2001:db8::1]:179. */
function peerAddress(peer: KubeObject): string | null {
  const written = textAt(peer, 'spec', 'peerIP') ?? ''
  const bare = /^\[(.+)\](?::\d+)?$/.exec(written)?.[1] ?? written.replace(/^(\d+\.\d+\.\d+\.\d+):\d+$/, '$1')
  return isAddress(bare) ? hostOf(bare) : null
}

/** Calico leaves a peer out whose Secret or key it cannot find. */
function password(peer: KubeObject, objects: readonly KubeObject[]): { password: Password | null; missing?: string } {
  const reference = at(peer, 'spec', 'password', 'secretKeyRef')
  if (reference === undefined || reference === null) return { password: null }
  const [name, key] = [textAt(reference, 'name') ?? '', textAt(reference, 'key') ?? '']
  const clear = readSecret(objects, { namespaces: ['calico-system', 'kube-system'], name, key })
  if (clear !== null) return { password: { clear } }
  return {
    password: null,
    missing: `BGPPeer ${peer.metadata.name} names Secret ${name} key ${key}, which is not there`,
  }
}
