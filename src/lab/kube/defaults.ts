import { copy, isMap, type Json, type JsonMap } from './json.ts'
import type { Schema } from './schema.ts'

/** The object with the schema's defaults where fields are missing; defaults fill only mappings that are there. */
export function withDefaults(object: JsonMap, schema: Schema): JsonMap {
  const filled: JsonMap = { ...object }
  for (const [name, field] of Object.entries(schema.properties ?? {})) {
    const present = filled[name]
    if (present === undefined || (present === null && !field.nullable)) {
      if (field.default !== undefined) filled[name] = fill(copy(field.default), field)
      else if (present === null && field.type) delete filled[name]
    } else filled[name] = fill(present, field)
  }
  const { additionalProperties } = schema
  if (typeof additionalProperties === 'object') {
    for (const [name, value] of Object.entries(filled)) {
      if (!schema.properties?.[name]) filled[name] = fill(value, additionalProperties)
    }
  }
  return filled
}

function fill(value: Json, schema: Schema): Json {
  if (isMap(value)) return withDefaults(value, schema)
  const { items } = schema
  return Array.isArray(value) && items ? value.map(entry => fill(entry, items)) : value
}
