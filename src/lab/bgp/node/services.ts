import type { KubeObject } from '../../../model/kube.ts'
import { isAddress } from '../address.ts'
import { at, listAt, ofKind, textAt } from './cluster.ts'
import { selects } from './label-selector.ts'

/** A Service with the addresses that BGP may announce and the nodes that run it. */
export interface ClusterService {
  readonly name: string
  readonly labels: Readonly<Record<string, string>>
  readonly namespace: string
  readonly clusterIPs: readonly string[]
  readonly externalIPs: readonly string[]
  readonly loadBalancerIPs: readonly string[]
  /** externalTrafficPolicy: Local. */
  readonly local: boolean
  /** internalTrafficPolicy: Local, which counts for the cluster address. */
  readonly internalLocal: boolean
  /** Nodes with a ready endpoint. */
  readonly nodes: ReadonlySet<string>
}

/** The Services of a cluster. Endpoints come from EndpointSlices, or from ready pods where there are no slices. */
export function readServices(objects: readonly KubeObject[]): ClusterService[] {
  const slices = ofKind(objects, 'discovery.k8s.io', 'EndpointSlice')
  const pods = ofKind(objects, '', 'Pod')
  return ofKind(objects, '', 'Service').map(object => {
    const namespace = object.metadata.namespace ?? 'default'
    const ingress = listAt(object, 'status', 'loadBalancer', 'ingress').map(each => textAt(each, 'ip') ?? '')
    const clusterIPs = listAt(object, 'spec', 'clusterIPs').map(String)
    return {
      name: object.metadata.name,
      labels: object.metadata.labels ?? {},
      namespace,
      clusterIPs: addresses(clusterIPs.length > 0 ? clusterIPs : [textAt(object, 'spec', 'clusterIP') ?? '']),
      externalIPs: addresses(listAt(object, 'spec', 'externalIPs').map(String)),
      loadBalancerIPs: addresses([...ingress, textAt(object, 'spec', 'loadBalancerIP') ?? '']),
      local: textAt(object, 'spec', 'externalTrafficPolicy') === 'Local',
      internalLocal: textAt(object, 'spec', 'internalTrafficPolicy') === 'Local',
      nodes: nodesOf(object, { slices, pods, namespace }),
    }
  })
}

function nodesOf(
  service: KubeObject,
  from: { slices: readonly KubeObject[]; pods: readonly KubeObject[]; namespace: string },
): ReadonlySet<string> {
  const own = from.slices.filter(
    slice =>
      slice.metadata.namespace === from.namespace &&
      slice.metadata.labels?.['kubernetes.io/service-name'] === service.metadata.name,
  )
  const endpoints = own.flatMap(slice => listAt(slice, 'endpoints'))
  if (own.length > 0) {
    const ready = endpoints.filter(endpoint => at(endpoint, 'conditions', 'ready') !== false)
    return new Set(ready.flatMap(endpoint => textAt(endpoint, 'nodeName') ?? []))
  }
  const selector = at(service, 'spec', 'selector')
  if (selector === undefined || selector === null) return new Set()
  const chosen = from.pods.filter(
    pod => pod.metadata.namespace === from.namespace && selects({ matchLabels: selector }, pod.metadata.labels ?? {}),
  )
  return new Set(chosen.filter(isReady).flatMap(pod => textAt(pod, 'spec', 'nodeName') ?? []))
}

function isReady(pod: KubeObject): boolean {
  if (pod.metadata.deletionTimestamp !== undefined) return false
  const condition = listAt(pod, 'status', 'conditions').find(each => textAt(each, 'type') === 'Ready')
  return textAt(condition, 'status') === 'True'
}

function addresses(candidates: readonly string[]): string[] {
  return [...new Set(candidates.filter(isAddress))]
}
