import { same } from '../json.ts'
import { EMPTY, type FieldSet } from './field-set.ts'

export interface Comparison {
  readonly added: FieldSet
  readonly modified: FieldSet
  readonly removed: FieldSet
}

/** Which fields differ between two objects, both given as `fieldsOf` makes them. */
export function compareFields(before: FieldSet, after: FieldSet): Comparison {
  return {
    added: only(after, before),
    removed: only(before, after),
    modified: changed(before, after),
  }
}

function only(left: FieldSet, right: FieldSet): FieldSet {
  const children = new Map<string, FieldSet>()
  for (const [key, child] of left.children) {
    const rest = only(child, right.children.get(key) ?? EMPTY)
    if (rest.member || rest.children.size > 0) children.set(key, rest)
  }
  return { member: left.member && !right.member, children }
}

function changed(before: FieldSet, after: FieldSet): FieldSet {
  const children = new Map<string, FieldSet>()
  for (const [key, child] of after.children) {
    const other = before.children.get(key)
    if (!other) continue
    const rest = changed(other, child)
    if (rest.member || rest.children.size > 0) children.set(key, rest)
  }
  const bothMembers = before.member && after.member
  return { member: bothMembers && !same(before.leaf, after.leaf), children }
}
