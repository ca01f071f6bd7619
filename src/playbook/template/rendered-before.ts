import type { Value } from '../../model/value.ts'
import type { Compiled } from '../jinja/compile.ts'
import type { Rendered } from '../jinja/engine.ts'

type Context = Readonly<Record<string, Value>>

interface Before {
  readonly values: readonly (Value | undefined)[]
  readonly rendered: Rendered
}

/** A playbook's templates are rendered for every host and task, mostly with the same few variables: the last renderings are kept. */
const MOST = 8
const kept = new WeakMap<Compiled, Before[]>()
const onlyData = new WeakMap<Compiled, boolean>()

/** Operations whose answer depends on nothing but what they are given. Filters, tests, functions and hostvars may look elsewhere. */
const DATA = new Set([
  'weft_get',
  'weft_capture',
  'weft_text',
  'weft_tuple',
  'weft_tuple_text',
  'weft_iterate',
  'weft_slice',
])

/** What the template gave for the very same values, if that is known and depends on nothing else. */
export function renderedBefore(compiled: Compiled, context: Context): Rendered | undefined {
  const entries = kept.get(compiled)
  return entries?.find(({ values }) => compiled.names.every((name, at) => isSame(values[at], context[name])))?.rendered
}

/** Keeps a rendering for renderedBefore. */
export function keepRendered(compiled: Compiled, context: Context, rendered: Rendered): void {
  if (!dependsOnDataOnly(compiled)) return
  const entries = kept.get(compiled) ?? []
  if (entries.length === 0) kept.set(compiled, entries)
  entries.unshift({ values: compiled.names.map(name => context[name]), rendered })
  if (entries.length > MOST) entries.pop()
}

/** The same by value; large values that are not the same object count as different, because comparing them costs more than rendering. */
export function isSame(one: Value | undefined, other: Value | undefined, depth = 0): boolean {
  if (one === other) return true
  if (typeof one !== 'object' || typeof other !== 'object' || one === null || other === null) return false
  const [names, others] = [Object.keys(one), Object.keys(other)]
  if (depth > 1 || names.length > 8 || names.length !== others.length || Array.isArray(one) !== Array.isArray(other))
    return false
  return names.every(
    (name, at) =>
      others[at] === name &&
      isSame((one as Record<string, Value>)[name], (other as Record<string, Value>)[name], depth + 1),
  )
}

function dependsOnDataOnly(compiled: Compiled): boolean {
  const before = onlyData.get(compiled)
  if (before !== undefined) return before
  const operations = [...compiled.source.matchAll(/\|\s*(\w+)/g)].map(found => found[1] as string)
  const only = compiled.includes.length === 0 && operations.every(name => DATA.has(name))
  onlyData.set(compiled, only)
  return only
}
