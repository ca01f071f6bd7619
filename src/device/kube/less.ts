import { notKept } from '../../diff/kube/kept.ts'
import { FailureError } from '../../model/failure.ts'
import type { KubeObject } from '../../model/kube.ts'
import { refOf, titleOf } from '../../model/kube-name.ts'
import { isMapping } from '../../model/value.ts'

/**
 * The server takes away what one manager no longer declares, so a task that declares less of an object than one before it in the same run
 * would undo that one's fields, and the next run would begin anew.
 * @throws FailureError invalid, naming the fields.
 */
export function refuseLess(before: KubeObject | undefined, object: KubeObject): void {
  const fields = before ? lostFrom(before, object) : []
  if (fields.length === 0) return
  throw new FailureError({
    code: 'invalid',
    message: `${titleOf(refOf(object))} is declared by an earlier task too, with ${fields.slice(0, 5).join(', ')}${fields.length > 5 ? ', …' : ''}, which this task would take away again.`,
    remedy: 'Declare it once, with everything that it should have.',
  })
}

/** Also fields that are false or empty: left out they may mean something else, as with nodeToNodeMeshEnabled of Calico. */
function lostFrom(before: unknown, after: unknown, path = ''): string[] {
  if (after === undefined) return [path]
  if (isMapping(before) && isMapping(after))
    return Object.entries(before).flatMap(([name, value]) =>
      lostFrom(value, Object.hasOwn(after, name) ? after[name] : undefined, path === '' ? name : `${path}/${name}`),
    )
  if (!Array.isArray(before) || !Array.isArray(after)) return []
  return notKept(before, after).flatMap(({ path: below, live }) => (live === undefined ? [`${path}/${below}`] : []))
}
