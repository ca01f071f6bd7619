import { isEqual } from '../python/compare.ts'
import { defined, isNumber, type Operand } from '../python/operand.ts'
import { argument, attributeAt, flagArgument, listFrom } from './argument.ts'
import type { Filter } from './filter.ts'

/** The entries without repetition, in order; texts that differ only by case count as one unless case_sensitive. */
const unique: Filter = (of, call) => {
  const sensitive = flagArgument(call, 0, 'case_sensitive')
  const attribute = argument(call, 1, 'attribute', null)
  return distinct(listFrom(of), entry => {
    const value = attribute === null ? entry : attributeAt(entry, attribute)
    return typeof value === 'string' && !sensitive ? value.toLowerCase() : value
  })
}

function distinct(list: readonly Operand[], key: (entry: Operand) => Operand = entry => entry): Operand[] {
  const simple = new Set<Operand>()
  const seen: Operand[] = []
  return list.filter(entry => {
    const folded = defined(key(entry))
    const known = isNumber(folded) && typeof folded !== 'bigint' ? Number(folded) : folded
    if (typeof known !== 'object') {
      if (simple.has(known)) return false
      simple.add(known)
      return true
    }
    if (seen.some(each => isEqual(each, known))) return false
    seen.push(known)
    return true
  })
}

const has = (list: readonly Operand[], entry: Operand) => list.some(each => isEqual(each, entry))
const other = (call: Parameters<Filter>[1]) => listFrom(call.args[0] ?? [])

/** Filters that take lists as sets; the order of the first list is kept. */
export const setFilters: Record<string, Filter> = {
  unique,
  union: (of, call) => distinct([...listFrom(of), ...other(call)]),
  intersect: (of, call) => {
    const list = other(call)
    return distinct(listFrom(of).filter(entry => has(list, entry)))
  },
  difference: (of, call) => {
    const list = other(call)
    return distinct(listFrom(of).filter(entry => !has(list, entry)))
  },
  symmetric_difference: (of, call) => {
    const [a, b] = [listFrom(of), other(call)]
    return distinct([...a.filter(entry => !has(b, entry)), ...b.filter(entry => !has(a, entry))])
  },
}
