import type { JsonMap } from '../json.ts'
import type { Schema } from '../schema.ts'
import { compareFields } from './compare.ts'
import { applyConflict, type Conflict } from './conflict.ts'
import { difference, EMPTY, type FieldSet, intersection, isEmpty, union, unowned } from './field-set.ts'
import { fieldsOf } from './fields-of.ts'
import { type Manager, managersOf, sameManager } from './managers.ts'
import { mergeObject } from './merge.ts'
import { removeFields } from './remove.ts'

export interface ApplyOptions {
  readonly live: JsonMap
  readonly wanted: JsonMap
  readonly schema: Schema
  /** The applier, without fields. */
  readonly manager: Manager
  readonly force: boolean
}

/**
 * Server-side apply: the merged object (without its managedFields) and who owns what afterwards.
 * Fields that this manager applied before and no longer does go, unless somebody else owns them.
 * @throws a 409 refusal naming each field that another manager owns with another value, unless forced
 */
export function applyFields(options: ApplyOptions): { readonly object: JsonMap; readonly managers: Manager[] } {
  const { live, wanted, schema, manager } = options
  const before = managersOf(live)
  const mine = before.find(other => sameManager(other, manager))
  const others = before.filter(other => other !== mine)
  const fields = fieldsOf(wanted, schema)
  const merged = mergeObject(live, wanted, schema)
  const held = others.reduce((all, other) => union(all, other.fields), fields)
  const gone = unowned(mine?.fields ?? EMPTY, held)
  const object = removeFields(merged, gone, held, schema)
  const change = compareFields(fieldsOf(live, schema), fieldsOf(object, schema))
  const touched = union(change.added, change.modified)
  const conflicts = conflictsWith(others, touched)
  if (conflicts.length > 0 && !options.force) throw applyConflict(conflicts)
  const left = others.map(other => without(other, union(intersection(other.fields, touched), change.removed)))
  const at = mine ? before.indexOf(mine) : left.length
  return { object, managers: [...left.slice(0, at), { ...manager, fields }, ...left.slice(at)] }
}

function conflictsWith(others: readonly Manager[], touched: FieldSet): Conflict[] {
  return others
    .map(manager => ({ manager, fields: intersection(manager.fields, touched) }))
    .filter(conflict => !isEmpty(conflict.fields))
}

function without(manager: Manager, fields: FieldSet): Manager {
  return { ...manager, fields: difference(manager.fields, fields) }
}
