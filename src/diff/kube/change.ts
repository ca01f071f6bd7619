import type { KubeCommand, KubeObject, KubePreview, KubeState } from '../../model/kube.ts'
import { refOf, titleOf } from '../../model/kube-name.ts'
import type { Managed, ShownChange } from '../../model/managed.ts'
import { disruptsOf, oneWayOf } from './disrupts.ts'
import { kubeLines } from './lines.ts'
import { isSameObject, withoutNoise } from './noise.ts'

export type KubeChange = Managed<KubeState>

/** The change from what is live to what the server makes of a declared object, or null where they agree. */
export function changeOf(declared: KubeObject, preview: KubePreview, force: boolean): KubeChange | null {
  const { live, merged } = preview
  if (!merged || (live && isSameObject(live, merged))) return null
  const after: KubeState = { object: withoutNoise(merged), declared, ...(force ? { force } : {}) }
  const disrupts = disruptsOf(live, merged)
  const change = { id: titleOf(refOf(merged)), before: live && { object: withoutNoise(live) }, after }
  return disrupts === undefined ? change : { ...change, disrupts }
}

/** The deletion of a live object. */
export function deletionOf(live: KubeObject): KubeChange {
  const [disrupts, oneWay] = [disruptsOf(live, null), oneWayOf(live)]
  return {
    id: titleOf(refOf(live)),
    before: { object: withoutNoise(live) },
    after: null,
    ...(disrupts === undefined ? {} : { disrupts }),
    ...(oneWay === undefined ? {} : { oneWay }),
  }
}

/** The commands that changes, or their inverses, mean. What was not declared is put back as it was. */
export function renderKube(changes: readonly KubeChange[]): KubeCommand[] {
  return changes.flatMap((change): KubeCommand[] => {
    const { before, after } = change
    if (!after) return before ? [{ verb: 'delete', object: before.object }] : []
    if (after.declared) return [{ verb: 'apply', object: after.declared, force: after.force ?? false }]
    return [before ? { verb: 'replace', object: after.object } : { verb: 'apply', object: after.object, force: true }]
  })
}

export function showKube(change: KubeChange): ShownChange {
  const action = change.before === null ? 'create' : change.after === null ? 'delete' : 'update'
  return {
    resource: change.id,
    action,
    lines: kubeLines(change.before?.object ?? null, change.after?.object ?? null),
    ...(change.disrupts === undefined ? {} : { disrupts: change.disrupts }),
    ...(change.oneWay === undefined ? {} : { oneWay: change.oneWay }),
  }
}
