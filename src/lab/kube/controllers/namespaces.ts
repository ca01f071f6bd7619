import type { ClusterState } from '../cluster-state.ts'
import { nameOf } from '../object.ts'
import { listOfKind, systemPut } from '../system-write.ts'

/** Every namespace has its default service account. */
export function keepNamespaces(state: ClusterState): void {
  for (const namespace of listOfKind(state, '/namespaces')) {
    const metadata = { name: 'default', namespace: nameOf(namespace) }
    if (state.store.get({ group: '', plural: 'serviceaccounts' }, metadata.namespace, 'default')) continue
    systemPut(state, { apiVersion: 'v1', kind: 'ServiceAccount', metadata })
  }
}
