import type { KubeObject } from '../../../model/kube.ts'
import { asNumber, familyOf, hostOf, isAddress, networkOf } from '../address.ts'
import type { Peering } from '../peering.ts'
import { type ClusterNode, listAt, nodeAddress, ofKind, readNodes } from './cluster.ts'
import { type ClusterService, readServices } from './services.ts'

/** The BGP peers of a cluster that runs kube-router: node annotations, and the arguments of its DaemonSet. */
export function kubeRouterPeerings(cluster: string, objects: readonly KubeObject[]): Peering[] {
  const daemon = ofKind(objects, 'apps', 'DaemonSet').find(object => object.metadata.name === 'kube-router')
  if (!daemon) return []
  const options = readArguments(daemon)
  const services = readServices(objects)
  return readNodes(objects).flatMap(node =>
    peersOf(node, options).map(peer => toPeering({ cluster, node, options, services, peer })),
  )
}

interface ConfiguredPeer {
  readonly remote: string
  readonly as: number | null
  readonly password: string | null
}

interface Place {
  readonly cluster: string
  readonly node: ClusterNode
  readonly options: ReadonlyMap<string, string>
  readonly services: readonly ClusterService[]
  readonly peer: ConfiguredPeer
}

function toPeering({ cluster, node, options, services, peer }: Place): Peering {
  const local = nodeAddress(node, peer.remote)
  const family = familyOf(peer.remote)
  // Seconds, written as a Go duration: --bgp-holdtime=90s.
  const hold = Number(/^(\d+)s$/.exec(options.get('bgp-holdtime') ?? '')?.[1] ?? 90)
  return {
    device: `${cluster}/${node.name}`,
    software: 'gobgp',
    vrf: 'default',
    local,
    ...(local === null ? { localMissing: `has no address of the family of ${peer.remote}` } : {}),
    remote: peer.remote,
    localAs: asNumber(node.annotations['kube-router.io/node.asn'] ?? options.get('cluster-asn')) ?? 64_512,
    remoteAs: peer.as,
    families: [family],
    password: peer.password === null ? null : { clear: peer.password },
    keepalive: Math.floor(hold / 3),
    hold,
    hops: Number(options.get('peer-router-multihop-ttl') ?? 1),
    fromLoopback: false,
    ...(node.ready ? {} : { shutdown: `node ${node.name} of ${cluster} is not ready` }),
    connected: null,
    asOverride: false,
    maximumPaths: { ipv4: 64, ipv6: 64 },
    announces: announced(node, options, services).filter(prefix => familyOf(prefix) === family),
  }
}

/** Lists of equal length, joined by commas; passwords are base64. Annotations outweigh the arguments. */
function peersOf(node: ClusterNode, options: ReadonlyMap<string, string>): ConfiguredPeer[] {
  const list = (annotation: string, argument: string) =>
    (node.annotations[`kube-router.io/${annotation}`] ?? options.get(argument) ?? '')
      .split(',')
      .map(each => each.trim())
  const [addresses, numbers] = [list('peer.ips', 'peer-router-ips'), list('peer.asns', 'peer-router-asns')]
  const passwords = list('peer.passwords', 'peer-router-passwords')
  return addresses.flatMap((address, index) => {
    if (!isAddress(address)) return []
    const secret = Buffer.from(passwords[index] ?? '', 'base64').toString('utf8')
    return [{ remote: hostOf(address), as: asNumber(numbers[index]), password: secret === '' ? null : secret }]
  })
}

function announced(
  node: ClusterNode,
  options: ReadonlyMap<string, string>,
  services: readonly ClusterService[],
): string[] {
  const on = (name: string, otherwise: boolean) => (options.get(name) ?? String(otherwise)) === 'true'
  const pods = on('advertise-pod-cidr', true) ? podCidrs(node) : []
  const addresses = services.flatMap(service => {
    const here = !service.local || service.nodes.has(node.name)
    return [
      ...(on('advertise-cluster-ip', false) && here ? service.clusterIPs : []),
      ...(on('advertise-external-ip', false) && here ? service.externalIPs : []),
      ...(on('advertise-loadbalancer-ip', false) && here ? service.loadBalancerIPs : []),
    ]
  })
  return [...new Set([...pods, ...addresses].map(networkOf))]
}

function podCidrs(node: ClusterNode): readonly string[] {
  const annotated = node.annotations['kube-router.io/pod-cidr']
  return isAddress(annotated) ? [annotated] : node.podCidrs
}

/** `--name=value` of the container's args; a bare `--name` is true. */
function readArguments(daemon: KubeObject): ReadonlyMap<string, string> {
  const template = (daemon as { spec?: { template?: unknown } }).spec?.template
  const words = listAt(template, 'spec', 'containers').flatMap(container => [
    ...listAt(container, 'command'),
    ...listAt(container, 'args'),
  ])
  const pairs = words.flatMap(word => {
    const [, name, value] = /^--([a-z0-9-]+)(?:=(.*))?$/.exec(String(word)) ?? []
    return name ? [[name, value ?? 'true'] as const] : []
  })
  return new Map(pairs)
}
