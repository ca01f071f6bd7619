import { isV6 } from '../address.ts'
import type { ClusterState } from '../cluster-state.ts'
import { isHealthy } from '../disruption.ts'
import { type JsonMap, listOf, mapOf, textOf } from '../json.ts'
import { controlledBy, labelsOf, metadataOf, nameOf, namespaceOf, specOf, statusOf, uidOf } from '../object.ts'
import { selectorMatcher } from '../selector.ts'
import { listOfKind, systemPut } from '../system-write.ts'

/** One EndpointSlice per service with a selector and address family: its ready pods and their nodes. */
export function keepEndpointSlices(state: ClusterState): void {
  for (const service of listOfKind(state, '/services')) {
    const selector = mapOf(specOf(service).selector)
    if (Object.keys(selector).length === 0) continue
    const fits = selectorMatcher({ matchLabels: selector })
    const pods = listOfKind(state, '/pods', namespaceOf(service)).filter(pod => fits(labelsOf(pod)))
    for (const family of listOf(specOf(service).ipFamilies))
      systemPut(state, slice(state, service, pods, textOf(family)))
  }
}

function slice(state: ClusterState, service: JsonMap, pods: readonly JsonMap[], family: string): JsonMap {
  const name = `${nameOf(service)}-${family.toLowerCase()}`
  const namespace = namespaceOf(service)
  const live = state.store.get({ group: 'discovery.k8s.io', plural: 'endpointslices' }, namespace, name)
  return {
    apiVersion: 'discovery.k8s.io/v1',
    kind: 'EndpointSlice',
    metadata: {
      ...(live ? metadataOf(live) : {}),
      name,
      namespace,
      labels: {
        'kubernetes.io/service-name': nameOf(service),
        'endpointslice.kubernetes.io/managed-by': 'endpointslice-controller.k8s.io',
      },
      ownerReferences: [controlledBy(service)],
    },
    addressType: family,
    ports: listOf(specOf(service).ports).map(port => slicePort(mapOf(port))),
    endpoints: pods.flatMap(pod => endpoint(pod, family === 'IPv6')),
  }
}

function slicePort(port: JsonMap): JsonMap {
  const target = typeof port.targetPort === 'number' ? port.targetPort : (port.port ?? 0)
  return { name: port.name ?? '', port: target, protocol: port.protocol ?? 'TCP' }
}

function endpoint(pod: JsonMap, v6: boolean): JsonMap[] {
  const addresses = listOf(statusOf(pod).podIPs)
    .map(entry => textOf(mapOf(entry).ip))
    .filter(address => isV6(address) === v6)
  if (addresses.length === 0) return []
  const ready = isHealthy(pod)
  const targetRef = { kind: 'Pod', namespace: namespaceOf(pod), name: nameOf(pod), uid: uidOf(pod) }
  return [
    {
      addresses,
      conditions: { ready, serving: ready, terminating: false },
      nodeName: specOf(pod).nodeName ?? '',
      targetRef,
    },
  ]
}
