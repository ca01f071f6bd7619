import { ageOf } from './age.ts'
import { type Json, type JsonMap, mapOf, textOf } from './json.ts'
import { firstAt } from './json-path.ts'
import type { Column, Kind } from './kind.ts'
import { metadataOf, nameOf } from './object.ts'

/** What `kubectl get` asks for: printable cells per object, beside the object's metadata (or all of it, or nothing). */
export function tableOf(kind: Kind, objects: readonly JsonMap[], list: JsonMap, include = 'Metadata'): JsonMap {
  return {
    kind: 'Table',
    apiVersion: 'meta.k8s.io/v1',
    metadata: mapOf(list.metadata),
    columnDefinitions: [NAME, ...kind.columns].map(definition),
    rows: objects.map(object => ({
      cells: [nameOf(object), ...kind.columns.map(column => cell(object, column))],
      ...(include === 'None' ? {} : { object: include === 'Object' ? object : partial(object) }),
    })),
  }
}

/** An object's metadata alone, for clients that ask for PartialObjectMetadata. */
export function partial(object: JsonMap): JsonMap {
  return { kind: 'PartialObjectMetadata', apiVersion: 'meta.k8s.io/v1', metadata: metadataOf(object) }
}

const NAME: Column = { name: 'Name', type: 'string', format: 'name' }

function definition(column: Column): JsonMap {
  const format = column.format === 'name' ? 'name' : column.type === 'date' ? 'date' : ''
  const { name, priority = 0, description = name } = column
  return { name, type: column.type, format, description, priority }
}

function cell(object: JsonMap, column: Column): Json {
  if (column.cell) return column.cell(object)
  const value = firstAt(object, column.jsonPath ?? '')
  if (column.format === 'age' || column.type === 'date') return value ? ageOf(textOf(value)) : '<unknown>'
  if (value === undefined || value === null) return column.type === 'string' ? '' : null
  if (column.type === 'string') return typeof value === 'object' ? JSON.stringify(value) : String(value)
  return value
}
