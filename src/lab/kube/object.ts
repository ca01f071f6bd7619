import { type Json, type JsonMap, listOf, mapOf, pick, textOf } from './json.ts'

/** Accessors of what every Kubernetes object carries. */
export const metadataOf = (object: JsonMap): JsonMap => mapOf(object.metadata)
export const nameOf = (object: JsonMap): string => textOf(pick(object, 'metadata', 'name'))
export const namespaceOf = (object: JsonMap): string => textOf(pick(object, 'metadata', 'namespace'))
export const uidOf = (object: JsonMap): string => textOf(pick(object, 'metadata', 'uid'))
export const labelsOf = (object: JsonMap): JsonMap => mapOf(pick(object, 'metadata', 'labels'))
export const annotationsOf = (object: JsonMap): JsonMap => mapOf(pick(object, 'metadata', 'annotations'))
export const specOf = (object: JsonMap): JsonMap => mapOf(object.spec)
export const statusOf = (object: JsonMap): JsonMap => mapOf(object.status)

/** The owner that controls an object, if any. */
export function controllerOf(object: JsonMap): JsonMap | undefined {
  return listOf(pick(object, 'metadata', 'ownerReferences'))
    .map(mapOf)
    .find(owner => owner.controller === true)
}

/** An ownerReferences entry that makes `object` the controller. */
export function controlledBy(object: JsonMap): JsonMap {
  return {
    apiVersion: textOf(object.apiVersion),
    kind: textOf(object.kind),
    name: nameOf(object),
    uid: uidOf(object),
    controller: true,
    blockOwnerDeletion: true,
  }
}

/** The status ('True', 'False', 'Unknown') of a condition, '' where it is absent. */
export function conditionOf(object: JsonMap, type: string): string {
  const found = listOf(statusOf(object).conditions).map(mapOf)
  return textOf(found.find(condition => condition.type === type)?.status)
}

/** The time as Kubernetes writes it: RFC 3339, whole seconds. */
export function timestamp(): string {
  return `${new Date().toISOString().slice(0, 19)}Z`
}

export function withMetadata(object: JsonMap, changes: Readonly<Record<string, Json | undefined>>): JsonMap {
  const metadata: JsonMap = { ...metadataOf(object) }
  for (const [key, value] of Object.entries(changes)) {
    if (value === undefined) delete metadata[key]
    else metadata[key] = value
  }
  return { ...object, metadata }
}
