import type { ClusterState } from '../cluster-state.ts'
import { isHealthy } from '../disruption.ts'
import { numberOf, pick } from '../json.ts'
import { labelsOf, nameOf, specOf } from '../object.ts'
import { listOfKind, systemDelete, systemPut } from '../system-write.ts'
import { createPod, ownedPods, templateHash } from './owned-pods.ts'

/** Pods NAME-0 … NAME-n; the one of a missing number comes back under the same name. */
export function keepStatefulSets(state: ClusterState): void {
  for (const set of listOfKind(state, 'apps/statefulsets')) {
    const replicas = numberOf(specOf(set).replicas, 1)
    const revision = `${nameOf(set)}-${templateHash(set)}`
    const wanted = Array.from({ length: replicas }, (_, index) => `${nameOf(set)}-${index}`)
    for (const pod of ownedPods(state, set)) {
      const stale = labelsOf(pod)['controller-revision-hash'] !== revision
      if (stale || !wanted.includes(nameOf(pod))) systemDelete(state, pod)
    }
    const present = new Set(ownedPods(state, set).map(nameOf))
    for (const name of wanted.filter(each => !present.has(each))) {
      const labels = { 'controller-revision-hash': revision, 'statefulset.kubernetes.io/pod-name': name }
      createPod(state, set, { name, labels })
    }
    const pods = ownedPods(state, set)
    const ready = pods.filter(isHealthy).length
    const counts = {
      replicas: pods.length,
      readyReplicas: ready,
      availableReplicas: ready,
      currentReplicas: pods.length,
      updatedReplicas: pods.length,
    }
    const revisions = { currentRevision: revision, updateRevision: revision }
    systemPut(state, {
      ...set,
      status: { ...counts, ...revisions, observedGeneration: pick(set, 'metadata', 'generation') ?? 1 },
    })
  }
}
