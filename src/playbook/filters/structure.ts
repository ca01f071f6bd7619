import { compare, isEqual, isTrue } from '../python/compare.ts'
import { itemOf, mappingOf } from '../python/item.ts'
import { entriesOf } from '../python/mapping.ts'
import { isDict, isList, type Mapping, type Operand } from '../python/operand.ts'
import { repr, str } from '../python/text.ts'
import { argument, attributeAt, flagArgument, listFrom, textArgument } from './argument.ts'
import type { Filter, FilterCall } from './filter.ts'
import { mergeMappings } from './mappings.ts'
import { pythonExpression } from './regex.ts'

/** How the names of keys are compared with those that are wanted. */
function matcher(call: FilterCall): (name: string, wanted: string) => boolean {
  const how = textArgument(call, 1, 'matching_parameter', 'equality')
  if (how === 'starts_with') return (name, wanted) => name.startsWith(wanted)
  if (how === 'ends_with') return (name, wanted) => name.endsWith(wanted)
  if (how === 'regex') return (name, wanted) => pythonExpression(`\\A(?:${wanted})`, { text: name }).test(name)
  if (how === 'equality') return (name, wanted) => name === wanted
  throw new Error(`matching_parameter is none of equality, starts_with, ends_with and regex: ${how}`)
}

function structureFrom(of: Operand): Operand {
  if (isDict(of) || isList(of)) return of
  throw new Error(`${repr(of)} is neither a list nor a dictionary`)
}

function targets(call: FilterCall): Operand[] {
  const given = argument(call, 0, 'target', [])
  return isList(given) ? [...given] : [given]
}

/** Without some keys, at every depth. */
const removeKeys: Filter = (of, call) => {
  const [matches, names] = [matcher(call), targets(call).map(str)]
  const isOut = (key: Operand) => names.some(name => matches(str(key), name))
  const without = (value: Operand): Operand => {
    if (isList(value)) return value.map(without).filter(isTrue)
    if (!isDict(value)) return value
    return mappingOf(entriesOf(value).flatMap(([key, entry]) => (isOut(key) ? [] : [[key, without(entry)] as const])))
  }
  return without(structureFrom(of))
}

/** Some keys only, at every depth; what is then empty goes. */
const keepKeys: Filter = (of, call) => {
  const [matches, names] = [matcher(call), targets(call).map(str)]
  const isEmpty = (value: Operand) => (isList(value) || isDict(value)) && !isTrue(value)
  const kept = (value: Operand): Operand => {
    if (isList(value)) return value.map(kept)
    if (!isDict(value)) return value
    return mappingOf(
      entriesOf(value).flatMap(([key, entry]) => {
        if (!isList(entry) && !isDict(entry))
          return names.some(name => matches(str(key), name)) ? [[key, entry] as const] : []
        const inner = kept(entry)
        const left = isList(inner) ? inner.filter(each => !isEmpty(each)) : inner
        const isText = isList(left) && left.every(each => typeof each === 'string')
        return isText || isEmpty(left) ? [] : [[key, left] as const]
      }),
    )
  }
  return kept(structureFrom(of))
}

/** Other names for some keys, at every depth; they move to the end. */
const replaceKeys: Filter = (of, call) => {
  const matches = matcher(call)
  const pairs = targets(call).map(target => [
    str(attributeAt(target, 'before')),
    str(attributeAt(target, 'after')),
  ]) as [string, string][]
  const replaced = (value: Operand): Operand => {
    if (isList(value)) return value.map(replaced)
    if (!isDict(value)) return value
    let entries: [Operand, Operand][] = entriesOf(value)
    for (const [before, after] of pairs) {
      const found = entries.filter(([key]) => matches(str(key), before))
      const rest = entries.filter(entry => !found.includes(entry))
      entries = [...rest, ...found.map(([, entry]) => [after, entry] as [Operand, Operand])]
    }
    return mappingOf(entries.map(([key, entry]) => [key, replaced(entry)]))
  }
  return replaced(structureFrom(of))
}

/** Every value with the way to it: {'a.b[0]': 1}. Lists and mappings without entries are values. */
export function pathsOf(value: Operand, before = ''): [string, Operand][] {
  if (isList(value) && value.length > 0) return value.flatMap((entry, index) => pathsOf(entry, `${before}[${index}]`))
  if (!isDict(value) || Object.keys(value).length === 0) return [[before, value]]
  return entriesOf(value).flatMap(([key, entry]) => {
    if (typeof key === 'number') return pathsOf(entry, `${before}[${key}]`)
    const name = str(key)
    const isWord = /^[A-Za-z_]\w*$/.test(name)
    return pathsOf(entry, isWord ? (before === '' ? name : `${before}.${name}`) : `${before}['${name}']`)
  })
}

const toPaths: Filter = (of, call) => {
  const prepend = argument(call, 0, 'prepend', null)
  const paths = mappingOf(pathsOf(of, prepend === null ? '' : str(prepend)))
  return flagArgument(call, 1, 'wantlist') ? [paths] : paths
}

/** A value by its way: a.b[0]['c']. Throws Error when it is not there. */
export function valueAt(value: Operand, path: string): Operand {
  const parts = path.matchAll(/\[(\d+)\]|\[\s*(['"])(.*?)\2\s*\]|([^.[\]]+)/g)
  let found = value
  for (const [, index, , quoted, name] of parts) {
    const key = index === undefined ? (quoted ?? name ?? '') : Number(index)
    found = attributeAt(found, typeof key === 'string' && key.includes('.') ? null : key)
    if (typeof key === 'string' && key.includes('.')) found = isDict(found) ? (itemOf(found, key) ?? null) : null
  }
  return found
}

/** Where an entry stands that passes a test. */
const indexOf: Filter = (of, call) => {
  const test = textArgument(call, 0, 'test')
  const value = argument(call, 1, 'value', undefined)
  const key = argument(call, 2, 'key', null)
  const negated = /^(!|not )/.test(test)
  const name = test.replace(/^(!|not )/, '').replace(/^=$/, '==')
  const args = value === undefined ? [] : [name === 'in' && !isList(value) ? [value] : value]
  const places = listFrom(of).flatMap((entry, index) => {
    const asked = key === null ? entry : attributeAt(entry, key)
    return call.services.test(name, asked, { args, named: {} }) !== negated ? [index] : []
  })
  if (places.length === 0 && flagArgument(call, 4, 'fail_on_missing')) throw new Error('no matches were found')
  return places.length === 1 && !flagArgument(call, 3, 'wantlist') ? (places[0] as number) : places
}

/** Lists of mappings as one, merged where a key has the same value, in the order of that key. */
const listsMergeBy: Filter = (of, call) => {
  const index = call.args.at(-1)
  if (typeof index !== 'string') throw new Error('the last argument must be the name of a key')
  const given = [of, ...call.args.slice(0, -1)].map(list => listFrom(list))
  const lists = given.flatMap(list => (list.length > 0 && list.every(isList) ? list.map(listFrom) : [list]))
  const merged: { key: Operand; value: Mapping }[] = []
  for (const entry of lists.flat()) {
    if (!isDict(entry)) throw new Error(`the entries must be dictionaries: ${repr(entry)}`)
    const key = itemOf(entry, index)
    if (key === undefined) continue
    const before = merged.find(each => isEqual(each.key, key))
    if (before) before.value = mergeMappings(before.value, entry, call)
    else merged.push({ key, value: entry })
  }
  return merged.sort((a, b) => compare(a.key, b.key)).map(({ value }) => value)
}

/** Filters that look for parts of lists and mappings, at any depth. */
export const structureFilters: Record<string, Filter> = {
  remove_keys: removeKeys,
  keep_keys: keepKeys,
  replace_keys: replaceKeys,
  to_paths: toPaths,
  get_path: (of, call) => {
    const found = valueAt(of, textArgument(call, 0, 'path'))
    return flagArgument(call, 1, 'wantlist') ? [found] : found
  },
  index_of: indexOf,
  lists_mergeby: listsMergeBy,
}
