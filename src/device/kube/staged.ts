import type { KubeObject, KubeState } from '../../model/kube.ts'
import { groupOf } from '../../model/kube-kind.ts'
import { keyOf, refOf } from '../../model/kube-name.ts'
import type { Managed } from '../../model/managed.ts'
import { isMapping } from '../../model/value.ts'

/** Objects as earlier tasks of the same plan will leave them: null = deleted. */
export type Staged = Map<string, KubeObject | null>

/** Adds planned changes. */
export function stageChanges(staged: Staged, changes: readonly Managed[], defaultNamespace: string): void {
  for (const change of changes as readonly Managed<KubeState>[]) {
    const object = (change.after ?? change.before)?.object
    if (object) staged.set(keyOf(refOf(object), defaultNamespace), change.after?.object ?? null)
  }
}

/** Whether the plan makes the namespace or the kind that an object needs. */
export function isPrepared(staged: Staged, object: KubeObject): boolean {
  return [...staged.values()].some(made => made !== null && (holds(made, object) || serves(made, object)))
}

/** The object is in this namespace. */
export function holds(made: KubeObject, object: KubeObject): boolean {
  return made.kind === 'Namespace' && made.apiVersion === 'v1' && made.metadata.name === object.metadata.namespace
}

/** The object is of the kind that this CustomResourceDefinition defines. */
export function serves(made: KubeObject, object: KubeObject): boolean {
  if (made.kind !== 'CustomResourceDefinition' || !isMapping(made.spec)) return false
  const names = isMapping(made.spec.names) ? made.spec.names : {}
  return made.spec.group === groupOf(object.apiVersion) && names.kind === object.kind
}

/** A declared object laid over a staged one. Lists are taken as declared: only the server knows their keys. */
export function overlay(base: unknown, declared: unknown): unknown {
  if (!isMapping(base) || !isMapping(declared)) return declared
  const merged: Record<string, unknown> = { ...base }
  for (const [key, value] of Object.entries(declared)) merged[key] = key in base ? overlay(base[key], value) : value
  return merged
}
