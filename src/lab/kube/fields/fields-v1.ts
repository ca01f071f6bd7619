import { isMap, type Json, type JsonMap } from '../json.ts'
import type { FieldSet } from './field-set.ts'

/** A set in the form of metadata.managedFields[].fieldsV1: an empty mapping is a member, '.' a member with children. */
export function encodeFields(set: FieldSet): JsonMap {
  const encoded: JsonMap = {}
  for (const [key, child] of [...set.children].sort(([left], [right]) => (left < right ? -1 : 1))) {
    const below = encodeFields(child)
    if (Object.keys(below).length === 0 && !child.member) continue
    encoded[key] = child.member && child.children.size > 0 ? { '.': {}, ...below } : below
  }
  return encoded
}

export function decodeFields(encoded: Json | undefined): FieldSet {
  return decodeNode(encoded, false)
}

function decodeNode(encoded: Json | undefined, member: boolean): FieldSet {
  const children = new Map<string, FieldSet>()
  if (!isMap(encoded)) return { member, children }
  for (const [key, child] of Object.entries(encoded)) {
    if (key === '.' || !isMap(child)) continue
    children.set(key, decodeNode(child, Object.keys(child).length === 0 || '.' in child))
  }
  return { member, children }
}
