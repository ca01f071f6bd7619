import { rememberedOf } from '../../model/remembered.ts'
import type { Value } from '../../model/value.ts'
import { isTemplate } from '../language/segments.ts'
import { compiledTemplate } from './memo.ts'

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

/**
 * The variables that a mapping or list is made of, where its templates are nothing but text and ways to values : then it renders
 * to the same whenever these are the same. Null where more counts: filters, lookups, other hosts.
 */
export const madeOf: (value: object) => readonly string[] | null = rememberedOf(value => {
  const names = new Set<string>()
  return collect(value as Value, names) ? [...names] : null
})

function collect(value: Value, names: Set<string>): boolean {
  if (typeof value === 'string') return collectFromText(value, names)
  if (typeof value !== 'object' || value === null) return true
  if (!Object.keys(value).every(key => !isTemplate(key))) return false
  return Object.values(value).every(entry => collect(entry, names))
}

function collectFromText(text: string, names: Set<string>): boolean {
  if (!isTemplate(text)) return true
  const compiled = compiledTemplate(text)
  for (const name of compiled.names) names.add(name)
  return compiled.isPlain
}
