import type { Value } from '../model/value.ts'
import { isTemplate } from './jinja/segments.ts'

const known = new WeakMap<object, boolean>()

/** True when there is nothing to render in a value. Asked once per object: values are never changed in place. */
export function isPlain(value: Value): boolean {
  if (typeof value === 'string') return !isTemplate(value)
  if (typeof value !== 'object' || value === null) return true
  const before = known.get(value)
  if (before !== undefined) return before
  const plain = Object.values(value).every(isPlain)
  known.set(value, plain)
  return plain
}
