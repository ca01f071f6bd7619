import type { Value } from '../../model/value.ts'
import { isTrue } from '../jinja/python.ts'
import { listFrom, pathValue } from './argument.ts'
import type { Filter, FilterCall } from './index.ts'

const map: Filter = (of, call) => {
  const { attribute, default: fallback } = call.named
  if (attribute !== undefined)
    return listFrom(of).map(
      entry => pathValue(entry, attribute, fallback) ?? (fallback === null ? null : missing(attribute)),
    )
  const [name, ...args] = call.args
  return listFrom(of).map(entry => call.services.filter(String(name), entry, { args, named: call.named }) ?? null)
}

function missing(attribute: Value): never {
  throw new Error(`'dict object' has no attribute '${attribute}': it is undefined`)
}

/** select and reject: by a test, or by truth. */
function select(keep: boolean): Filter {
  return (of, call) => {
    const [name, ...args] = call.args
    return listFrom(of).filter(entry => passes(entry, { name, args }, call) === keep)
  }
}

/** selectattr and rejectattr: the same for an attribute of each entry. */
function selectAttribute(keep: boolean): Filter {
  return (of, call) => {
    const [attribute = '', name, ...args] = call.args
    return listFrom(of).filter(entry => {
      const value = pathValue(entry, attribute)
      if (name === 'defined') return (value !== undefined) === keep
      if (name === 'undefined') return (value === undefined) === keep
      return passes(value === undefined ? missing(attribute) : value, { name, args }, call) === keep
    })
  }
}

function passes(
  value: Value,
  { name, args }: { name: Value | undefined; args: readonly Value[] },
  call: FilterCall,
): boolean {
  if (name === undefined || name === null) return isTrue(value)
  return call.services.test(String(name), value, { args, named: call.named })
}

/** Filters that take the names of filters, tests and attributes. */
export const chooseFilters: Record<string, Filter> = {
  map,
  select: select(true),
  reject: select(false),
  selectattr: selectAttribute(true),
  rejectattr: selectAttribute(false),
}
