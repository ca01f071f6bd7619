import type { KubeObject, KubeRef } from './kube.ts'
import { groupOf, isClusterWide } from './kube-kind.ts'

export function refOf(object: KubeObject): KubeRef {
  const { name, namespace } = object.metadata
  return { apiVersion: object.apiVersion, kind: object.kind, name, ...(namespace ? { namespace } : {}) }
}

/** An object's place in what a run knows of one cluster: the same with or without the default namespace. */
export function keyOf(ref: KubeRef, defaultNamespace: string): string {
  const namespace = isClusterWide(ref) || ref.namespace === defaultNamespace ? '' : (ref.namespace ?? '')
  return `${groupOf(ref.apiVersion)}|${ref.kind}|${namespace}|${ref.name}`
}

/** How a reader is told of an object: 'BGPPeer/rack-1-leaf-a', 'Secret/calico-system/bgp'. */
export function titleOf(ref: KubeRef): string {
  return [ref.kind, ref.namespace, ref.name].filter(part => part !== undefined && part !== '').join('/')
}
