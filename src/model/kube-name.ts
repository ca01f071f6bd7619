import type { KubeObject, KubeRef } from './kube.ts'
import { groupOf, isClusterWide } from './kube-kind.ts'
import type { ResourceId } from './managed.ts'

export function refOf(object: KubeObject): KubeRef {
  const { name, namespace } = object.metadata
  return { apiVersion: object.apiVersion, kind: object.kind, name, ...(namespace ? { namespace } : {}) }
}

/** An object's place in what a run knows of one cluster: the same with or without the default namespace. */
export function keyOf(ref: KubeRef, defaultNamespace: string): string {
  const namespace = isClusterWide(ref) || ref.namespace === defaultNamespace ? '' : (ref.namespace ?? '')
  return `${groupOf(ref.apiVersion)}|${ref.kind}|${namespace}|${ref.name}`
}

/**
 * What an object is called among all that is managed on a cluster; its namespace is written out, and the group tells a Calico
 * NetworkPolicy from that of Kubernetes: 'kube:crd.projectcalico.org/BGPPeer//rack-1', 'kube:/ConfigMap/default/settings'.
 */
export function kubeId({ apiVersion, kind, name, namespace = '' }: KubeRef): ResourceId {
  return `kube:${groupOf(apiVersion)}/${kind}/${namespace}/${name}`
}

/** How a reader is told of an object: 'BGPPeer/rack-1-leaf-a', 'Secret/calico-system/bgp'. */
export function titleOf(ref: KubeRef): string {
  return [ref.kind, ref.namespace, ref.name].filter(part => part !== undefined && part !== '').join('/')
}
