import type { KubeObject } from '../../../model/kube.ts'
import { covers, familyOf, lengthOf, networkOf, nthSubnet } from '../address.ts'
import { parseSelector } from './calico-selector.ts'
import { at, type ClusterNode, listAt, ofCalico, textAt } from './cluster.ts'
import { readServices } from './services.ts'

/** Kept out of service announcements by Kubernetes' own label. */
const excluded = 'node.kubernetes.io/exclude-from-external-load-balancers'

/**
 * What each node of a Calico cluster announces, by node name: its pod blocks, the service ranges of the
 * BGPConfiguration, and single addresses of Services with a Local policy where they have a ready endpoint.
 */
export function calicoAnnounces(
  objects: readonly KubeObject[],
  nodes: readonly ClusterNode[],
): ReadonlyMap<string, readonly string[]> {
  const blocks = podBlocks(objects, nodes)
  const ranges = serviceRanges(objects)
  const services = readServices(objects)
  const announced = nodes.map(node => {
    const own = blocks.get(node.name) ?? []
    if (Object.hasOwn(node.labels, excluded)) return [node.name, own] as const
    const single = services.flatMap(service => {
      if (!service.nodes.has(node.name)) return []
      const external = service.local ? [...service.externalIPs, ...service.loadBalancerIPs] : []
      const cluster = service.local || service.internalLocal ? service.clusterIPs : []
      const inRange = [...cluster, ...external].filter(address => ranges.some(range => covers(range, address)))
      return inRange.map(address => networkOf(address))
    })
    return [node.name, [...new Set([...own, ...ranges, ...single])]] as const
  })
  return new Map(announced)
}

/** The ranges of the BGPConfiguration `default`, as networks. */
function serviceRanges(objects: readonly KubeObject[]): string[] {
  const configuration = ofCalico(objects, 'BGPConfiguration').find(object => object.metadata.name === 'default')
  const lists = ['serviceClusterIPs', 'serviceExternalIPs', 'serviceLoadBalancerIPs']
  return lists.flatMap(list =>
    listAt(configuration, 'spec', list).flatMap(each => {
      const cidr = textAt(each, 'cidr')
      return cidr ? [networkOf(cidr)] : []
    }),
  )
}

/**
 * Pod blocks by node: from BlockAffinity objects where there are any; otherwise Calico's first allocation is worked
 * out, a block of each pool per node in the order of their names; without pools the nodes' podCIDRs.
 */
function podBlocks(objects: readonly KubeObject[], nodes: readonly ClusterNode[]): ReadonlyMap<string, string[]> {
  const affinities = ofCalico(objects, 'BlockAffinity')
  const pools = ofCalico(objects, 'IPPool').filter(pool => at(pool, 'spec', 'disabled') !== true)
  const exported = pools.filter(pool => at(pool, 'spec', 'disableBGPExport') !== true)
  if (affinities.length > 0) return fromAffinities(affinities, exported)
  if (pools.length === 0) return new Map(nodes.map(node => [node.name, [...node.podCidrs]]))
  const blocks = nodes.map(node => [node.name, exported.flatMap(pool => blockOf(pool, node, nodes))] as const)
  return new Map(blocks)
}

function fromAffinities(affinities: readonly KubeObject[], pools: readonly KubeObject[]): Map<string, string[]> {
  const blocks = new Map<string, string[]>()
  for (const affinity of affinities) {
    const node = textAt(affinity, 'spec', 'node')
    const cidr = textAt(affinity, 'spec', 'cidr')
    const gone = textAt(affinity, 'spec', 'deleted') === 'true' || at(affinity, 'spec', 'deleted') === true
    const exported = cidr !== null && pools.some(pool => covers(textAt(pool, 'spec', 'cidr') ?? '::/128', cidr))
    if (node && cidr && !gone && (exported || pools.length === 0)) {
      blocks.set(node, [...(blocks.get(node) ?? []), networkOf(cidr)])
    }
  }
  return blocks
}

function blockOf(pool: KubeObject, node: ClusterNode, nodes: readonly ClusterNode[]): string[] {
  const cidr = textAt(pool, 'spec', 'cidr')
  if (!cidr) return []
  const selector = parseSelector(textAt(pool, 'spec', 'nodeSelector') ?? 'all()')
  const chosen = nodes.filter(each => selector(each.labels))
  const index = chosen.findIndex(each => each.name === node.name)
  const size = Number(textAt(pool, 'spec', 'blockSize') ?? (familyOf(cidr) === 'ipv4' ? 26 : 122))
  if (index < 0) return []
  const block = nthSubnet(cidr, Math.max(size, lengthOf(cidr)), index)
  return block === null ? [] : [block]
}
