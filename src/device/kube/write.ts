import type { Target } from '../../connection/kubectl/kubeconfig.ts'
import type { Kubectl } from '../../connection/kubectl/kubectl.ts'
import { getLive } from '../../connection/kubectl/live.ts'
import type { Work } from '../../model/device.ts'
import { type Failure, toFailure } from '../../model/failure.ts'
import type { Outcome } from '../../model/intent.ts'
import type { KubeObject } from '../../model/kube.ts'
import { keyOf, kubeId, refOf } from '../../model/kube-name.ts'
import type { ResourceId } from '../../model/managed.ts'
import type { Progress } from '../../model/progress.ts'
import { awaitEstablished } from './established.ts'
import type { Memory } from './memory.ts'
import { phaseOf, type Segment, segmentsOf } from './segments.ts'
import { send } from './send.ts'
import { undo } from './undo.ts'

export interface WriteOptions {
  readonly kubectl: Kubectl
  readonly target: Target
  readonly memory: Memory
  readonly signal: AbortSignal
  /** Filled with what is deleted, as it was before, with who owned what; undo needs it. */
  readonly previous: Map<ResourceId, KubeObject>
  readonly progress: Progress
}

/**
 * Sends several tasks' commands, many in one kubectl. That one goes on after a refusal, so what later tasks already sent in the same
 * process is put back together with the failed task's own.
 */
export async function write(work: readonly Work<'kube'>[], options: WriteOptions): Promise<Outcome[]> {
  const { target, memory } = options
  const touched = new Set<string>()
  const begun = new Set<number>()
  const keyOfStep = (step: Segment['steps'][number]) => keyOf(refOf(step.command.object), target.namespace)
  try {
    for (const segment of segmentsOf(work)) {
      for (const step of segment.steps) {
        touched.add(keyOfStep(step))
        begun.add(step.task)
      }
      const failed = await sendSegment(segment, options)
      if (failed) {
        for (const key of touched) memory.declared.delete(key)
        return await takeBack(work, failed, begun, options)
      }
    }
    return work.map(() => ({ state: 'applied' }))
  } finally {
    memory.forget(touched)
  }
}

interface Failed {
  readonly task: number
  readonly failure: Failure
}

async function sendSegment(segment: Segment, options: WriteOptions): Promise<Failed | null> {
  const { kubectl, target, memory, signal, progress } = options
  const count = segment.steps.length
  if (segment.verb === 'delete') await remember(segment, options)
  progress('writing', `${segment.verb} ${count === 1 ? '1 object' : `${count} objects`}`)
  const { refused, whole } = await send(kubectl, target, segment)
  if (whole) return { task: segment.steps[0]?.task ?? 0, failure: whole }
  for (const { task, command } of segment.steps) {
    const failure = refused.get(command.object)
    if (failure) return { task, failure }
  }
  const kinds = segment.steps.filter(step => segment.verb === 'apply' && phaseOf(step.command.object) === 0)
  if (kinds.length === 0) return null
  progress('waiting', 'for new kinds to be served')
  try {
    const read = async (refs: Parameters<Memory['fresh']>[0]) =>
      (await memory.fresh(refs)).map(each => (each.status === 'fulfilled' ? each.value : null))
    await awaitEstablished(
      kinds.map(step => refOf(step.command.object)),
      read,
      signal,
    )
    return null
  } catch (error) {
    return { task: kinds.at(-1)?.task ?? 0, failure: toFailure(error) }
  }
}

/** Without it a deletion could still be undone, but in weft's own name. */
async function remember({ steps }: Segment, { kubectl, target, previous }: WriteOptions): Promise<void> {
  const refs = steps.map(step => refOf(step.command.object))
  const answers = await getLive(kubectl, target, refs, { managers: true }).catch(() => [])
  for (const answer of answers)
    if (answer.status === 'fulfilled' && answer.value) previous.set(kubeId(refOf(answer.value)), answer.value)
}

async function takeBack(
  work: readonly Work<'kube'>[],
  { task, failure }: Failed,
  begun: ReadonlySet<number>,
  options: WriteOptions,
): Promise<Outcome[]> {
  const { kubectl, target, previous, progress } = options
  progress('undoing', `what ${work[task]?.title ?? 'the task'} changed`)
  const changes = work.flatMap(({ differences }, index) => (index >= task && begun.has(index) ? differences : []))
  const aftermath = await undo({ kubectl, target, changes, previous })
  return work.map((_, index): Outcome => {
    if (index === task) return { state: 'failed', failure: { ...failure, aftermath } }
    return { state: index < task ? 'applied' : 'unsent' }
  })
}
