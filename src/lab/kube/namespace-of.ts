import type { ClusterState } from './cluster-state.ts'
import type { JsonMap } from './json.ts'
import { namespaceOf } from './object.ts'
import { refusal } from './status.ts'
import type { Target } from './target.ts'

/** The namespace of a write: the URL's, else the body's; none for cluster-wide kinds. */
export function deepestNamespace({ kind, namespace }: Target, body: JsonMap): string {
  return kind.namespaced ? namespace || namespaceOf(body) : ''
}

export function requireNamespace(state: ClusterState, namespace: string): void {
  if (state.store.get({ group: '', plural: 'namespaces' }, '', namespace)) return
  const body = { code: 404, reason: 'NotFound', message: `namespaces "${namespace}" not found`, name: namespace }
  throw refusal(body)
}
