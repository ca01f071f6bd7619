import { type Complaint, complaintFailure } from '../../connection/kubectl/complaint.ts'
import { conflictOf } from '../../connection/kubectl/conflict.ts'
import { type DryAnswer, dryRun } from '../../connection/kubectl/dry-run.ts'
import type { Target } from '../../connection/kubectl/kubeconfig.ts'
import type { Kubectl } from '../../connection/kubectl/kubectl.ts'
import { NO_KIND } from '../../connection/kubectl/live.ts'
import { FailureError } from '../../model/failure.ts'
import type { KubeObject, KubePreview } from '../../model/kube.ts'
import { refOf, titleOf } from '../../model/kube-name.ts'
import { holds, serves } from './staged.ts'

export interface Question {
  readonly object: KubeObject
  readonly force: boolean
}

/** A preview, or that the namespace or the kind of the object is not there (yet). */
export type Outlook = KubePreview | { readonly nowhere: string; readonly complaint: Complaint }

type Settled<T> = PromiseSettledResult<T>
type ReadLive = (objects: readonly KubeObject[]) => Promise<readonly Settled<KubeObject | null>[]>

/**
 * Previews of many objects: one `get` beside one dry-run. Where the objects themselves bring a namespace or a kind, the `get` goes
 * first, so that what needs an absent one is not sent at all.
 * @throws FailureError when no object got an answer.
 */
export async function previewAll(options: {
  readonly kubectl: Kubectl
  readonly target: Target
  readonly questions: readonly Question[]
  readonly readLive: ReadLive
}): Promise<readonly Settled<Outlook>[]> {
  const { kubectl, target, questions, readLive } = options
  const objects = questions.map(question => question.object)
  const makers = objects.filter(object => object.kind === 'Namespace' || object.kind === 'CustomResourceDefinition')
  const reading = readLive(objects)
  reading.catch(() => {})
  const absent = makers.length === 0 ? [] : absentOf(makers, objects, await reading)
  const early = (object: KubeObject) => absent.find(maker => holds(maker, object) || serves(maker, object))
  const sent = questions.filter(question => !early(question.object))
  const [live, ...dry] = await Promise.all([
    reading,
    ...[false, true].map(force => answers(kubectl, target, sent, force)),
  ])
  const dryAnswers = new Map(dry.flatMap(map => [...map]))
  return questions.map((question, index) => {
    const maker = early(question.object)
    if (maker) return { status: 'fulfilled', value: { nowhere: titleOf(refOf(maker)), complaint: '' } }
    return outlook(question, live[index] as Settled<KubeObject | null>, dryAnswers.get(question) as DryAnswer, target)
  })
}

function absentOf(
  makers: readonly KubeObject[],
  objects: readonly KubeObject[],
  live: readonly Settled<KubeObject | null>[],
): readonly KubeObject[] {
  return makers.filter(maker => {
    const found = live[objects.indexOf(maker)]
    return found?.status === 'fulfilled' && found.value === null
  })
}

async function answers(kubectl: Kubectl, target: Target, questions: readonly Question[], force: boolean) {
  const mine = questions.filter(question => question.force === force)
  const objects = mine.map(question => question.object)
  const given = await dryRun(kubectl, target, objects, force)
  return new Map(mine.map((question, index) => [question, given[index] as DryAnswer]))
}

function outlook(
  question: Question,
  live: Settled<KubeObject | null>,
  dry: DryAnswer,
  target: Target,
): Settled<Outlook> {
  if (live.status === 'rejected') return live
  if ('merged' in dry) return { status: 'fulfilled', value: { live: live.value, merged: dry.merged } }
  const conflict = conflictOf(dry.complaint)
  if (conflict) return { status: 'fulfilled', value: { live: live.value, merged: live.value, conflict } }
  const nowhere = absentPlace(dry.complaint, question.object)
  if (nowhere) return { status: 'fulfilled', value: { nowhere, complaint: dry.complaint } }
  return {
    status: 'rejected',
    reason: complaintFailure(dry.complaint, target.context, titleOf(refOf(question.object))),
  }
}

function absentPlace(complaint: Complaint, object: KubeObject): string | null {
  if (NO_KIND.test(complaint)) return `kind ${object.kind} of ${object.apiVersion}`
  const namespace = /namespaces "([^"]+)" not found/.exec(complaint)?.[1]
  return namespace && object.kind !== 'Namespace' ? `namespace ${namespace}` : null
}

/** What an object fails with when no earlier task makes what it needs. */
export function nowhereFailure(
  outlook: { readonly nowhere: string; readonly complaint: Complaint },
  object: KubeObject,
  target: Target,
): FailureError {
  const title = titleOf(refOf(object))
  return new FailureError({
    code: 'rejected',
    message: `${title} needs the ${outlook.nowhere}, which ${target.context} does not have and no earlier task makes.`,
    ...(outlook.complaint ? { device: { said: outlook.complaint, line: title } } : {}),
    remedy: 'Declare it in an earlier task, or correct the name.',
  })
}
