import { FailureError } from '../../model/failure.ts'
import type { KubeObject, KubeRef } from '../../model/kube.ts'
import { keyOf, titleOf } from '../../model/kube-name.ts'
import { codeOf, complaintFailure, complaintsOf, endsTheCall } from './complaint.ts'
import { listOf, objectsIn } from './documents.ts'
import type { Target } from './kubeconfig.ts'
import type { Kubectl } from './kubectl.ts'

/** A kind that the server does not serve: what is of it is absent. kubectl 1.20 to 1.33 say it in two ways. */
export const NO_KIND = /no matches for kind "([^"]+)" in version "([^"]+)"/

const SHOW_MANAGERS = '--show-managed-fields'

/**
 * Live objects by one `kubectl get`, null where absent, in the order of the references. What the server denies of one object
 * rejects that one alone.
 * @param options managers: with metadata.managedFields, which tell who owns what
 * @throws FailureError unreachable, denied, timeout, invalid, unparseable: nothing was answered.
 */
export async function getLive(
  kubectl: Kubectl,
  target: Target,
  refs: readonly KubeRef[],
  { managers = false }: { readonly managers?: boolean } = {},
): Promise<readonly PromiseSettledResult<KubeObject | null>[]> {
  const unique = [...new Map(refs.map(ref => [keyOf(ref, target.namespace), ref])).values()]
  const bare = unique.map(({ apiVersion, kind, name, namespace }) => ({
    apiVersion,
    kind,
    metadata: { name, ...(namespace ? { namespace } : {}) },
  }))
  const args = ['get', '-f', '-', '-o', 'json', '--ignore-not-found']
  const asked = { input: listOf(bare), objects: bare.length }
  const full = managers ? await kubectl([...args, SHOW_MANAGERS], asked) : null
  // Before 1.21 kubectl did not know the flag, and showed them always.
  const answer = full && !full.stderr.includes(`unknown flag: ${SHOW_MANAGERS}`) ? full : await kubectl(args, asked)
  const objects = objectsIn(answer.stdout)
  if (!objects) throw unparseable(target, answer.stdout)
  const complaints = answer.code === 0 ? [] : complaintsOf(answer.stderr).filter(complaint => !NO_KIND.test(complaint))
  const fatal = complaints.find(endsTheCall)
  if (fatal) throw complaintFailure(fatal, target.context)
  return refs.map(ref => {
    const found = objects.find(object => isOf(object, ref, target))
    if (found) return { status: 'fulfilled', value: found }
    const complaint = complaints.find(text => isAbout(text, ref)) ?? complaints.find(text => codeOf(text) === 'busy')
    if (!complaint) return { status: 'fulfilled', value: null }
    return { status: 'rejected', reason: complaintFailure(complaint, target.context, titleOf(ref)) }
  })
}

function isOf(object: KubeObject, ref: KubeRef, target: Target): boolean {
  const { name, namespace } = object.metadata
  const asked = ref.namespace ?? target.namespace
  return (
    object.kind === ref.kind &&
    object.apiVersion === ref.apiVersion &&
    name === ref.name &&
    (namespace ?? asked) === asked
  )
}

function isAbout(complaint: string, ref: KubeRef): boolean {
  const namespace = / in the namespace "([^"]+)"/.exec(complaint)?.[1]
  return complaint.includes(`"${ref.name}"`) && (!namespace || !ref.namespace || namespace === ref.namespace)
}

export function unparseable(target: Target, said: string): FailureError {
  return new FailureError({
    code: 'unparseable',
    message: `kubectl answered something that is not JSON for ${target.context}.`,
    device: { said: said.slice(0, 400) },
    remedy: 'A wrapper or plugin of kubectl may print to standard output; run it by hand with -o json.',
  })
}
