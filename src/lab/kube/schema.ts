import type { Json } from './json.ts'

export interface Rule {
  readonly rule: string
  readonly message?: string
  readonly reason?: string
}

/** The part of OpenAPI v3 that structural schemas of Kubernetes use. */
export interface Schema {
  readonly type?: string
  readonly format?: string
  readonly properties?: Readonly<Record<string, Schema>>
  readonly additionalProperties?: Schema | boolean
  readonly items?: Schema
  readonly required?: readonly string[]
  readonly enum?: readonly Json[]
  readonly minimum?: number
  readonly maximum?: number
  readonly exclusiveMinimum?: boolean
  readonly exclusiveMaximum?: boolean
  readonly minLength?: number
  readonly maxLength?: number
  readonly minItems?: number
  readonly maxItems?: number
  readonly minProperties?: number
  readonly maxProperties?: number
  readonly pattern?: string
  readonly nullable?: boolean
  readonly default?: Json
  readonly allOf?: readonly Schema[]
  readonly anyOf?: readonly Schema[]
  readonly oneOf?: readonly Schema[]
  readonly not?: Schema
  readonly 'x-kubernetes-list-type'?: string
  readonly 'x-kubernetes-list-map-keys'?: readonly string[]
  readonly 'x-kubernetes-map-type'?: string
  readonly 'x-kubernetes-preserve-unknown-fields'?: boolean
  readonly 'x-kubernetes-int-or-string'?: boolean
  readonly 'x-kubernetes-embedded-resource'?: boolean
  readonly 'x-kubernetes-patch-merge-key'?: string
  readonly 'x-kubernetes-patch-strategy'?: string
  readonly 'x-kubernetes-validations'?: readonly Rule[]
}

type Properties = Readonly<Record<string, Schema>>

/** Shorthands, so that a kind's schema reads as a table of its fields. A name ending in '!' is required. */
export function object(fields: Properties = {}, more: Schema = {}): Schema {
  const required = Object.keys(fields)
    .filter(name => name.endsWith('!'))
    .map(name => name.slice(0, -1))
  const properties = Object.fromEntries(Object.entries(fields).map(([name, field]) => [name.replace('!', ''), field]))
  return { type: 'object', properties, ...(required.length > 0 ? { required } : {}), ...more }
}

/** An object of which only some fields are described; the others pass unchecked. */
export const open = (fields: Properties = {}, more: Schema = {}): Schema =>
  object(fields, { 'x-kubernetes-preserve-unknown-fields': true, ...more })

export const text: Schema = { type: 'string' }
export const flag: Schema = { type: 'boolean' }
export const integer: Schema = { type: 'integer' }
export const intOrString: Schema = { 'x-kubernetes-int-or-string': true }
export const anything: Schema = { 'x-kubernetes-preserve-unknown-fields': true }
export const texts: Schema = { type: 'array', items: text }
export const textMap: Schema = { type: 'object', additionalProperties: text }

export const oneOf = (...values: string[]): Schema => ({ type: 'string', enum: values })
export const range = (minimum: number, maximum: number): Schema => ({ type: 'integer', minimum, maximum })
export const list = (items: Schema, more: Schema = {}): Schema => ({ type: 'array', items, ...more })
export const setOf = (items: Schema): Schema => ({ type: 'array', items, 'x-kubernetes-list-type': 'set' })
export const atomic = (schema: Schema): Schema => ({ ...schema, 'x-kubernetes-map-type': 'atomic' })
export const withDefault = (schema: Schema, value: Json): Schema => ({ ...schema, default: value })

/** A list whose entries are told apart by `keys`; `patchKey` is the strategic-merge key where that differs. */
export const keyed = (items: Schema, keys: readonly string[], patchKey = keys[0] ?? 'name'): Schema => ({
  type: 'array',
  items,
  'x-kubernetes-list-type': 'map',
  'x-kubernetes-list-map-keys': keys,
  'x-kubernetes-patch-merge-key': patchKey,
  'x-kubernetes-patch-strategy': 'merge',
})
