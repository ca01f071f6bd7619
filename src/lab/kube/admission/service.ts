import type { ClusterState } from '../cluster-state.ts'
import { type Json, type JsonMap, listOf, mapOf, pick, textOf } from '../json.ts'
import { specOf } from '../object.ts'
import type { Cause } from '../status.ts'
import type { Admission } from './admission.ts'
import { immutableFields } from './immutable.ts'
import { withAddresses } from './service-addresses.ts'

/** Defaults of a Service by its type; what belongs to another type goes when the type changes. */
export const service: Admission = {
  prepare: (object, live, state) => {
    const before = specOf(live ?? {})
    const type = textOf(specOf(object).type) || 'ClusterIP'
    const given =
      type === 'ClusterIP' && before.type && before.type !== type ? internalOnly(specOf(object)) : specOf(object)
    const wanted = { type, sessionAffinity: 'None', ...given }
    const spec: JsonMap = { ...wanted, ports: ports(wanted, listOf(before.ports).map(mapOf), state) }
    if (type === 'ExternalName') return { ...object, spec, status: { loadBalancer: {} } }
    const addressed = withAddresses({ internalTrafficPolicy: 'Cluster', ...spec }, before, state)
    const external = type === 'ClusterIP' ? addressed : { externalTrafficPolicy: 'Cluster', ...addressed }
    const balancer = type === 'LoadBalancer' ? { allocateLoadBalancerNodePorts: true, ...external } : external
    const status = type === 'LoadBalancer' ? mapOf(object.status) : {}
    return { ...object, spec: balancer, status: { loadBalancer: {}, ...status } }
  },
  check: (object, live) => [...immutableFields(['spec.clusterIP'], object, live), ...portCauses(object)],
}

function internalOnly(spec: JsonMap): JsonMap {
  const { externalTrafficPolicy: _, allocateLoadBalancerNodePorts: __, healthCheckNodePort: ___, ...rest } = spec
  const bare = listOf(spec.ports).map(entry => {
    const { nodePort: ____, ...port } = mapOf(entry)
    return port
  })
  return { ...rest, ports: bare }
}

/** Ports with their defaults; a node port that a port had stays with it. */
function ports(spec: JsonMap, before: readonly JsonMap[], state: ClusterState): Json[] {
  const { type } = spec
  const wantsNodePorts =
    type === 'NodePort' || (type === 'LoadBalancer' && spec.allocateLoadBalancerNodePorts !== false)
  const taken = new Set(servicePorts(state).map(port => port.nodePort))
  return listOf(spec.ports).map(entry => {
    const port = mapOf(entry)
    const filled: JsonMap = { protocol: 'TCP', targetPort: port.port ?? 0, ...port }
    if (!wantsNodePorts || filled.nodePort) return filled
    const had = before.find(old => old.port === filled.port && old.protocol === filled.protocol)?.nodePort
    let free = 30000
    while (taken.has(free)) free++
    taken.add(had ?? free)
    return { ...filled, nodePort: had ?? free }
  })
}

function servicePorts(state: ClusterState): JsonMap[] {
  const services = state.store.list({ group: '', plural: 'services' })
  return services.flatMap(found => listOf(specOf(found).ports).map(mapOf))
}

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
