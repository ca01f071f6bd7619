import { isMap, type Json, type JsonMap, same } from '../json.ts'
import type { Schema } from '../schema.ts'

/** How entries of a list are told apart: by keys, by value, or not at all (the list is one value). */
export function listType(schema: Schema): 'map' | 'set' | 'atomic' {
  const type = schema['x-kubernetes-list-type']
  return type === 'map' || type === 'set' ? type : 'atomic'
}

/** The FieldsV1 key of a list entry: 'k:{"containerPort":80,"protocol":"TCP"}' or 'v:"a"'. */
export function entryKey(schema: Schema, entry: Json): string {
  if (listType(schema) === 'set') return `v:${JSON.stringify(entry)}`
  const keys = [...(schema['x-kubernetes-list-map-keys'] ?? [])].sort()
  const identity: JsonMap = {}
  for (const key of keys) {
    const value = isMap(entry) ? entry[key] : undefined
    const fallback = schema.items?.properties?.[key]?.default
    if (value !== undefined) identity[key] = value
    else if (fallback !== undefined) identity[key] = fallback
  }
  return `k:${JSON.stringify(identity)}`
}

/** True for a mapping or list that is owned as one value. */
export function isAtomic(schema: Schema, value: Json): boolean {
  if (Array.isArray(value)) return listType(schema) === 'atomic' || !keysAreUnique(schema, value)
  return schema['x-kubernetes-map-type'] === 'atomic'
}

/** The schema of a field, an empty one (everything allowed, lists atomic) where it is not described. */
export function fieldSchema(schema: Schema, name: string): Schema {
  const own = schema.properties?.[name]
  if (own) return own
  return typeof schema.additionalProperties === 'object' ? schema.additionalProperties : {}
}

function keysAreUnique(schema: Schema, entries: readonly Json[]): boolean {
  const keys = entries.map(entry => entryKey(schema, entry))
  return new Set(keys).size === keys.length
}

export function sameKey(schema: Schema, left: Json, right: Json): boolean {
  return listType(schema) === 'set' ? same(left, right) : entryKey(schema, left) === entryKey(schema, right)
}
