import { isMap, type Json, same } from './json.ts'
import type { Schema } from './schema.ts'
import { type Cause, quoted } from './status.ts'
import { numberCauses, sizeCauses, textCauses } from './validate-value.ts'

/** What is wrong with a value by its schema, worded as the API server words it; empty = valid. */
export function validate(value: Json, schema: Schema, path = ''): Cause[] {
  if (value === null && schema.nullable) return []
  const mistyped = typeCause(value, schema, path)
  if (mistyped) return [mistyped]
  const alternatives = (schema.allOf ?? []).flatMap(part => validate(value, part, path))
  return [
    ...alternatives,
    ...choiceCauses(value, schema, path),
    ...enumCauses(value, schema, path),
    ...shapeCauses(value, schema, path),
  ]
}

function typeCause(value: Json, schema: Schema, path: string): Cause | undefined {
  const expected = schema.type
  if (!expected || schema['x-kubernetes-int-or-string']) return undefined
  const actual = typeName(value)
  if (actual === expected || (expected === 'number' && actual === 'integer')) return undefined
  const message = `Invalid value: ${quoted(actual)}: ${path} in body must be of type ${expected}: ${quoted(actual)}`
  return { reason: 'FieldValueTypeInvalid', message, field: path || '<nil>' }
}

/** JSON's types, with integer apart from number. */
export function typeName(value: Json): string {
  if (value === null) return 'null'
  if (Array.isArray(value)) return 'array'
  if (typeof value === 'number') return Number.isInteger(value) ? 'integer' : 'number'
  return typeof value
}

function enumCauses(value: Json, schema: Schema, path: string): Cause[] {
  if (!schema.enum || schema.enum.some(allowed => same(allowed, value))) return []
  const message = `Unsupported value: ${quoted(value)}: supported values: ${schema.enum.map(quoted).join(', ')}`
  return [{ reason: 'FieldValueNotSupported', message, field: path }]
}

function choiceCauses(value: Json, schema: Schema, path: string): Cause[] {
  const fits = (options: readonly Schema[]) =>
    options.filter(option => validate(value, option, path).length === 0).length
  const wrong = (word: string): Cause[] => [
    { reason: 'FieldValueInvalid', message: `Invalid value: ${path} in body must validate ${word}`, field: path },
  ]
  if (schema.anyOf && fits(schema.anyOf) === 0) return wrong('at least one schema (anyOf)')
  if (schema.oneOf && fits(schema.oneOf) !== 1) return wrong('one and only one schema (oneOf)')
  return schema.not && fits([schema.not]) > 0 ? wrong('no schema (not)') : []
}

function shapeCauses(value: Json, schema: Schema, path: string): Cause[] {
  if (typeof value === 'string') return textCauses(value, schema, path)
  if (typeof value === 'number') return numberCauses(value, schema, path)
  if (Array.isArray(value)) {
    const items = schema.items
    const below = items ? value.flatMap((entry, index) => validate(entry, items, `${path}[${index}]`)) : []
    return [...sizeCauses(value.length, schema, path), ...below]
  }
  return isMap(value) ? mapCauses(value, schema, path) : []
}

function mapCauses(value: Readonly<Record<string, Json>>, schema: Schema, path: string): Cause[] {
  const at = (name: string) => (path ? `${path}.${name}` : name)
  const missing = (schema.required ?? [])
    .filter(name => value[name] === undefined)
    .map(name => ({ reason: 'FieldValueRequired', message: 'Required value', field: at(name) }))
  const below = Object.entries(value).flatMap(([name, child]) => {
    const own = schema.properties?.[name]
    if (own) return validate(child, own, at(name))
    return typeof schema.additionalProperties === 'object' ? validate(child, schema.additionalProperties, at(name)) : []
  })
  return [...missing, ...below]
}
