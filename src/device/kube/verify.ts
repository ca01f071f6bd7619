import { titleOfChange } from '../../diff/kube/change.ts'
import { notKept, type Unkept } from '../../diff/kube/kept.ts'
import { type Failure, toFailure } from '../../model/failure.ts'
import type { KubeObject, KubeState } from '../../model/kube.ts'
import { refOf } from '../../model/kube-name.ts'
import type { Managed, ResourceId } from '../../model/managed.ts'
import type { Memory } from './memory.ts'

type Change = Managed<KubeState>

/**
 * Reads again what was written, all of it at once, and says what the cluster did not keep. Fields that it adds are fine, and so is what
 * its dry run foretold, which the plan has shown. Null = all is kept, or nothing was written.
 */
export async function verify(memory: Pick<Memory, 'fresh'>, written: readonly Managed[]): Promise<Failure | null> {
  const last = new Map<ResourceId, Change>()
  for (const change of written as readonly Change[]) last.set(change.id, change)
  const changes = [...last.values()]
  if (changes.length === 0) return null
  try {
    const answers = await memory.fresh(changes.map(change => refOf(objectOf(change))))
    const wrong = changes.flatMap((change, at) => {
      const answer = answers[at]
      if (answer?.status !== 'fulfilled') throw answer?.reason
      return unkept(change, answer.value)
    })
    return wrong.length === 0 ? null : notHeld(wrong)
  } catch (error) {
    return { ...toFailure(error), aftermath: 'The cluster took all changes; whether it keeps them could not be read.' }
  }
}

function objectOf({ before, after }: Change): KubeObject {
  return ((after ?? before) as KubeState).object
}

function unkept(change: Change, live: KubeObject | null): string[] {
  const title = titleOfChange(change)
  const { after } = change
  if (!after) return live && live.metadata.deletionTimestamp === undefined ? [`${title} is still there`] : []
  if (!live) return [`${title} is not there`]
  const { status: _, ...declared } = after.declared ?? after.object
  const foretold = new Map(notKept(declared, after.object).map(each => [each.path, each.live]))
  const isForetold = ({ path, live: value }: Unkept) =>
    foretold.has(path) && notKept(foretold.get(path), value).length === 0
  return notKept(declared, live)
    .filter(each => !isForetold(each))
    .map(each => `${title}: ${fieldText(each, live)}`)
}

/** Values of Secrets and of annotations, which may hold passwords, are not repeated. */
function fieldText({ path, wanted, live }: Unkept, object: KubeObject): string {
  if (live === undefined) return `${path} is not there`
  if (object.kind === 'Secret' || path.startsWith('metadata/annotations/')) return `${path} is another`
  return `${path} is ${shortly(live)}, not ${shortly(wanted)}`
}

function shortly(value: unknown): string {
  const text = JSON.stringify(value) ?? 'nothing'
  return text.length > 80 ? `${text.slice(0, 80)}…` : text
}

function notHeld(wrong: readonly string[]): Failure {
  return {
    code: 'stale',
    message: `The cluster accepted all changes but does not hold them: ${wrong.slice(0, 5).join('; ')}${wrong.length > 5 ? '; …' : ''}.`,
    remedy:
      'An admission webhook, a controller or somebody else changes the same fields: leave them to it, or plan again to see.',
    aftermath: 'What was written is still there.',
  }
}
