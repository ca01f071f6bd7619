import { isMap, type Json, type JsonMap, same } from './json.ts'
import type { Rule, Schema } from './schema.ts'
import { type Cause, quoted } from './status.ts'

/**
 * x-kubernetes-validations, as far as the CRDs of Calico and Cilium need them here: `self == oldSelf` (a field that never
 * changes), comparisons of two fields,
 * and `!(has(self.a) && has(self.b))` (an empty text counts as absent). Other CEL rules are not evaluated.
 */
export function ruleCauses(value: Json, old: Json | undefined, schema: Schema, path = ''): Cause[] {
  const own = (schema['x-kubernetes-validations'] ?? [])
    .filter(rule => broken(rule, value, old))
    .map(rule => cause(rule, value, path))
  return [...own, ...below(value, old, schema, path)]
}

function below(value: Json, old: Json | undefined, schema: Schema, path: string): Cause[] {
  if (Array.isArray(value)) {
    const { items } = schema
    return items ? value.flatMap((entry, index) => ruleCauses(entry, undefined, items, `${path}[${index}]`)) : []
  }
  if (!isMap(value)) return []
  const before: JsonMap = isMap(old) ? old : {}
  return Object.entries(schema.properties ?? {}).flatMap(([name, field]) => {
    const child = value[name]
    return child === undefined ? [] : ruleCauses(child, before[name], field, path ? `${path}.${name}` : name)
  })
}

function broken({ rule }: Rule, value: Json, old: Json | undefined): boolean {
  if (/^\s*self\s*==\s*oldSelf\s*$/.test(rule)) return old !== undefined && !same(value, old)
  const both = /^\s*!\(has\(self\.(\w+)\) && has\(self\.(\w+)\)\)\s*$/.exec(rule)
  if (both && isMap(value)) return Boolean(value[both[1] ?? '']) && Boolean(value[both[2] ?? ''])
  const compared = /^\s*self\.(\w+)\s*(<=|<|>=|>)\s*self\.(\w+)\s*$/.exec(rule)
  if (!compared || !isMap(value)) return false
  const [, left = '', operator, right = ''] = compared
  const [a, b] = [value[left], value[right]]
  if (typeof a !== 'number' || typeof b !== 'number') return false
  return !{ '<=': a <= b, '<': a < b, '>=': a >= b, '>': a > b }[operator as '<']
}

function cause({ rule, message, reason }: Rule, value: Json, path: string): Cause {
  const shown = isMap(value) ? quoted('object') : quoted(value)
  const why = message ?? `failed rule: ${rule}`
  const forbidden = reason === 'FieldValueForbidden'
  return {
    reason: reason ?? 'FieldValueInvalid',
    message: forbidden ? `Forbidden: ${why}` : `Invalid value: ${shown}: ${why}`,
    field: path,
  }
}
