import { isMap, type Json, type JsonMap } from './json.ts'
import { apiVersionOf, type Kind } from './kind.ts'
import type { Schema } from './schema.ts'
import { badRequest, refusal } from './status.ts'
import { pruneUnknown } from './unknown-fields.ts'
import { typeName } from './validate.ts'
import type { Target } from './write.ts'
import type { WriteOptions } from './write-options.ts'

/** The object without unknown fields; with Strict they are refused, with Warn (the default) the client is told. */
export function checkFields(kind: Kind, object: JsonMap, options: WriteOptions): JsonMap {
  const { object: known, unknown } = pruneUnknown(object, kind.schema)
  if (unknown.length === 0) return object
  const sentences = unknown.map(path => `unknown field "${path}"`)
  if (options.fieldValidation === 'Strict') {
    const why = `strict decoding error: ${sentences.join(', ')}`
    throw badRequest(`${kind.kind} in version "${kind.version}" cannot be handled as a ${kind.kind}: ${why}`)
  }
  if (options.fieldValidation !== 'Ignore') for (const sentence of sentences) options.warn?.(sentence)
  return known
}

/** Server-side apply reads the object by its schema first. @throws 500 as the API server does, naming the first field that does not fit */
export function checkTyped(kind: Kind, target: Target, object: JsonMap): void {
  const { metadata: _, ...rest } = object
  const wrong = firstWrong(rest, { ...kind.schema, properties: { ...ROOT, ...kind.schema.properties } }, '')
  if (!wrong) return
  const name = target.namespace ? `${target.namespace}/${target.name}` : `/${target.name}`
  const message = `failed to create typed patch object (${name}; ${apiVersionOf(kind)}, Kind=${kind.kind}): ${wrong}`
  throw refusal({ code: 500, message })
}

const ROOT: Record<string, Schema> = { apiVersion: { type: 'string' }, kind: { type: 'string' } }

function firstWrong(value: Json, schema: Schema, path: string): string | undefined {
  const expected = schema['x-kubernetes-int-or-string'] ? undefined : schema.type
  if (value === null) return undefined
  if (expected && !fits(value, expected))
    return `${path}: expected ${EXPECTED[expected] ?? expected}, got ${described(value, expected)}`
  if (Array.isArray(value)) {
    const { items } = schema
    return items ? firstOf(value.map((entry, index) => () => firstWrong(entry, items, `${path}[${index}]`))) : undefined
  }
  if (!isMap(value)) return undefined
  return firstOf(
    Object.entries(value).map(
      ([name, child]) =>
        () =>
          childWrong(name, child, schema, path),
    ),
  )
}

function childWrong(name: string, child: Json, schema: Schema, path: string): string | undefined {
  const known = schema.properties?.[name] ?? schema.additionalProperties
  if (typeof known === 'object') return firstWrong(child, known, `${path}.${name}`)
  const free = known === true || schema['x-kubernetes-preserve-unknown-fields'] || (!schema.properties && !schema.type)
  return free ? undefined : `${path}.${name}: field not declared in schema`
}

const EXPECTED: Readonly<Record<string, string>> = {
  integer: 'numeric (int or float)',
  number: 'numeric (int or float)',
  string: 'string',
  boolean: 'boolean',
  array: 'list',
  object: 'map',
}

function fits(value: Json, expected: string): boolean {
  const actual = typeName(value)
  return (
    actual === expected ||
    (actual === 'integer' && expected === 'number') ||
    (actual === 'number' && expected === 'integer')
  )
}

/** Numbers name the type that they got, other scalars the value: structured-merge-diff does so. */
function described(value: Json, expected: string): string {
  if (Array.isArray(value)) return 'list'
  if (isMap(value)) return 'map'
  return EXPECTED[expected]?.startsWith('numeric')
    ? typeof value
    : `&value.valueUnstructured{Value:${JSON.stringify(value)}}`
}

function firstOf(checks: readonly (() => string | undefined)[]): string | undefined {
  for (const check of checks) {
    const found = check()
    if (found) return found
  }
  return undefined
}
