import { isMap, type Json, type JsonMap } from '../json.ts'
import type { Schema } from '../schema.ts'
import type { FieldSet } from './field-set.ts'
import { entryKey, fieldSchema, listType } from './list-key.ts'

/** The object without the fields of a set; a mapping or list that this empties goes too, unless `kept` has it. */
export function removeFields(object: JsonMap, gone: FieldSet, kept: FieldSet, schema: Schema): JsonMap {
  const rest: JsonMap = {}
  for (const [name, value] of Object.entries(object)) {
    const child = gone.children.get(`f:${name}`)
    const held = kept.children.get(`f:${name}`)
    const left = child ? removeBelow(value, child, held, fieldSchema(schema, name)) : value
    if (left !== undefined) rest[name] = left
  }
  return rest
}

function removeBelow(value: Json, gone: FieldSet, kept: FieldSet | undefined, schema: Schema): Json | undefined {
  if (gone.member && (gone.children.size === 0 || kept === undefined)) return undefined
  const none: FieldSet = { member: false, children: new Map() }
  const rest = Array.isArray(value) ? removeEntries(value, gone, kept ?? none, schema) : value
  if (Array.isArray(rest)) return rest.length > 0 || kept ? rest : undefined
  if (!isMap(value)) return value
  const left = removeFields(value, gone, kept ?? none, schema)
  return Object.keys(left).length > 0 || kept ? left : undefined
}

function removeEntries(entries: readonly Json[], gone: FieldSet, kept: FieldSet, schema: Schema): Json[] {
  if (listType(schema) === 'atomic') return [...entries]
  return entries.flatMap(entry => {
    const key = entryKey(schema, entry)
    const child = gone.children.get(key)
    if (!child) return [entry]
    const left = removeBelow(entry, child, kept.children.get(key), schema.items ?? {})
    return left === undefined ? [] : [left]
  })
}
