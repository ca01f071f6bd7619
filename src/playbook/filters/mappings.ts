import { ownAttribute, subscriptOf } from '../python/attribute.ts'
import { compare, isEqual } from '../python/compare.ts'
import { itemOf, mappingOf } from '../python/item.ts'
import { entriesOf, valuesOf } from '../python/mapping.ts'
import { isDict, isList, isUndefined, type Mapping, type Operand, tuple, typeName } from '../python/operand.ts'
import { repr, str } from '../python/text.ts'
import { argument, flagArgument, listFrom, pathValue, textArgument } from './argument.ts'
import type { Filter, FilterCall } from './filter.ts'

function mappingFrom(value: Operand): Mapping {
  if (isDict(value)) return value
  throw new Error(`${repr(value)} is not a dictionary`)
}

type Merge = { readonly recursive: boolean; readonly lists: string }

function combineTwo(a: Mapping, b: Mapping, how: Merge): Mapping {
  return mappingOf([
    ...entriesOf(a),
    ...entriesOf(b).map(([key, value]) => [key, merged(itemOf(a, key), value, how)] as const),
  ])
}

function merged(before: Operand | undefined, value: Operand, how: Merge): Operand {
  if (how.recursive && isDict(before) && isDict(value)) return combineTwo(before, value, how)
  return isList(before) && isList(value) ? mergeLists(before, value, how.lists) : value
}

function mergeLists(a: readonly Operand[], b: readonly Operand[], how: string): Operand {
  const without = (list: readonly Operand[], from: readonly Operand[]) =>
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

function howToMerge(call: FilterCall): Merge {
  return { recursive: flagArgument(call, 99, 'recursive'), lists: textArgument(call, 99, 'list_merge', 'replace') }
}

/** The second over the first, as combine has it. */
export function mergeMappings(a: Mapping, b: Mapping, call: FilterCall): Mapping {
  return combineTwo(a, b, howToMerge(call))
}

const combine: Filter = (of, call) => {
  const how = howToMerge(call)
  const all = [of, ...call.args].flatMap(value => (Array.isArray(value) ? value : [value]))
  return all.map(mappingFrom).reduce((result, next) => combineTwo(result, next, how), {})
}

const dict2items: Filter = (of, call) => {
  const [key, value] = [textArgument(call, 0, 'key_name', 'key'), textArgument(call, 1, 'value_name', 'value')]
  return entriesOf(mappingFrom(of)).map(([name, entry]) =>
    mappingOf([
      [key, name],
      [value, entry],
    ]),
  )
}

const items2dict: Filter = (of, call) => {
  const [key, value] = [argument(call, 0, 'key_name', 'key'), argument(call, 1, 'value_name', 'value')]
  if (!isList(of)) throw new Error(`items2dict requires a list, got ${typeName(of)} instead`)
  return mappingOf(
    of.map(entry => {
      const pair = [subscriptOf(entry, key), subscriptOf(entry, value)] as const
      const [name, content] = pair
      if (name === undefined || content === undefined)
        throw new Error(`each entry needs ${str(key)} and ${str(value)}: ${repr(entry)}`)
      return [name, content]
    }),
  )
}

const dictsort: Filter = (of, call) => {
  const sensitive = flagArgument(call, 0, 'case_sensitive')
  const by = textArgument(call, 1, 'by', 'key') === 'value' ? 1 : 0
  const fold = (value: Operand) => (typeof value === 'string' && !sensitive ? value.toLowerCase() : value)
  const sign = flagArgument(call, 2, 'reverse') ? -1 : 1
  return entriesOf(mappingFrom(of))
    .sort((a, b) => compare(fold(a[by]), fold(b[by])) * sign)
    .map(entry => tuple<Operand>(entry))
}

/** Each parent with each entry of a list below it. */
const subelements: Filter = (of, call) => {
  const path = textArgument(call, 0, 'subelements').split('.')
  const skip = flagArgument(call, 1, 'skip_missing')
  const parents = isDict(of) ? valuesOf(of) : listFrom(of)
  return parents.flatMap(parent => {
    const list = pathValue(parent, path.join('.'))
    if (list === undefined && skip) return []
    if (!isList(list)) throw new Error(`the key ${path.join('.')} should point to a list, got ${repr(list ?? null)}`)
    return list.map(entry => tuple<Operand>([parent, entry]))
  })
}

/** 'key' | extract(container, more keys). */
const extract: Filter = (of, call) => {
  const more = argument(call, 1, 'morekeys', [])
  let found = subscriptOf(argument(call, 0, 'container', {}), of)
  for (const key of isList(more) ? more : [more]) {
    if (found === undefined) return undefined
    found = subscriptOf(found, key)
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
  items: of => (isUndefined(of) ? [] : entriesOf(mappingFrom(of)).map(entry => tuple<Operand>(entry))),
  attr: (of, call) => ownAttribute(of, textArgument(call, 0, 'name')),
  rekey_on_member: (of, call) =>
    mappingOf(
      (isDict(of) ? valuesOf(of) : listFrom(of)).map(entry => [pathValue(entry, call.args[0] ?? '') ?? '', entry]),
    ),
  dict_kv: (of, call) => ({ [textArgument(call, 0, 'key')]: of }),
}
