import type { KubeObject, KubeRef, KubeState } from '../../model/kube.ts'
import { groupOf, isNamespaced } from '../../model/kube-kind.ts'
import { keyOf, refOf } from '../../model/kube-name.ts'
import type { Managed } from '../../model/managed.ts'
import { isMapping } from '../../model/value.ts'

/** Objects as earlier tasks of the same plan will leave them: null = deleted. */
export type Staged = Map<string, KubeObject | null>

/** Adds planned changes. */
export function stageChanges(
  { staged, declared }: { staged: Staged; declared: Map<string, KubeObject> },
  changes: readonly Managed[],
  defaultNamespace: string,
): void {
  for (const change of changes as readonly Managed<KubeState>[]) {
    const object = (change.after ?? change.before)?.object
    if (!object) continue
    const key = keyOf(refOf(object), defaultNamespace)
    staged.set(key, change.after?.object ?? null)
    if (change.after?.declared) declared.set(key, change.after.declared)
    else declared.delete(key)
  }
}

/** Whether the plan makes the namespace or the kind that an object needs. */
export function isPrepared(plan: readonly (KubeObject | null)[], object: KubeObject): boolean {
  return plan.some(made => made !== null && (holds(made, object) || serves(made, object)))
}

/**
 * A reference with its namespace written out: by the table of kinds, else by a definition of the kind that the plan makes. Where nobody
 * can tell whether a namespace holds it, as it was given.
 */
export function placed(ref: KubeRef, made: Iterable<KubeObject | null>, defaultNamespace: string): KubeRef {
  const { namespace, ...rest } = ref
  const inOne = isNamespaced(ref) ?? isNamespacedBy(ref, made) ?? namespace !== undefined
  return inOne ? { ...rest, namespace: namespace ?? defaultNamespace } : rest
}

function isNamespacedBy(ref: KubeRef, made: Iterable<KubeObject | null>): boolean | undefined {
  for (const each of made) {
    if (each && isDefinitionOf(each, ref) && isMapping(each.spec)) return each.spec.scope === 'Namespaced'
  }
  return undefined
}

/** An object that is only planned, with its namespace written out. */
export function placedObject(
  object: KubeObject,
  made: Iterable<KubeObject | null>,
  defaultNamespace: string,
): KubeObject {
  const { namespace } = placed(refOf(object), made, defaultNamespace)
  const { namespace: _, ...metadata } = object.metadata
  return { ...object, metadata: { ...metadata, ...(namespace === undefined ? {} : { namespace }) } } as KubeObject
}

/** The object is in this namespace. */
export function holds(made: KubeObject, object: KubeObject): boolean {
  return made.kind === 'Namespace' && made.apiVersion === 'v1' && made.metadata.name === object.metadata.namespace
}

/** The object is of the kind that this CustomResourceDefinition defines. */
export function serves(made: KubeObject, object: KubeObject): boolean {
  return isDefinitionOf(made, object)
}

function isDefinitionOf(made: KubeObject, { apiVersion, kind }: Pick<KubeRef, 'apiVersion' | 'kind'>): boolean {
  if (made.kind !== 'CustomResourceDefinition' || !isMapping(made.spec)) return false
  const names = isMapping(made.spec.names) ? made.spec.names : {}
  return made.spec.group === groupOf(apiVersion) && names.kind === kind
}

/** A declared object laid over a staged one. Lists are taken as declared: only the server knows their keys. */
export function overlay(base: unknown, declared: unknown): unknown {
  if (!isMapping(base) || !isMapping(declared)) return declared
  const merged: Record<string, unknown> = { ...base }
  for (const [key, value] of Object.entries(declared)) merged[key] = key in base ? overlay(base[key], value) : value
  return merged
}
