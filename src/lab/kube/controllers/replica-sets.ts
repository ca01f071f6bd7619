import type { ClusterState } from '../cluster-state.ts'
import { isHealthy } from '../disruption.ts'
import { numberOf, pick } from '../json.ts'
import { nameOf, specOf } from '../object.ts'
import { listOfKind, systemDelete, systemPut } from '../system-write.ts'
import { createPod, ownedPods, suffix } from './owned-pods.ts'

/** As many pods as spec.replicas; what was evicted comes back under another name. */
export function keepReplicaSets(state: ClusterState): void {
  for (const set of listOfKind(state, 'apps/replicasets')) {
    const wanted = numberOf(specOf(set).replicas, 1)
    const before = ownedPods(state, set)
    for (let missing = wanted - before.length; missing > 0; missing--) {
      createPod(state, set, { name: `${nameOf(set)}-${suffix()}` })
    }
    for (const surplus of before.slice(wanted)) systemDelete(state, surplus)
    const pods = ownedPods(state, set)
    const ready = pods.filter(isHealthy).length
    const observedGeneration = pick(set, 'metadata', 'generation') ?? 1
    const counts = {
      replicas: pods.length,
      fullyLabeledReplicas: pods.length,
      readyReplicas: ready,
      availableReplicas: ready,
    }
    systemPut(state, { ...set, status: { ...counts, observedGeneration } })
  }
}
