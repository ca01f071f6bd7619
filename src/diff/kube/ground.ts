import { isDeepStrictEqual } from 'node:util'
import type { KubeObject, KubeState } from '../../model/kube.ts'
import type { Managed, ResourceId } from '../../model/managed.ts'
import { isMapping } from '../../model/value.ts'
import { fieldsBack, type Ground, type Part } from '../../model/way-back.ts'
import { notKept } from './kept.ts'
import { stranger } from './managers.ts'
import { isSameObject, withoutNoise } from './noise.ts'

/** Objects as they are now, with who owns what; what is not in it is not there. */
export type LiveObjects = ReadonlyMap<ResourceId, KubeObject>

/**
 * How changes of a cluster are taken back. An object that a run has made is still the run's own while it holds what was declared and nobody
 * else owns fields of it; of one that it has changed only the run's own fields go back.
 */
export const kubeGround: Ground<LiveObjects, KubeState> = {
  find: (live, { id, after }) => {
    const object = live.get(id)
    return object ? { object: withoutNoise(object), ...(after?.declared ? { declared: after.declared } : {}) } : null
  },
  same({ live, found, value, change }) {
    if (!found || !value) return found === value
    if (isSameObject(found.object, value.object)) return true
    if (value !== change.after || change.before !== null || !value.declared) return false
    const object = live.get(change.id)
    return object !== undefined && stranger(object) === undefined && notKept(value.declared, object).length === 0
  },
  part,
  apply(live, { id, after }) {
    const next = new Map(live)
    if (after) next.set(id, after.object)
    else next.delete(id)
    return next
  },
}

function part(found: KubeState, { id, before, after }: Managed<KubeState>): Part<KubeState> | null {
  if (!before || !after) return null
  const made = asAssigned({ was: before.object, made: after.object, live: found.object, declared: after.declared })
  const fields = fieldsBack(found.object, { id, before: before.object, after: made as KubeObject })
  return fields && { value: { object: fields.value }, left: fields.left }
}

interface Sides {
  readonly was: unknown
  readonly made: unknown
  readonly live: unknown
  readonly declared: unknown
}

/** What a run has made, with what the server has assigned in truth (ports, addresses) in the place of what a dry run foretold. */
function asAssigned({ was, made, live, declared }: Sides): unknown {
  if (isDeepStrictEqual(was, made) || made === undefined || live === undefined) return made
  if (isMapping(made) && isMapping(live)) {
    const below = (of: unknown, name: string) => (isMapping(of) && Object.hasOwn(of, name) ? of[name] : undefined)
    const inner = (name: string, value: unknown) =>
      asAssigned({ was: below(was, name), made: value, live: below(live, name), declared: below(declared, name) })
    return Object.fromEntries(Object.entries(made).map(([name, value]) => [name, inner(name, value)]))
  }
  if (Array.isArray(made) && Array.isArray(live))
    return made.length === live.length && notKept(declared, live).length === 0 ? live : made
  return declared === undefined ? live : made
}
