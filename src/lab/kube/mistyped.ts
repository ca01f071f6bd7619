import { isMap, type Json } from './json.ts'
import type { Schema } from './schema.ts'
import { typeName } from './validate.ts'

/** The first value that does not have its schema's type (`expected`), or whose field the schema does not know (no `expected`). */
export interface Mistyped {
  readonly path: string
  readonly value: Json
  readonly expected?: string
}

/** Finds it, depth first; undefined where all fits. Nulls fit everywhere: they stand for absent fields. */
export function firstMistyped(value: Json, schema: Schema, path = ''): Mistyped | undefined {
  const expected = schema['x-kubernetes-int-or-string'] ? undefined : schema.type
  if (value === null) return undefined
  if (expected && !fits(value, expected)) return { path, value, expected }
  const children: readonly (readonly [path: string, value: Json, schema: Schema | undefined])[] = Array.isArray(value)
    ? value.map((entry, index) => [`${path}[${index}]`, entry, schema.items ?? {}])
    : isMap(value)
      ? Object.entries(value).map(([name, child]) => [`${path}.${name}`, child, fieldOf(schema, name)])
      : []
  for (const [at, child, field] of children) {
    const found = field ? firstMistyped(child, field, at) : { path: at, value: child }
    if (found) return found
  }
  return undefined
}

/** The schema of a field, one that allows everything where fields are free, undefined where it is not known. */
function fieldOf(schema: Schema, name: string): Schema | undefined {
  const known = schema.properties?.[name] ?? schema.additionalProperties
  if (typeof known === 'object') return known
  const free = known === true || schema['x-kubernetes-preserve-unknown-fields'] || (!schema.properties && !schema.type)
  return free ? {} : undefined
}

function fits(value: Json, expected: string): boolean {
  const actual = typeName(value)
  const numeric = ['integer', 'number']
  return actual === expected || (numeric.includes(actual) && numeric.includes(expected))
}
