import type { KubeObject } from '../../model/kube.ts'
import type { Verdict } from '../../model/module.ts'
import { isMapping } from '../../model/value.ts'

export interface WantedCondition {
  readonly type: string
  readonly status?: string | undefined
  readonly reason?: string | undefined
}

/** Whether an object has become what it was declared to be: rolled out, established, ready. Kinds without such a notion are. */
export function isReady(object: KubeObject, condition?: WantedCondition): Verdict {
  if (condition) return hasCondition(object, condition)
  return READY[object.kind]?.(object) ?? { ok: true }
}

const READY: Readonly<Record<string, (object: KubeObject) => Verdict>> = {
  Deployment: object => rolledOut(object, { wanted: at(object, 'spec', 'replicas') ?? 1, ready: 'availableReplicas' }),
  StatefulSet: object => rolledOut(object, { wanted: at(object, 'spec', 'replicas') ?? 1, ready: 'readyReplicas' }),
  DaemonSet: daemonsRunOn,
  Pod: podReady,
  CustomResourceDefinition: object => hasCondition(object, { type: 'Established', status: 'True' }),
  Job: jobDone,
}

/** All replicas are of the new generation, ready, and no old one is left. */
function rolledOut(object: KubeObject, { wanted, ready }: { wanted: number; ready: string }): Verdict {
  if (!isObserved(object)) return waiting('the controller has not seen the change yet')
  const updated = at(object, 'status', 'updatedReplicas') ?? 0
  const all = at(object, 'status', 'replicas') ?? 0
  const available = at(object, 'status', ready) ?? 0
  const deadline = conditionsOf(object).find(each => each.reason === 'ProgressDeadlineExceeded')
  if (deadline) return { ok: false, state: 'broken', because: String(deadline.message ?? 'progress deadline exceeded') }
  if (updated < wanted) return waiting(`${updated} of ${wanted} replicas are updated`)
  if (all > updated) return waiting(`${all - updated} old replicas are still there`)
  return available < wanted ? waiting(`${available} of ${wanted} replicas are ready`) : { ok: true }
}

function daemonsRunOn(object: KubeObject): Verdict {
  if (!isObserved(object)) return waiting('the controller has not seen the change yet')
  const wanted = at(object, 'status', 'desiredNumberScheduled') ?? 0
  const updated = at(object, 'status', 'updatedNumberScheduled') ?? 0
  const ready = at(object, 'status', 'numberReady') ?? 0
  if (updated < wanted) return waiting(`${updated} of ${wanted} nodes run the new pod`)
  return ready < wanted ? waiting(`the pod is ready on ${ready} of ${wanted} nodes`) : { ok: true }
}

function podReady(object: KubeObject): Verdict {
  const phase = isMapping(object.status) ? object.status.phase : undefined
  if (phase === 'Succeeded') return { ok: true }
  if (phase === 'Failed') return { ok: false, state: 'broken', because: 'the pod failed' }
  return hasCondition(object, { type: 'Ready', status: 'True' })
}

function jobDone(object: KubeObject): Verdict {
  const failed = conditionsOf(object).find(each => each.type === 'Failed' && each.status === 'True')
  if (failed) return { ok: false, state: 'broken', because: String(failed.message ?? 'the job failed') }
  return hasCondition(object, { type: 'Complete', status: 'True' })
}

function hasCondition(object: KubeObject, { type, status = 'True', reason }: WantedCondition): Verdict {
  const found = conditionsOf(object).find(each => each.type === type)
  if (!found) return waiting(`it has no condition ${type} yet`)
  if (found.status === status && (reason === undefined || found.reason === reason)) return { ok: true }
  const words = [found.reason, found.message].filter(word => typeof word === 'string' && word !== '').join(': ')
  return waiting(`${type} is ${String(found.status)}${words ? ` (${words})` : ''}`)
}

function conditionsOf(object: KubeObject): readonly Record<string, unknown>[] {
  const conditions = isMapping(object.status) ? object.status.conditions : undefined
  return Array.isArray(conditions) ? conditions.filter(isMapping) : []
}

function isObserved(object: KubeObject): boolean {
  const generation = object.metadata.generation
  const observed = at(object, 'status', 'observedGeneration')
  return typeof generation !== 'number' || (observed !== undefined && observed >= generation)
}

function waiting(because: string): Verdict {
  return { ok: false, state: 'waiting', because }
}

function at(object: KubeObject, part: 'spec' | 'status', field: string): number | undefined {
  const inner = object[part]
  const value = isMapping(inner) ? inner[field] : undefined
  return typeof value === 'number' ? value : undefined
}
