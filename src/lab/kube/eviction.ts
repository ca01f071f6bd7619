import { type Answer, json } from './answer.ts'
import type { ClusterState } from './cluster-state.ts'
import { deleteObject } from './delete.ts'
import { budgetsOf, disruptionOf, isHealthy } from './disruption.ts'
import { type JsonMap, pick, textOf } from './json.ts'
import { nameOf, specOf, statusOf } from './object.ts'
import { refusal, statusBody } from './status.ts'
import type { Target } from './target.ts'
import { liveObject } from './write.ts'

/**
 * POST …/pods/NAME/eviction: deletes the pod if its PodDisruptionBudget allows.
 * @throws 429 where it does not, 500 where two budgets select the pod, as the API server words both
 */
export function evict(state: ClusterState, target: Target, body: JsonMap, dryRun: boolean): Answer {
  const pod = liveObject(state, target)
  const budgets = isWaiting(pod) ? [] : budgetsOf(state, pod)
  const [budget] = budgets
  if (budgets.length > 1) {
    const message = 'This pod has more than one PodDisruptionBudget, which the eviction subresource does not support.'
    throw refusal({ code: 500, message })
  }
  if (budget) requireRoom(state, budget, pod)
  const uid = textOf(pick(body, 'deleteOptions', 'preconditions', 'uid'))
  deleteObject(state, target, { dryRun, uid })
  return json({ ...statusBody({ code: 201, message: '' }), status: 'Success' }, 201)
}

/** A pod that serves nobody may always go. */
function isWaiting(pod: JsonMap): boolean {
  const phase = textOf(statusOf(pod).phase)
  return ['Pending', 'Succeeded', 'Failed'].includes(phase) || pick(pod, 'metadata', 'deletionTimestamp') !== undefined
}

function requireRoom(state: ClusterState, budget: JsonMap, pod: JsonMap): void {
  const { currentHealthy, desiredHealthy, disruptionsAllowed } = disruptionOf(state, budget)
  if (!isHealthy(pod)) {
    const always = specOf(budget).unhealthyPodEvictionPolicy === 'AlwaysAllow'
    if (always || (currentHealthy >= desiredHealthy && desiredHealthy > 0)) return
  }
  if (disruptionsAllowed > 0) return
  const message = `The disruption budget ${nameOf(budget)} needs ${desiredHealthy} healthy pods and has ${currentHealthy} currently`
  throw refusal({
    code: 429,
    reason: 'TooManyRequests',
    message: "Cannot evict pod as it would violate the pod's disruption budget.",
    causes: [{ reason: 'DisruptionBudget', message }],
  })
}
