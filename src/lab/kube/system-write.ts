import type { ClusterState } from './cluster-state.ts'
import { commit } from './commit.ts'
import { deleteObject, kindOfObject } from './delete.ts'
import type { JsonMap } from './json.ts'
import type { Kind } from './kind.ts'
import { nameOf, namespaceOf } from './object.ts'

/** A write of the cluster itself (controller, kubelet, CNI): creates or replaces, status included. An equal object is not written. */
export function systemPut(state: ClusterState, object: JsonMap, manager = 'kube-controller-manager'): JsonMap {
  const kind = knownKind(state, object)
  const live = state.store.get(kind, namespaceOf(object), nameOf(object))
  return commit(state, { kind, live, next: object, options: { manager, system: true } })
}

export function systemDelete(state: ClusterState, object: JsonMap): void {
  const target = { kind: knownKind(state, object), namespace: namespaceOf(object), name: nameOf(object) }
  if (state.store.get(target.kind, target.namespace, target.name)) deleteObject(state, target)
}

/** Objects of a built-in kind, by storage key ('apps/daemonsets', '/pods'). */
export function listOfKind(state: ClusterState, key: string, namespace?: string): JsonMap[] {
  const [group = '', plural = ''] = key.split('/')
  return state.store.list({ group, plural }, namespace)
}

function knownKind(state: ClusterState, object: JsonMap): Kind {
  const kind = kindOfObject(state, object)
  if (!kind) throw new Error(`the lab cluster has no kind ${object.kind} in ${object.apiVersion}`)
  return kind
}
