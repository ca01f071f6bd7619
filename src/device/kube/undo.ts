import type { Target } from '../../connection/kubectl/kubeconfig.ts'
import type { Kubectl } from '../../connection/kubectl/kubectl.ts'
import type { KubeCommand, KubeState } from '../../model/kube.ts'
import { keyOf, refOf, titleOf } from '../../model/kube-name.ts'
import type { Managed } from '../../model/managed.ts'
import { segmentsOf } from './segments.ts'
import { send } from './send.ts'

/**
 * Puts objects back as they were: replaces what was changed, deletes what was created, applies what was deleted.
 * `touched` are the keys of what may have been written. Returns the sentence that tells what became of it; never throws.
 */
export async function undo(options: {
  readonly kubectl: Kubectl
  readonly target: Target
  readonly changes: readonly Managed[]
  readonly touched: ReadonlySet<string>
}): Promise<string> {
  const { kubectl, target, changes, touched } = options
  const commands = (changes as readonly Managed<KubeState>[]).flatMap(change => putBack(change, touched, target))
  if (commands.length === 0) return 'Nothing was changed on the cluster.'
  const lost: string[] = []
  for (const segment of segmentsOf([{ id: 'undo', title: 'undo', commands, differences: [] }])) {
    const { refused, whole } = await send(kubectl, target, segment)
    const failed = whole ? segment.steps.map(step => step.command.object) : [...refused.keys()]
    const why = whole ?? [...refused.values()][0]
    lost.push(...failed.map(object => `${titleOf(refOf(object))} (${why?.device?.said ?? why?.message})`))
  }
  const all = commands.map(command => titleOf(refOf(command.object))).join(', ')
  if (lost.length === 0) return `Undone: ${all} ${commands.length === 1 ? 'is' : 'are'} as before.`
  return `NOT undone, so left as the failed task had it or unknown: ${lost.join('; ')}.`
}

function putBack(change: Managed<KubeState>, touched: ReadonlySet<string>, target: Target): readonly KubeCommand[] {
  const object = change.before?.object ?? change.after?.object
  if (!object || !touched.has(keyOf(refOf(object), target.namespace))) return []
  if (change.before === null) return [{ verb: 'delete', object }]
  return [change.after === null ? { verb: 'apply', object, force: true } : { verb: 'replace', object }]
}
