import type { ClusterState } from '../cluster-state.ts'
import { disruptionOf } from '../disruption.ts'
import { listOf, mapOf, pick } from '../json.ts'
import { statusOf, timestamp } from '../object.ts'
import { listOfKind, systemPut } from '../system-write.ts'

/** What each PodDisruptionBudget's status shows. */
export function keepBudgets(state: ClusterState): void {
  for (const budget of listOfKind(state, 'policy/poddisruptionbudgets')) {
    const numbers = disruptionOf(state, budget)
    const status = numbers.disruptionsAllowed > 0 ? 'True' : 'False'
    const before = listOf(statusOf(budget).conditions).map(mapOf)[0]
    const since = before?.status === status ? before.lastTransitionTime : undefined
    const observedGeneration = pick(budget, 'metadata', 'generation') ?? 1
    const reason = status === 'True' ? 'SufficientPods' : 'InsufficientPods'
    const condition = {
      type: 'DisruptionAllowed',
      status,
      reason,
      message: '',
      observedGeneration,
      lastTransitionTime: since ?? timestamp(),
    }
    systemPut(state, { ...budget, status: { ...numbers, observedGeneration, conditions: [condition] } })
  }
}
