import type { ClusterState } from '../cluster-state.ts'
import { kindsOf } from '../crd.ts'
import { pick, textOf } from '../json.ts'

/** Opens the API of a CustomResourceDefinition as soon as it is stored, and closes it when it goes. */
export function followDefinitions(state: ClusterState): () => void {
  return state.store.subscribe(({ storage, type, object }) => {
    if (storage !== 'apiextensions.k8s.io/customresourcedefinitions') return
    const [group, plural] = [textOf(pick(object, 'spec', 'group')), textOf(pick(object, 'spec', 'names', 'plural'))]
    state.registry.set(group, plural, type === 'DELETED' ? [] : kindsOf(object))
  })
}
