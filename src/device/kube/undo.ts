import type { Target } from '../../connection/kubectl/kubeconfig.ts'
import type { Kubectl } from '../../connection/kubectl/kubectl.ts'
import { getLive } from '../../connection/kubectl/live.ts'
import { renderKube, titleOfChange } from '../../diff/kube/change.ts'
import { kubeGround, type LiveObjects } from '../../diff/kube/ground.ts'
import { appliedByWeft, mainOwner } from '../../diff/kube/managers.ts'
import type { Work } from '../../model/device.ts'
import { toFailure } from '../../model/failure.ts'
import type { KubeObject, KubeState } from '../../model/kube.ts'
import { refOf, titleOf } from '../../model/kube-name.ts'
import type { Managed, ResourceId } from '../../model/managed.ts'
import { type Conflict, wayBack } from '../../model/way-back.ts'
import { segmentsOf } from './segments.ts'
import { send } from './send.ts'

type Change = Managed<KubeState>

export interface UndoOptions {
  readonly kubectl: Kubectl
  readonly target: Target
  /** As they were made, the first first; also such as were never sent. */
  readonly changes: readonly Managed[]
  /** Objects as they were before they were deleted, with who owned what. */
  readonly previous: LiveObjects
}

/**
 * Takes changes back against what is there now (src/model/way-back.ts): what nobody has touched since comes back as it was; where somebody
 * has, only the run's own fields do, and what cannot be told apart stays and is named. Returns the sentence that tells what became of it;
 * never throws.
 */
export async function undo({ kubectl, target, changes, previous }: UndoOptions): Promise<string> {
  try {
    const made = (changes as readonly Change[]).map(change => withOwners(change, previous))
    const { back, conflicts } = wayBack(made, await liveOf(kubectl, target, made), kubeGround)
    const lost = await sendBack(back, kubectl, target)
    const left = [...lost, ...conflicts.map(conflictText)]
    if (left.length > 0) return `NOT undone, so left as the failed task had it or unknown: ${left.join('; ')}.`
    return doneText(back, changes as readonly Change[])
  } catch (error) {
    const { message } = toFailure(error)
    const all = (changes as readonly Change[]).map(titleOfChange).join(', ')
    return `NOT undone, what is there now could not be read (${message}): ${all}.`
  }
}

/** What was deleted comes back in any case, though not all that went with it. */
function withOwners({ oneWay: _, ...change }: Change, previous: LiveObjects): Change {
  const object = change.after === null ? previous.get(change.id) : undefined
  if (!object || !change.before) return change
  const [owner, own] = [mainOwner(object), appliedByWeft(object)]
  return {
    ...change,
    before: { ...change.before, ...(owner === undefined ? {} : { owner }), ...(own ? { own } : {}) },
  }
}

async function liveOf(kubectl: Kubectl, target: Target, changes: readonly Change[]): Promise<LiveObjects> {
  const asked = new Map<ResourceId, KubeObject>()
  for (const { id, before, after } of changes) {
    const object = (before ?? after)?.object
    if (object) asked.set(id, object)
  }
  const refs = [...asked.values()].map(refOf)
  const answers = refs.length === 0 ? [] : await getLive(kubectl, target, refs, { managers: true })
  return new Map(
    [...asked.keys()].flatMap((id, at) => {
      const answer = answers[at]
      if (answer?.status === 'rejected') throw answer.reason
      return answer?.value ? [[id, answer.value] as const] : []
    }),
  )
}

/** What could not be sent back, and why. */
async function sendBack(back: readonly Change[], kubectl: Kubectl, target: Target): Promise<string[]> {
  const lost: string[] = []
  for (const segment of segmentsOf(inTurns(back))) {
    const { refused, whole } = await send(kubectl, target, segment)
    const failed = whole ? segment.steps.map(step => step.command.object) : [...refused.keys()]
    const why = whole ?? [...refused.values()][0]
    lost.push(...failed.map(object => `${titleOf(refOf(object))} (${why?.device?.said ?? why?.message})`))
  }
  return lost
}

/** Steps of one object keep their order; the others go as their kinds need it, namespaces before what is in them. */
function inTurns(back: readonly Change[]): Work<'kube'>[] {
  const turns: Change[][] = []
  for (const step of back) {
    const last = turns.at(-1)
    if (last && !last.some(({ id }) => id === step.id)) last.push(step)
    else turns.push([step])
  }
  return turns.map((steps, at) => ({
    id: `undo ${at}`,
    title: 'undo',
    differences: steps,
    commands: renderKube(steps),
  }))
}

function conflictText({ id, live, wanted, then, parts }: Conflict<KubeState>): string {
  const title = titleOfChange({ id, before: then, after: wanted ?? live })
  if (parts) return `${title} (somebody else has changed ${parts.join(', ')} since, which stays)`
  return `${title} (somebody else has changed it since, so it stays)`
}

function doneText(back: readonly Change[], changes: readonly Change[]): string {
  if (back.length === 0) return 'Nothing was changed on the cluster.'
  const all = [...new Set(back.map(titleOfChange))]
  const done = `Undone: ${all.join(', ')} ${all.length === 1 ? 'is' : 'are'} as before.`
  const lost = changes.filter(({ id, oneWay }) => oneWay !== undefined && back.some(step => step.id === id))
  const texts = lost.map(change => `${titleOfChange(change)}: ${change.oneWay}`)
  return texts.length === 0 ? done : `${done} Except: ${texts.join('; ')}.`
}
