import { isSameObject } from '../../diff/kube/noise.ts'
import type { Standing } from '../../model/device.ts'
import type { KubeObject, KubeState } from '../../model/kube.ts'
import { refOf } from '../../model/kube-name.ts'
import type { Managed } from '../../model/managed.ts'
import type { Memory } from './memory.ts'

const MASKED = '********'

/** How each of these changes stands on the cluster now. Asks again; throws what the cluster answered instead. */
export async function standingsOf(
  memory: Pick<Memory, 'fresh'>,
  changes: readonly Managed<KubeState>[],
): Promise<Standing[]> {
  const objects = changes.map(({ before, after }) => ((before ?? after) as KubeState).object)
  const answers = objects.length === 0 ? [] : await memory.fresh(objects.map(refOf))
  return changes.map((change, at) => {
    const answer = answers[at]
    if (answer?.status !== 'fulfilled') throw answer?.reason
    return standingOf(answer.value, change)
  })
}

/** What the cluster made of a declaration tells best; where others have changed the object since, that what was declared is there. */
function standingOf(live: KubeObject | null, { before, after }: Managed<KubeState>): Standing {
  if (isIt(live, after)) return 'made'
  if (isIt(live, before)) return 'unmade'
  return live && after && holds(live, after.declared ?? after.object) ? 'made' : 'other'
}

function isIt(live: KubeObject | null, state: KubeState | null): boolean {
  return live && state ? isSameObject(live, state.object) : live === (state?.object ?? null)
}

/** Whether all that is declared is there; what the ledger left out may be anything. */
function holds(live: unknown, declared: unknown): boolean {
  if (declared === MASKED) return live !== undefined
  if (typeof declared !== 'object' || declared === null) return live === declared
  if (typeof live !== 'object' || live === null) return false
  return Object.entries(declared).every(([name, value]) => holds((live as Record<string, unknown>)[name], value))
}
