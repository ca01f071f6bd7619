import { isMap, type Json, type JsonMap } from './json.ts'
import type { Schema } from './schema.ts'

/** The object without what its schema does not know, and the paths of that. apiVersion, kind and metadata are always known. */
export function pruneUnknown(
  object: JsonMap,
  schema: Schema,
): { readonly object: JsonMap; readonly unknown: string[] } {
  const unknown: string[] = []
  const { apiVersion, kind, metadata, ...own } = object
  const root: JsonMap = {}
  for (const [name, value] of Object.entries({ apiVersion, kind, metadata }))
    if (value !== undefined) root[name] = value
  const pruned = prune(own, schema, '', unknown)
  return { object: { ...root, ...(pruned as JsonMap) }, unknown }
}

function prune(value: Json, schema: Schema, path: string, unknown: string[]): Json {
  if (Array.isArray(value)) {
    const { items } = schema
    return items ? value.map((entry, index) => prune(entry, items, `${path}[${index}]`, unknown)) : value
  }
  if (!isMap(value)) return value
  const kept: JsonMap = {}
  for (const [name, child] of Object.entries(value)) {
    const at = path ? `${path}.${name}` : name
    const known = schema.properties?.[name] ?? schema.additionalProperties
    if (known) kept[name] = typeof known === 'object' ? prune(child, known, at, unknown) : child
    else if (keepsUnknown(schema)) kept[name] = child
    else unknown.push(at)
  }
  return kept
}

function keepsUnknown(schema: Schema): boolean {
  return schema['x-kubernetes-preserve-unknown-fields'] === true || (schema.type === undefined && !schema.properties)
}
