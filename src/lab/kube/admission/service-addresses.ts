import { addressesIn } from '../address.ts'
import type { ClusterState } from '../cluster-state.ts'
import { type Json, type JsonMap, listOf, textOf } from '../json.ts'
import { specOf } from '../object.ts'

/** The spec with a cluster address per IP family; those that the service has stay, a family that is new gets one. */
export function withAddresses(spec: JsonMap, live: JsonMap, state: ClusterState): JsonMap {
  const ipFamilyPolicy = textOf(spec.ipFamilyPolicy) || textOf(live.ipFamilyPolicy) || 'SingleStack'
  const [, ...others] = listOf(spec.clusterIPs)
  const given = textOf(spec.clusterIP) ? [spec.clusterIP ?? '', ...others] : listOf(live.clusterIPs)
  const ipFamilies = familiesOf(spec, given, ipFamilyPolicy)
  if (given[0] === 'None') return { ...spec, clusterIP: 'None', clusterIPs: ['None'], ipFamilies, ipFamilyPolicy }
  const clusterIPs = ipFamilies.map(family => {
    const v6 = family === 'IPv6'
    return given.find(address => textOf(address).includes(':') === v6) ?? freeAddress(v6, state)
  })
  return { ...spec, clusterIP: clusterIPs[0] ?? '', clusterIPs, ipFamilies, ipFamilyPolicy }
}

function familiesOf(spec: JsonMap, given: readonly Json[], policy: string): Json[] {
  const asked = listOf(spec.ipFamilies)
  const [first = given.some(address => textOf(address).includes(':')) ? 'IPv6' : 'IPv4'] = asked
  if (policy === 'SingleStack') return [first]
  return asked.length > 1 ? asked : [first, first === 'IPv4' ? 'IPv6' : 'IPv4']
}

function freeAddress(v6: boolean, state: ClusterState): string {
  const block = state.serviceBlocks.find(cidr => cidr.includes(':') === v6) ?? (v6 ? 'fd00:96::/112' : '10.96.0.0/16')
  const services = state.store.list({ group: '', plural: 'services' })
  const taken = new Set(services.flatMap(found => listOf(specOf(found).clusterIPs)))
  for (const address of addressesIn(block)) if (!taken.has(address)) return address
  return ''
}
