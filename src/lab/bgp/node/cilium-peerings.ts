import type { KubeObject } from '../../../model/kube.ts'
import { asNumber, type Family, familyOf, hostOf, isAddress, networkOf } from '../address.ts'
import type { Peering } from '../peering.ts'
import { at, type ClusterNode, listAt, nodeAddress, ofKind, readNodes, readSecret, textAt } from './cluster.ts'
import { selects } from './label-selector.ts'
import { type ClusterService, readServices } from './services.ts'

/** The BGP peers of a cluster that runs Cilium: CiliumBGPClusterConfig with its peer configs and advertisements. */
export function ciliumPeerings(cluster: string, objects: readonly KubeObject[]): Peering[] {
  const nodes = readNodes(objects)
  const services = readServices(objects)
  return ofKind(objects, 'cilium.io', 'CiliumBGPClusterConfig').flatMap(config =>
    nodes
      .filter(node => selects(at(config, 'spec', 'nodeSelector'), node.labels))
      .flatMap(node =>
        listAt(config, 'spec', 'bgpInstances').flatMap(instance =>
          listAt(instance, 'peers').flatMap(peer => {
            const made = toPeering({ cluster, objects, services, node, instance, peer })
            return made === null ? [] : [made]
          }),
        ),
      ),
  )
}

interface Place {
  readonly cluster: string
  readonly objects: readonly KubeObject[]
  readonly services: readonly ClusterService[]
  readonly node: ClusterNode
  readonly instance: unknown
  readonly peer: unknown
}

function toPeering({ cluster, objects, services, node, instance, peer }: Place): Peering | null {
  const written = textAt(peer, 'peerAddress')
  const localAs = asNumber(textAt(instance, 'localASN'))
  if (!isAddress(written ?? undefined) || localAs === null) return null
  const remote = hostOf(written ?? '')
  const config = ofKind(objects, 'cilium.io', 'CiliumBGPPeerConfig').find(
    object => object.metadata.name === textAt(peer, 'peerConfigRef', 'name'),
  )
  const local = nodeAddress(node, remote)
  const secret = textAt(config, 'spec', 'authSecretRef')
  const clear = secret ? readSecret(objects, { namespaces: ['kube-system'], name: secret, key: 'password' }) : null
  return {
    device: `${cluster}/${node.name}`,
    software: 'cilium',
    vrf: 'default',
    local,
    ...(local === null ? { localMissing: `has no ${familyOf(remote)} address` } : {}),
    remote,
    localAs,
    remoteAs: asNumber(textAt(peer, 'peerASN')),
    families: families(config),
    password: clear === null ? null : { clear },
    keepalive: Number(textAt(config, 'spec', 'timers', 'keepAliveTimeSeconds') ?? 30),
    hold: Number(textAt(config, 'spec', 'timers', 'holdTimeSeconds') ?? 90),
    hops: Number(textAt(config, 'spec', 'ebgpMultihop') ?? 1),
    fromLoopback: false,
    ...(node.ready ? {} : { shutdown: `node ${node.name} of ${cluster} is not ready` }),
    connected: null,
    asOverride: false,
    maximumPaths: { ipv4: 1, ipv6: 1 },
    announces: announced(objects, { config, node, services }),
  }
}

/** Without a peer config, or families in it, Cilium speaks both. */
function families(config: KubeObject | undefined): Family[] {
  const named = listAt(config, 'spec', 'families').map(each => textAt(each, 'afi'))
  const known = (['ipv4', 'ipv6'] as const).filter(family => named.includes(family))
  return named.length === 0 ? ['ipv4', 'ipv6'] : known
}

function announced(
  objects: readonly KubeObject[],
  at: { config: KubeObject | undefined; node: ClusterNode; services: readonly ClusterService[] },
): string[] {
  const found = listAt(at.config, 'spec', 'families').flatMap(family =>
    advertisements(objects, family)
      .flatMap(each => prefixesOf(objects, each, at))
      .filter(prefix => familyOf(prefix) === textAt(family, 'afi')),
  )
  return [...new Set(found)]
}

/** The advertisements of the CiliumBGPAdvertisement objects that a family's selector picks. */
function advertisements(objects: readonly KubeObject[], family: unknown): readonly unknown[] {
  const selector = at(family, 'advertisements')
  if (selector === undefined || selector === null) return []
  return ofKind(objects, 'cilium.io', 'CiliumBGPAdvertisement')
    .filter(object => selects(selector, object.metadata.labels ?? {}))
    .flatMap(object => listAt(object, 'spec', 'advertisements'))
}

function prefixesOf(
  objects: readonly KubeObject[],
  advertisement: unknown,
  place: { node: ClusterNode; services: readonly ClusterService[] },
): string[] {
  const type = textAt(advertisement, 'advertisementType')
  if (type === 'PodCIDR') return podCidrs(objects, place.node)
  if (type !== 'Service') return []
  // Without a selector Cilium announces no service at all.
  const selector = at(advertisement, 'selector')
  if (selector === undefined || selector === null) return []
  const kinds = listAt(advertisement, 'service', 'addresses').map(String)
  const chosen = place.services.filter(service => selects(selector, service.labels))
  return chosen.flatMap(service => serviceAddresses(service, kinds, place.node)).map(networkOf)
}

function serviceAddresses(service: ClusterService, kinds: readonly string[], node: ClusterNode): string[] {
  const here = service.nodes.has(node.name)
  return [
    ...(kinds.includes('ClusterIP') && (!service.internalLocal || here) ? service.clusterIPs : []),
    ...(kinds.includes('ExternalIP') && (!service.local || here) ? service.externalIPs : []),
    ...(kinds.includes('LoadBalancerIP') && (!service.local || here) ? service.loadBalancerIPs : []),
  ]
}

/** With cluster-pool IPAM the CiliumNode holds the pod CIDRs, otherwise the Node. */
function podCidrs(objects: readonly KubeObject[], node: ClusterNode): string[] {
  const own = ofKind(objects, 'cilium.io', 'CiliumNode').find(object => object.metadata.name === node.name)
  const pools = listAt(own, 'spec', 'ipam', 'podCIDRs').map(String)
  return (pools.length > 0 ? pools : node.podCidrs).map(networkOf)
}
