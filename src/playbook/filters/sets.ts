import type { Value } from '../../model/value.ts'
import { isEqual } from '../jinja/python.ts'
import { argument, flagArgument, listFrom, pathValue } from './argument.ts'
import type { Filter } from './index.ts'

/** The entries without repetition, in order; texts that differ only by case count as one unless case_sensitive. */
const unique: Filter = (of, call) => {
  const sensitive = flagArgument(call, 0, 'case_sensitive')
  const attribute = argument(call, 1, 'attribute', null)
  const fold = (entry: Value) => {
    const value = attribute === null ? entry : (pathValue(entry, attribute) ?? null)
    return typeof value === 'string' && !sensitive ? value.toLowerCase() : value
  }
  return distinct(listFrom(of), fold)
}

function distinct(list: readonly Value[], key: (entry: Value) => Value = entry => entry): Value[] {
  const simple = new Set<Value>()
  const seen: Value[] = []
  return list.filter(entry => {
    const folded = key(entry)
    if (typeof folded !== 'object' && typeof folded !== 'boolean') {
      if (simple.has(folded)) return false
      simple.add(folded)
      return true
    }
    if (seen.some(each => isEqual(each, folded))) return false
    seen.push(folded)
    return true
  })
}

const has = (list: readonly Value[], entry: Value) => list.some(each => isEqual(each, entry))
const other = (call: Parameters<Filter>[1]) => listFrom(call.args[0] ?? [])

/** Filters that take lists as sets; the order of the first list is kept. */
export const setFilters: Record<string, Filter> = {
  unique,
  union: (of, call) => distinct([...listFrom(of), ...other(call)]),
  intersect: (of, call) => distinct(listFrom(of).filter(entry => has(other(call), entry))),
  difference: (of, call) => distinct(listFrom(of).filter(entry => !has(other(call), entry))),
  symmetric_difference: (of, call) => {
    const [a, b] = [listFrom(of), other(call)]
    return distinct([...a.filter(entry => !has(b, entry)), ...b.filter(entry => !has(a, entry))])
  },
}
