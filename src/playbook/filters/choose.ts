import { isTrue } from '../python/compare.ts'
import { isUndefined, type Operand, undefinedOf } from '../python/operand.ts'
import { argument, attributeAt, flagArgument, listFrom } from './argument.ts'
import type { Filter, FilterCall } from './filter.ts'

/** What Jinja's own filters go through: nothing, where there is nothing. */
function entriesFrom(of: Operand): Operand[] {
  return isTrue(of) ? listFrom(of) : []
}

const map: Filter = (of, call) => {
  const { attribute, default: fallback } = call.named
  if (attribute !== undefined) return entriesFrom(of).map(entry => attributeAt(entry, attribute, fallback))
  const [name, ...args] = call.args
  if (typeof name !== 'string') throw new Error('map requires a filter argument')
  return entriesFrom(of).map(entry => {
    const found = call.services.filter(name, entry, { args, named: call.named })
    return found === undefined ? undefinedOf(() => `the filter ${name} finds nothing: its result is undefined`) : found
  })
}

/** select and reject: by a test, or by truth. */
function select(keep: boolean): Filter {
  return (of, call) => {
    const [name, ...args] = call.args
    return entriesFrom(of).filter(entry => passes(entry, { name, args }, call) === keep)
  }
}

/** selectattr and rejectattr: the same for an attribute of each entry. */
function selectAttribute(keep: boolean): Filter {
  return (of, call) => {
    const [attribute, name, ...args] = call.args
    if (attribute === undefined) throw new Error('Missing parameter for attribute name')
    return entriesFrom(of).filter(entry => passes(attributeAt(entry, attribute), { name, args }, call) === keep)
  }
}

function passes(
  value: Operand,
  { name, args }: { name: Operand | undefined; args: readonly Operand[] },
  call: FilterCall,
): boolean {
  if (name === undefined) return isTrue(value)
  return call.services.test(String(name), value, { args, named: call.named })
}

/** The value, or another one where it is undefined; with `boolean` also where it is empty. */
const otherwise: Filter = (of, call) => {
  const isMissing = isUndefined(of) || (flagArgument(call, 1, 'boolean') && !isTrue(of))
  return isMissing ? argument(call, 0, 'default_value', '') : of
}

/** Filters that take the names of filters, tests and attributes, and what may be undefined. */
export const chooseFilters: Record<string, Filter> = {
  map,
  select: select(true),
  reject: select(false),
  selectattr: selectAttribute(true),
  rejectattr: selectAttribute(false),
  default: otherwise,
  d: otherwise,
}
