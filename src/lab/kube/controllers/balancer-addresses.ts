import { addressesIn } from '../address.ts'
import type { ClusterState } from '../cluster-state.ts'
import { type JsonMap, listOf, mapOf, textOf } from '../json.ts'
import { labelsOf, nameOf, namespaceOf, specOf, statusOf } from '../object.ts'
import { selectorMatcher } from '../selector.ts'
import { listOfKind, systemPut } from '../system-write.ts'

/** Cilium's LB-IPAM: a LoadBalancer service gets an address per family from the first pool that selects it. */
export function keepBalancerAddresses(state: ClusterState): void {
  const pools = listOfKind(state, 'cilium.io/ciliumloadbalancerippools').filter(pool => specOf(pool).disabled !== true)
  for (const service of pools.length > 0 ? listOfKind(state, '/services') : []) {
    if (specOf(service).type !== 'LoadBalancer' || addressesOf(service).length > 0) continue
    const pool = pools.find(candidate => selects(candidate, service))
    const ingress = pool
      ? listOf(specOf(service).ipFamilies).flatMap(family => free(state, pool, family === 'IPv6'))
      : []
    if (ingress.length === 0) continue
    const loadBalancer = { ingress: ingress.map(ip => ({ ip, ipMode: 'VIP' })) }
    systemPut(state, { ...service, status: { ...statusOf(service), loadBalancer } }, 'cilium-operator')
  }
}

/** Pools select by labels, and by two labels of Cilium's own that stand for namespace and name. */
function selects(pool: JsonMap, service: JsonMap): boolean {
  const own = {
    'io.kubernetes.service.namespace': namespaceOf(service),
    'io.kubernetes.service.name': nameOf(service),
  }
  return selectorMatcher(mapOf(specOf(pool).serviceSelector))({ ...labelsOf(service), ...own })
}

function free(state: ClusterState, pool: JsonMap, v6: boolean): string[] {
  const taken = new Set(listOfKind(state, '/services').flatMap(addressesOf))
  for (const block of listOf(specOf(pool).blocks).map(mapOf)) {
    const cidr = textOf(block.cidr)
    if (!cidr || cidr.includes(':') !== v6) continue
    for (const address of addressesIn(cidr)) if (!taken.has(address)) return [address]
  }
  return []
}

function addressesOf(service: JsonMap): string[] {
  return listOf(mapOf(statusOf(service).loadBalancer).ingress).map(entry => textOf(mapOf(entry).ip))
}
