import { defined, type Json, type JsonMap, listOf, mapOf, pick, textOf } from '../json.ts'
import { equalSets, type FieldSet, isEmpty } from './field-set.ts'
import { decodeFields, encodeFields } from './fields-v1.ts'

/** One entry of metadata.managedFields. */
export interface Manager {
  readonly name: string
  readonly operation: 'Apply' | 'Update'
  readonly apiVersion: string
  readonly subresource: string
  readonly time: string
  readonly fields: FieldSet
}

export function managersOf(object: JsonMap | undefined): Manager[] {
  return listOf(pick(object, 'metadata', 'managedFields')).map(entry => readManager(mapOf(entry)))
}

/** True for the same manager doing the same thing: its entry is replaced, not doubled. */
export function sameManager(left: Manager, right: Manager): boolean {
  return left.name === right.name && left.operation === right.operation && left.subresource === right.subresource
}

/** managedFields of the managers that still own something; an unchanged one keeps its time. */
export function encodeManagers(managers: readonly Manager[], before: readonly Manager[]): Json[] {
  return managers
    .filter(manager => !isEmpty(manager.fields))
    .map(manager => {
      const old = before.find(other => sameManager(other, manager))
      const unchanged = old && old.apiVersion === manager.apiVersion && equalSets(old.fields, manager.fields)
      return encodeManager(unchanged ? { ...manager, time: old.time } : manager)
    })
}

function readManager(entry: JsonMap): Manager {
  return {
    name: textOf(entry.manager),
    operation: entry.operation === 'Apply' ? 'Apply' : 'Update',
    apiVersion: textOf(entry.apiVersion),
    subresource: textOf(entry.subresource),
    time: textOf(entry.time),
    fields: decodeFields(entry.fieldsV1),
  }
}

function encodeManager(manager: Manager): JsonMap {
  return defined({
    apiVersion: manager.apiVersion,
    fieldsType: 'FieldsV1',
    fieldsV1: encodeFields(manager.fields),
    manager: manager.name,
    operation: manager.operation,
    subresource: manager.subresource || undefined,
    time: manager.time,
  })
}
