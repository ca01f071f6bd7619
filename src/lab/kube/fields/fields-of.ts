import { isMap, type Json, type JsonMap } from '../json.ts'
import type { Schema } from '../schema.ts'
import { difference, type FieldSet } from './field-set.ts'
import { decodeFields } from './fields-v1.ts'
import { entryKey, fieldSchema, isAtomic } from './list-key.ts'

/** Fields that belong to the server or name the object; nobody owns them. */
const UNOWNED = decodeFields({
  'f:apiVersion': {},
  'f:kind': {},
  'f:metadata': {
    '.': {},
    'f:name': {},
    'f:namespace': {},
    'f:creationTimestamp': {},
    'f:selfLink': {},
    'f:uid': {},
    'f:generation': {},
    'f:resourceVersion': {},
  },
})

/** The fields that an object sets, with their values at the leaves; managedFields never among them. */
export function fieldsOf(object: JsonMap, schema: Schema): FieldSet {
  const { managedFields: _, ...metadata } = isMap(object.metadata) ? object.metadata : {}
  return keepLeaves(below({ ...object, metadata }, schema, false))
}

function keepLeaves(set: FieldSet): FieldSet {
  const kept = difference(set, UNOWNED)
  return withLeaves(kept, set)
}

/** `difference` drops the leaf values: put them back. */
function withLeaves(set: FieldSet, source: FieldSet): FieldSet {
  const children = new Map<string, FieldSet>()
  for (const [key, child] of set.children) children.set(key, withLeaves(child, source.children.get(key) as FieldSet))
  return { ...set, children, ...(source.leaf === undefined ? {} : { leaf: source.leaf }) }
}

function below(value: Json, schema: Schema, member: boolean): FieldSet {
  const empty = isMap(value) && Object.keys(value).length === 0
  const nested = isMap(value) || Array.isArray(value)
  if (!nested || empty || isAtomic(schema, value)) return { member: true, children: new Map(), leaf: value }
  const children = new Map<string, FieldSet>()
  if (Array.isArray(value)) {
    for (const entry of value) children.set(entryKey(schema, entry), entryFields(entry, schema.items ?? {}))
    return { member, children }
  }
  for (const [name, child] of Object.entries(value)) {
    const named = schema.properties?.[name] !== undefined || !schema.additionalProperties
    children.set(`f:${name}`, below(child, fieldSchema(schema, name), !named))
  }
  return { member, children }
}

function entryFields(entry: Json, schema: Schema): FieldSet {
  const inner = below(entry, schema, true)
  return isMap(entry) ? inner : { member: true, children: new Map(), leaf: entry }
}
