import { copy, isMap, type Json, type JsonMap } from '../json.ts'
import type { Schema } from '../schema.ts'
import { fieldSchema, isAtomic, sameKey } from './list-key.ts'

/** The live object with everything that the configuration sets; lists merge by their keys, new entries go to the end. */
export function mergeObject(live: JsonMap, wanted: JsonMap, schema: Schema): JsonMap {
  const merged: JsonMap = { ...live }
  for (const [name, value] of Object.entries(wanted)) {
    if (value !== null) merged[name] = mergeValue(live[name], value, fieldSchema(schema, name))
  }
  return merged
}

function mergeValue(live: Json | undefined, wanted: Json, schema: Schema): Json {
  if (live === undefined || live === null || isAtomic(schema, wanted)) return withoutNulls(copy(wanted))
  if (isMap(wanted)) return isMap(live) ? mergeObject(live, wanted, schema) : withoutNulls(copy(wanted))
  if (Array.isArray(wanted) && Array.isArray(live)) return mergeList(live, wanted, schema)
  return copy(wanted)
}

function mergeList(live: readonly Json[], wanted: readonly Json[], schema: Schema): Json[] {
  const find = (entries: readonly Json[], entry: Json) => entries.find(other => sameKey(schema, other, entry))
  const kept = live.map(entry => {
    const other = find(wanted, entry)
    return other === undefined ? entry : mergeValue(entry, other, schema.items ?? {})
  })
  const added = wanted.filter(entry => find(live, entry) === undefined)
  return [...kept, ...added.map(entry => withoutNulls(copy(entry)))]
}

function withoutNulls(value: Json): Json {
  if (!isMap(value)) return value
  const kept = Object.entries(value).filter(([, child]) => child !== null)
  return Object.fromEntries(kept.map(([name, child]) => [name, withoutNulls(child)]))
}
