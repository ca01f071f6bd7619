import type { JsonMap } from '../json.ts'
import type { Schema } from '../schema.ts'
import { compareFields } from './compare.ts'
import { difference, EMPTY, union } from './field-set.ts'
import { fieldsOf } from './fields-of.ts'
import { type Manager, managersOf, sameManager } from './managers.ts'

/** Who owns what after a create, replace or patch: the writer takes every field whose value it changed. */
export function updatedManagers(
  before: JsonMap | undefined,
  after: JsonMap,
  schema: Schema,
  manager: Manager,
): Manager[] {
  const change = compareFields(before ? fieldsOf(before, schema) : EMPTY, fieldsOf(after, schema))
  const taken = union(change.added, change.modified)
  const lost = union(taken, change.removed)
  const managers = managersOf(before)
  const mine = managers.find(other => sameManager(other, manager))
  const owned = union(difference(mine?.fields ?? EMPTY, change.removed), taken)
  const left = managers.map(other =>
    other === mine ? { ...manager, fields: owned } : { ...other, fields: difference(other.fields, lost) },
  )
  return mine ? left : [...left, { ...manager, fields: owned }]
}
