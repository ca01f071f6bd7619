import { isMap, type Json, type JsonMap } from './json.ts'
import { apiVersionOf, type Kind } from './kind.ts'
import { firstMistyped, type Mistyped } from './mistyped.ts'
import type { Schema } from './schema.ts'
import { badRequest, refusal } from './status.ts'
import type { Target } from './target.ts'
import { pruneUnknown } from './unknown-fields.ts'
import { typeName } from './validate.ts'
import type { WriteOptions } from './write-options.ts'

/**
 * The object without unknown fields; with Strict they are refused, with Warn (the default) the client is told.
 * @throws 400 also for a field of a wrong type, in Go's words (custom kinds: their schema says it later, with 422)
 */
export function checkFields(kind: Kind, object: JsonMap, options: WriteOptions): JsonMap {
  const { object: known, unknown } = pruneUnknown(object, kind.schema)
  const shape = kind.custom ? metadataOnly(kind.schema) : rooted(kind.schema)
  const wrong = firstMistyped(known, shape)
  if (wrong)
    throw undecodable(
      kind,
      `json: cannot unmarshal ${goName(wrong.value)} into Go struct field ${kind.kind}${wrong.path} of type ${goType(wrong.expected)}`,
    )
  if (unknown.length === 0) return object
  const sentences = unknown.map(path => `unknown field "${path}"`)
  if (options.fieldValidation === 'Strict') throw undecodable(kind, `strict decoding error: ${sentences.join(', ')}`)
  if (options.fieldValidation !== 'Ignore') for (const sentence of sentences) options.warn?.(sentence)
  return known
}

/** Server-side apply reads the object by its schema first. @throws 500 as the API server does, naming the first field that does not fit */
export function checkTyped(kind: Kind, target: Target, object: JsonMap): void {
  const wrong = firstMistyped(object, rooted(kind.schema))
  if (!wrong) return
  const name = target.namespace ? `${target.namespace}/${target.name}` : `/${target.name}`
  const place = `${name}; ${apiVersionOf(kind)}, Kind=${kind.kind}`
  throw refusal({ code: 500, message: `failed to create typed patch object (${place}): ${sentence(wrong)}` })
}

const TEXT: Schema = { type: 'string' }

const rooted = (schema: Schema): Schema => ({
  ...schema,
  properties: { apiVersion: TEXT, kind: TEXT, ...schema.properties },
})

function metadataOnly({ properties }: Schema): Schema {
  const { metadata } = properties ?? {}
  return { 'x-kubernetes-preserve-unknown-fields': true, ...(metadata ? { properties: { metadata } } : {}) }
}

function undecodable(kind: Kind, why: string) {
  return badRequest(`${kind.kind} in version "${kind.version}" cannot be handled as a ${kind.kind}: ${why}`)
}

const EXPECTED: Readonly<Record<string, string>> = {
  integer: 'numeric (int or float)',
  number: 'numeric (int or float)',
  array: 'list',
  object: 'map',
}

/** structured-merge-diff names the type that it got for numbers, and shows the value for other scalars. */
function sentence({ path, expected, value }: Mistyped): string {
  if (!expected) return `${path}: field not declared in schema`
  const numeric = expected === 'integer' || expected === 'number'
  const kind = Array.isArray(value) ? 'list' : isMap(value) ? 'map' : numeric ? typeof value : undefined
  const got = kind ?? `&value.valueUnstructured{Value:${JSON.stringify(value)}}`
  return `${path}: expected ${EXPECTED[expected] ?? expected}, got ${got}`
}

function goName(value: Json): string {
  const name = typeName(value)
  return name === 'integer' ? 'number' : name === 'boolean' ? 'bool' : name
}

function goType(expected = 'string'): string {
  return { integer: 'int32', boolean: 'bool', array: 'slice', object: 'map[string]string' }[expected] ?? expected
}
