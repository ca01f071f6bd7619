import type { KubeCommand, KubeObject, KubeRef, KubeState } from '../../model/kube.ts'
import { kubeId, refOf, titleOf } from '../../model/kube-name.ts'
import type { Managed, ShownChange } from '../../model/managed.ts'
import { disruptsOf, oneWayOf } from './disrupts.ts'
import { kubeLines } from './lines.ts'
import { isSameObject, withoutNoise } from './noise.ts'
import { restored } from './restored.ts'

export type KubeChange = Managed<KubeState>

/**
 * A declared object: what is live, and what the server makes of it. Where they agree both sides are the same value.
 * @param preview as the server, or the plan so far, answered it: with the namespace written out
 */
export function keptAs(
  declared: KubeObject,
  { live, merged }: { readonly live: KubeObject | null; readonly merged: KubeObject },
  force: boolean,
): KubeChange {
  const id = kubeId(refOf(merged))
  if (live && isSameObject(live, merged)) return inSync(id, live)
  const after: KubeState = { object: withoutNoise(merged), declared, ...(force ? { force } : {}) }
  const disrupts = disruptsOf(live, merged)
  const change = { id, before: live && { object: withoutNoise(live) }, after }
  return disrupts === undefined ? change : { ...change, disrupts }
}

function inSync(id: string, live: KubeObject): KubeChange {
  const value = { object: withoutNoise(live) }
  return { id, before: value, after: value }
}

/** An object that is not there and need not be. */
export function stillAbsent(ref: KubeRef): KubeChange {
  return { id: kubeId(ref), before: null, after: null }
}

/** The deletion of a live object. */
export function deletionOf(live: KubeObject): KubeChange {
  const [disrupts, oneWay] = [disruptsOf(live, null), oneWayOf(live)]
  return {
    id: kubeId(refOf(live)),
    before: { object: withoutNoise(live) },
    after: null,
    ...(disrupts === undefined ? {} : { disrupts }),
    ...(oneWay === undefined ? {} : { oneWay }),
  }
}

/**
 * The commands that changes, or steps back, mean. A step back has nothing declared after it: of an object that is there only what weft had
 * applied is taken back; one that is gone is made again in the name of who owned it, and what was weft's of it is applied by weft.
 */
export function renderKube(changes: readonly KubeChange[]): KubeCommand[] {
  return changes.flatMap(({ before, after }): KubeCommand[] => {
    if (!after) return before ? [{ verb: 'delete', object: before.object }] : []
    if (after.declared) return [{ verb: 'apply', object: after.declared, force: after.force ?? false }]
    if (before)
      return [{ verb: 'apply', object: restored(before.object, after.object, before.declared ?? before.object) }]
    const { object, owner, own } = after
    if (owner === undefined) return [{ verb: 'apply', object }]
    return [{ verb: 'create', object, manager: owner }, ...(own ? [{ verb: 'apply' as const, object: own }] : [])]
  })
}

/** How a reader is told of a managed object: 'Secret/calico-system/bgp'. */
export function titleOfChange({ id, before, after }: KubeChange): string {
  const object = (after ?? before)?.object
  return object ? titleOf(refOf(object)) : id
}

export function showKube(change: KubeChange): ShownChange {
  const action = change.before === null ? 'create' : change.after === null ? 'delete' : 'update'
  return {
    resource: titleOfChange(change),
    action,
    lines: kubeLines(change.before?.object ?? null, change.after?.object ?? null),
    ...(change.disrupts === undefined ? {} : { disrupts: change.disrupts }),
    ...(change.oneWay === undefined ? {} : { oneWay: change.oneWay }),
  }
}
