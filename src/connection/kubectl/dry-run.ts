import type { KubeObject } from '../../model/kube.ts'
import { type Complaint, complaintFailure, complaintsOf, endsTheCall } from './complaint.ts'
import { listOf, objectsIn } from './documents.ts'
import type { Target } from './kubeconfig.ts'
import type { Kubectl } from './kubectl.ts'
import { unparseable } from './live.ts'
import { refusedOf } from './refused.ts'

/** What the server would make of an object, or its words why not. */
export type DryAnswer = { readonly merged: KubeObject } | { readonly complaint: Complaint }

/**
 * A server-side dry-run of many applies: one process when the server accepts all. kubectl prints no JSON at all when one object is
 * refused (1.20 to 1.33), so then a second run tells which were accepted, and a third gets those.
 * @throws FailureError unreachable, denied, timeout, invalid, unparseable: nothing was answered.
 */
export async function dryRun(
  kubectl: Kubectl,
  target: Target,
  objects: readonly KubeObject[],
  force: boolean,
): Promise<readonly DryAnswer[]> {
  if (objects.length === 0) return []
  const args = [...applyArgs(force), '--dry-run=server']
  const asked = { input: listOf(objects), objects: objects.length }
  const answer = await kubectl([...args, '-o', 'json'], asked)
  if (answer.code === 0) {
    const merged = objectsIn(answer.stdout)
    if (merged?.length !== objects.length) throw unparseable(target, answer.stdout)
    return merged.map(object => ({ merged: object }))
  }
  const complaints = complaintsOf(answer.stderr)
  const fatal = complaints.find(endsTheCall)
  if (fatal) throw complaintFailure(fatal, target.context)
  if (objects.length === 1) return [{ complaint: complaints.join('\n') || 'kubectl gave no reason.' }]
  const named = await kubectl(args, asked)
  const refused = refusedOf(objects, named.stdout, complaintsOf(named.stderr))
  const accepted = objects.filter(object => !refused.has(object))
  const answers = refused.size === 0 ? [] : await dryRun(kubectl, target, accepted, force)
  return objects.map(object => {
    const complaint = refused.get(object) ?? (refused.size === 0 ? complaints.join('\n') : undefined)
    return complaint === undefined ? (answers[accepted.indexOf(object)] as DryAnswer) : { complaint }
  })
}

export function applyArgs(force: boolean): readonly string[] {
  const forced = force ? ['--force-conflicts'] : []
  return ['apply', '--server-side', '--field-manager=weft', ...forced, '-f', '-']
}
