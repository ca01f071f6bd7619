import { addressesIn } from '../address.ts'
import type { ClusterState } from '../cluster-state.ts'
import { type Json, type JsonMap, listOf, mapOf, pick, textOf } from '../json.ts'
import { specOf } from '../object.ts'
import type { Cause } from '../status.ts'
import type { Admission } from './admission.ts'
import { immutableFields } from './immutable.ts'

/** Defaults of a Service and its cluster addresses, one per family asked for. */
export const service: Admission = {
  prepare: (object, live, state) => {
    const given = specOf(object)
    const type = textOf(given.type) || 'ClusterIP'
    const spec: JsonMap = { type, sessionAffinity: 'None', ...given, ports: ports(given, type, state) }
    if (type === 'ExternalName') return { ...object, spec, status: { loadBalancer: {} } }
    const addressed = withAddresses({ internalTrafficPolicy: 'Cluster', ...spec }, specOf(live ?? {}), state)
    const external = type === 'ClusterIP' ? addressed : { externalTrafficPolicy: 'Cluster', ...addressed }
    const balancer = type === 'LoadBalancer' ? { allocateLoadBalancerNodePorts: true, ...external } : external
    return { ...object, spec: balancer, status: { loadBalancer: {}, ...mapOf(object.status) } }
  },
  check: (object, live) => [...immutableFields(['spec.clusterIP'], object, live), ...portCauses(object)],
}

function ports(spec: JsonMap, type: string, state: ClusterState): Json[] {
  return listOf(spec.ports)
    .map(mapOf)
    .map(port => {
      const filled: JsonMap = { protocol: 'TCP', targetPort: port.port ?? 0, ...port }
      const needsNodePort =
        type === 'NodePort' || (type === 'LoadBalancer' && spec.allocateLoadBalancerNodePorts !== false)
      if (needsNodePort && !filled.nodePort) filled.nodePort = freeNodePort(state)
      return filled
    })
}

function freeNodePort(state: ClusterState): number {
  const taken = new Set(services(state).flatMap(spec => listOf(spec.ports).map(port => mapOf(port).nodePort)))
  let port = 30000
  while (taken.has(port)) port++
  return port
}

function withAddresses(spec: JsonMap, live: JsonMap, state: ClusterState): JsonMap {
  const known = {
    clusterIP: live.clusterIP,
    clusterIPs: live.clusterIPs,
    ipFamilies: live.ipFamilies,
    ipFamilyPolicy: live.ipFamilyPolicy,
  }
  const kept = Object.fromEntries(Object.entries(known).filter(([, value]) => value !== undefined)) as JsonMap
  if (kept.clusterIP !== undefined) return { ...kept, ...spec }
  const policy = textOf(spec.ipFamilyPolicy) || 'SingleStack'
  const families = familiesOf(spec, policy)
  const given = textOf(spec.clusterIP)
  const clusterIPs: Json[] = given ? [given] : families.map(family => freeAddress(family === 'IPv6', state))
  return { ...spec, clusterIP: clusterIPs[0] ?? '', clusterIPs, ipFamilies: families, ipFamilyPolicy: policy }
}

function familiesOf(spec: JsonMap, policy: string): Json[] {
  const asked = listOf(spec.ipFamilies)
  if (asked.length > 0) return asked
  if (textOf(spec.clusterIP).includes(':')) return ['IPv6']
  return policy === 'SingleStack' ? ['IPv4'] : ['IPv4', 'IPv6']
}

function freeAddress(v6: boolean, state: ClusterState): string {
  const block = state.serviceBlocks.find(cidr => cidr.includes(':') === v6) ?? (v6 ? 'fd00:96::/112' : '10.96.0.0/16')
  const taken = new Set(services(state).flatMap(spec => listOf(spec.clusterIPs)))
  for (const address of addressesIn(block)) if (!taken.has(address)) return address
  return ''
}

const services = (state: ClusterState): JsonMap[] =>
  state.store.list({ group: '', plural: 'services' }).map(found => specOf(found))

function portCauses(object: JsonMap): Cause[] {
  const spec = specOf(object)
  if (spec.clusterIP === 'None' || spec.type === 'ExternalName' || listOf(spec.ports).length > 0) {
    return listOf(spec.ports).flatMap((port, index) => portCause(Number(pick(port, 'port')), index))
  }
  return [{ reason: 'FieldValueRequired', message: 'Required value', field: 'spec.ports' }]
}

function portCause(port: number, index: number): Cause[] {
  if (Number.isInteger(port) && port > 0 && port < 65536) return []
  const message = `Invalid value: ${port}: must be between 1 and 65535, inclusive`
  return [{ reason: 'FieldValueInvalid', message, field: `spec.ports[${index}].port` }]
}
