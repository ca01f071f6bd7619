import { fieldSchema } from '../fields/list-key.ts'
import { copy, isMap, type Json, type JsonMap, listOf, same } from '../json.ts'
import type { Schema } from '../schema.ts'

/**
 * Kubernetes' strategic merge patch: lists with a merge key merge entry by entry, and `$patch`, `$deleteFromPrimitiveList`,
 * `$setElementOrder` and `$retainKeys` steer it.
 */
export function strategicPatch(target: Json | undefined, patch: JsonMap, schema: Schema): Json | undefined {
  if (patch.$patch === 'delete') return undefined
  if (patch.$patch === 'replace') return plain(patch)
  const merged: JsonMap = isMap(target) ? { ...target } : {}
  for (const [name, value] of Object.entries(patch)) {
    if (!name.startsWith('$')) mergeField(merged, name, value, fieldSchema(schema, name))
  }
  for (const [name, value] of Object.entries(patch)) directive(merged, name, value, schema)
  return merged
}

function mergeField(merged: JsonMap, name: string, value: Json, schema: Schema): void {
  if (value === null) delete merged[name]
  else if (isMap(value)) {
    const next = strategicPatch(merged[name], value, schema)
    if (next === undefined) delete merged[name]
    else merged[name] = next
  } else merged[name] = Array.isArray(value) ? mergeList(listOf(merged[name]), value, schema) : value
}

function mergeList(live: readonly Json[], patch: readonly Json[], schema: Schema): Json[] {
  const key = schema['x-kubernetes-patch-merge-key']
  if (patch.some(entry => isMap(entry) && entry.$patch === 'replace'))
    return patch.filter(entry => !isMap(entry) || !('$patch' in entry)).map(copy)
  if (schema['x-kubernetes-list-type'] === 'set')
    return [...live, ...patch.filter(entry => !live.some(other => same(entry, other)))]
  if (!key) return patch.map(copy)
  let merged = [...live]
  for (const entry of patch) {
    if (!isMap(entry)) continue
    const at = merged.findIndex(other => isMap(other) && same(other[key], entry[key]))
    const next = strategicPatch(merged[at], entry, schema.items ?? {})
    if (at < 0) merged = next === undefined ? merged : [...merged, next]
    else merged = merged.toSpliced(at, 1, ...(next === undefined ? [] : [next]))
  }
  return merged
}

function directive(merged: JsonMap, name: string, value: Json, schema: Schema): void {
  const [word, field = ''] = name.split('/', 2)
  const wanted = listOf(value)
  if (word === '$deleteFromPrimitiveList')
    merged[field] = listOf(merged[field]).filter(entry => !wanted.some(gone => same(gone, entry)))
  if (word === '$setElementOrder' && merged[field] !== undefined)
    merged[field] = ordered(listOf(merged[field]), wanted, fieldSchema(schema, field))
  if (name === '$retainKeys') for (const key of Object.keys(merged)) if (!wanted.includes(key)) delete merged[key]
}

/** Entries that the order names come in that order; the others keep their place at the end. */
function ordered(entries: readonly Json[], order: readonly Json[], schema: Schema): Json[] {
  const key = schema['x-kubernetes-patch-merge-key'] ?? ''
  const identity = (entry: Json): Json | undefined => (isMap(entry) ? entry[key] : entry)
  const rank = (entry: Json): number => {
    const at = order.findIndex(named => same(identity(named), identity(entry)))
    return at < 0 ? order.length : at
  }
  return [...entries].sort((left, right) => rank(left) - rank(right))
}

function plain(patch: JsonMap): JsonMap {
  return Object.fromEntries(Object.entries(patch).filter(([name]) => !name.startsWith('$')))
}
