import type { ClusterState } from './cluster-state.ts'
import { isMap, type Json, type JsonMap, mapOf, numberOf, pick, textOf } from './json.ts'
import { conditionOf, controllerOf, labelsOf, namespaceOf, specOf, uidOf } from './object.ts'
import { selectorMatcher } from './selector.ts'

export interface Disruption {
  readonly expectedPods: number
  readonly currentHealthy: number
  readonly desiredHealthy: number
  readonly disruptionsAllowed: number
}

/** What a PodDisruptionBudget allows now: healthy pods against minAvailable or maxUnavailable (numbers or percent, rounded up). */
export function disruptionOf(state: ClusterState, budget: JsonMap): Disruption {
  const pods = podsOf(state, budget)
  const { minAvailable, maxUnavailable } = specOf(budget)
  const currentHealthy = pods.filter(isHealthy).length
  const scaled = maxUnavailable !== undefined || typeof minAvailable === 'string'
  const expectedPods = scaled ? expectedScale(state, pods) : pods.length
  const desiredHealthy =
    maxUnavailable !== undefined
      ? Math.max(0, expectedPods - amount(maxUnavailable, expectedPods))
      : amount(minAvailable ?? 1, expectedPods)
  const disruptionsAllowed = expectedPods > 0 ? Math.max(0, currentHealthy - desiredHealthy) : 0
  return { expectedPods, currentHealthy, desiredHealthy, disruptionsAllowed }
}

export function budgetsOf(state: ClusterState, pod: JsonMap): JsonMap[] {
  return state.store
    .list({ group: 'policy', plural: 'poddisruptionbudgets' }, namespaceOf(pod))
    .filter(budget => selects(budget, pod))
}

export function isHealthy(pod: JsonMap): boolean {
  return conditionOf(pod, 'Ready') === 'True' && pick(pod, 'metadata', 'deletionTimestamp') === undefined
}

function podsOf(state: ClusterState, budget: JsonMap): JsonMap[] {
  return state.store.list({ group: '', plural: 'pods' }, namespaceOf(budget)).filter(pod => selects(budget, pod))
}

function selects(budget: JsonMap, pod: JsonMap): boolean {
  const { selector } = specOf(budget)
  return isMap(selector) && selectorMatcher(selector)(labelsOf(pod))
}

/** How many pods there should be: the replicas of their controllers, or the pods themselves where none has a scale. */
function expectedScale(state: ClusterState, pods: readonly JsonMap[]): number {
  const scales = new Map<string, number>()
  for (const pod of pods) {
    const owner = controllerOf(pod)
    const plural = { ReplicaSet: 'replicasets', StatefulSet: 'statefulsets' }[textOf(owner?.kind)]
    const live = plural && state.store.get({ group: 'apps', plural }, namespaceOf(pod), textOf(owner?.name))
    if (live) scales.set(uidOf(live), numberOf(mapOf(live.spec).replicas))
    else scales.set(uidOf(pod), 1)
  }
  return [...scales.values()].reduce((sum, count) => sum + count, 0)
}

function amount(value: Json, total: number): number {
  const percent = typeof value === 'string' ? /^(\d+)%$/.exec(value) : null
  return percent ? Math.ceil((Number(percent[1]) * total) / 100) : numberOf(value)
}
