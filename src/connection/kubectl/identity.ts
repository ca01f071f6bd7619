import type { KubeObject, KubeRef } from '../../model/kube.ts'

/** The group of an apiVersion; '' for the core group. */
export function groupOf(apiVersion: string): string {
  return apiVersion.includes('/') ? apiVersion.slice(0, apiVersion.indexOf('/')) : ''
}

export function refOf(object: KubeObject): KubeRef {
  const { name, namespace } = object.metadata
  return { apiVersion: object.apiVersion, kind: object.kind, name, ...(namespace ? { namespace } : {}) }
}

/** An object's identity as text, the same for every version of its group and with or without the default namespace. */
export function keyOf(ref: KubeRef, defaultNamespace: string): string {
  const namespace = ref.namespace === defaultNamespace ? '' : (ref.namespace ?? '')
  return `${groupOf(ref.apiVersion)}|${ref.kind}|${namespace}|${ref.name}`
}

/** How a reader is told of an object: 'BGPPeer/rack-1-leaf-a', 'Secret/calico-system/bgp'. */
export function titleOf(ref: KubeRef): string {
  return [ref.kind, ref.namespace, ref.name].filter(part => part !== undefined && part !== '').join('/')
}

/** What kubectl prints for it: 'configmap/a', 'bgppeer.crd.projectcalico.org/rack-1-leaf-a'. */
export function printedAs(ref: KubeRef): string {
  const group = groupOf(ref.apiVersion)
  return `${ref.kind.toLowerCase()}${group === '' ? '' : `.${group}`}/${ref.name}`
}

/** Many objects as one document for `-f -`. */
export function listOf(objects: readonly unknown[]): string {
  return JSON.stringify({ apiVersion: 'v1', kind: 'List', items: objects })
}

/** What `-o json` printed: one object, a List, or nothing. Null when it cannot be read. */
export function objectsIn(stdout: string): readonly KubeObject[] | null {
  if (stdout.trim() === '') return []
  try {
    const answer = JSON.parse(stdout) as KubeObject & { items?: unknown }
    if (Array.isArray(answer.items) && answer.kind?.endsWith('List')) return answer.items as KubeObject[]
    return typeof answer.kind === 'string' && answer.metadata ? [answer] : null
  } catch {
    return null
  }
}
