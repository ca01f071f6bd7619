import { isMapping, type Value } from '../../model/value.ts'
import { get } from '../jinja/engine.ts'
import { compareValues, isEqual, pythonRepr, pythonText } from '../jinja/python.ts'
import { argument, flagArgument, listFrom, pathValue, textArgument } from './argument.ts'
import type { Filter } from './index.ts'

function mappingFrom(value: Value): Record<string, Value> {
  if (isMapping(value)) return value
  throw new Error(`${pythonRepr(value)} is not a dictionary`)
}

type Merge = { readonly recursive: boolean; readonly lists: string }

function combineTwo(a: Record<string, Value>, b: Record<string, Value>, how: Merge): Record<string, Value> {
  const result: Record<string, Value> = { ...a }
  for (const [key, value] of Object.entries(b)) {
    const before = result[key]
    if (how.recursive && isMapping(before) && isMapping(value)) result[key] = combineTwo(before, value, how)
    else if (Array.isArray(before) && Array.isArray(value)) result[key] = mergeLists(before, value, how.lists)
    else result[key] = value
  }
  return result
}

function mergeLists(a: readonly Value[], b: readonly Value[], how: string): Value {
  const without = (list: readonly Value[], from: readonly Value[]) =>
    from.filter(entry => !list.some(each => isEqual(each, entry)))
  switch (how) {
    case 'keep':
      return a
    case 'append':
      return [...a, ...b]
    case 'prepend':
      return [...b, ...a]
    case 'append_rp':
      return [...without(b, a), ...b]
    case 'prepend_rp':
      return [...b, ...without(b, a)]
    default:
      return b
  }
}

const combine: Filter = (of, call) => {
  const how = { recursive: flagArgument(call, 99, 'recursive'), lists: textArgument(call, 99, 'list_merge', 'replace') }
  const all = [of, ...call.args].flatMap(value => (Array.isArray(value) ? value : [value]))
  return all.map(mappingFrom).reduce((result, next) => combineTwo(result, next, how), {})
}

const dict2items: Filter = (of, call) => {
  const [key, value] = [textArgument(call, 0, 'key_name', 'key'), textArgument(call, 1, 'value_name', 'value')]
  return Object.entries(mappingFrom(of)).map(([name, entry]) => ({ [key]: name, [value]: entry }))
}

const items2dict: Filter = (of, call) => {
  const [key, value] = [textArgument(call, 0, 'key_name', 'key'), textArgument(call, 1, 'value_name', 'value')]
  return Object.fromEntries(
    listFrom(of).map(entry => {
      const item = mappingFrom(entry)
      if (item[key] === undefined || item[value] === undefined)
        throw new Error(`each entry needs ${key} and ${value}: ${pythonRepr(entry)}`)
      return [pythonText(item[key]), item[value]]
    }),
  )
}

const dictsort: Filter = (of, call) => {
  const sensitive = flagArgument(call, 0, 'case_sensitive')
  const by = textArgument(call, 1, 'by', 'key') === 'value' ? 1 : 0
  const fold = (value: Value) => (typeof value === 'string' && !sensitive ? value.toLowerCase() : value)
  const sign = flagArgument(call, 2, 'reverse') ? -1 : 1
  return Object.entries(mappingFrom(of)).sort(
    (a, b) => compareValues(fold(a[by] as Value), fold(b[by] as Value)) * sign,
  )
}

/** Each parent with each entry of a list below it. */
const subelements: Filter = (of, call) => {
  const path = textArgument(call, 0, 'subelements').split('.')
  const skip = flagArgument(call, 1, 'skip_missing')
  const parents = isMapping(of) ? Object.values(of) : listFrom(of)
  return parents.flatMap(parent => {
    const list = pathValue(parent, path.join('.'))
    if (list === undefined && skip) return []
    if (!Array.isArray(list))
      throw new Error(`the key ${path.join('.')} should point to a list, got ${pythonRepr(list ?? null)}`)
    return list.map(entry => [parent, entry])
  })
}

/** 'key' | extract(container, more keys). */
const extract: Filter = (of, call) => {
  const more = argument(call, 1, 'morekeys', [])
  let found = get(argument(call, 0, 'container', {}), of)
  for (const key of Array.isArray(more) ? more : [more]) {
    if (found === undefined) return undefined
    found = get(found, key as Value)
  }
  return found
}

/** Filters on mappings. */
export const mappingFilters: Record<string, Filter> = {
  combine,
  dict2items,
  items2dict,
  dictsort,
  subelements,
  extract,
  items: of => Object.entries(mappingFrom(of)),
  attr: (of, call) => get(of, call.args[0] ?? ''),
  rekey_on_member: (of, call) =>
    Object.fromEntries(
      (isMapping(of) ? Object.values(of) : listFrom(of)).map(entry => [
        pythonText(pathValue(entry, call.args[0] ?? '') ?? ''),
        entry,
      ]),
    ),
  dict_kv: (of, call) => ({ [textArgument(call, 0, 'key')]: of }),
}
