import { complaintFailure, complaintsOf, endsTheCall } from '../../connection/kubectl/complaint.ts'
import { conflictOf } from '../../connection/kubectl/conflict.ts'
import { listOf } from '../../connection/kubectl/documents.ts'
import { applyArgs } from '../../connection/kubectl/dry-run.ts'
import type { Target } from '../../connection/kubectl/kubeconfig.ts'
import type { Kubectl } from '../../connection/kubectl/kubectl.ts'
import { NO_KIND } from '../../connection/kubectl/live.ts'
import { refusedOf } from '../../connection/kubectl/refused.ts'
import { type Failure, FailureError, toFailure } from '../../model/failure.ts'
import { conflictFailure, type KubeObject } from '../../model/kube.ts'
import { refOf, titleOf } from '../../model/kube-name.ts'
import type { Segment } from './segments.ts'

/** What was refused, by the object; `whole` when it is not known what became of any object (cut off, timed out). */
export interface Sent {
  readonly refused: ReadonlyMap<KubeObject, Failure>
  readonly whole?: Failure
}

/** Sends one segment by one kubectl. Does not throw for what the cluster says. */
export async function send(kubectl: Kubectl, target: Target, segment: Segment): Promise<Sent> {
  const objects = segment.steps.map(step => step.command.object)
  try {
    const answer = await kubectl(argsOf(segment), { input: listOf(objects), objects: objects.length })
    if (answer.code === 0) return { refused: new Map() }
    const complaints = complaintsOf(answer.stderr).filter(text => segment.verb !== 'delete' || !NO_KIND.test(text))
    if (complaints.length === 0 && segment.verb === 'delete') return { refused: new Map() }
    const fatal = complaints.find(endsTheCall)
    if (fatal) return { refused: new Map(), whole: complaintFailure(fatal, target.context).failure }
    const refused =
      segment.verb === 'delete' ? undeleted(objects, complaints) : refusedOf(objects, answer.stdout, complaints)
    const failures = [...refused].map(([object, words]) => [object, refusal(object, words, target)] as const)
    if (failures.length > 0) return { refused: new Map(failures) }
    return { refused: new Map(), whole: complaintFailure(complaints.join('\n'), target.context).failure }
  } catch (error) {
    if (!(error instanceof FailureError)) throw error
    return { refused: new Map(), whole: toFailure(error) }
  }
}

/** Deletions print nothing for what was already gone, so only the words tell which one was refused. */
function undeleted(objects: readonly KubeObject[], complaints: readonly string[]): ReadonlyMap<KubeObject, string> {
  const named = (text: string) => objects.find(object => text.includes(`"${object.metadata.name}"`))
  return new Map(complaints.flatMap(text => [named(text)].flatMap(object => (object ? [[object, text] as const] : []))))
}

function refusal(object: KubeObject, words: string, target: Target): Failure {
  const title = titleOf(refOf(object))
  const conflict = conflictOf(words)
  if (!conflict) return complaintFailure(words, target.context, title).failure
  return conflictFailure(title, conflict)
}

function argsOf(segment: Segment): readonly string[] {
  if (segment.verb === 'apply') return applyArgs(segment.force)
  if (segment.verb === 'create') return ['create', `--field-manager=${segment.manager ?? 'weft'}`, '-f', '-']
  // Finalizers may take long; weft polls for the end itself, when a task asks for it.
  return ['delete', '-f', '-', '--ignore-not-found', '--wait=false']
}
