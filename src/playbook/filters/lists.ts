import type { Value } from '../../model/value.ts'
import { compareValues, isEqual, pythonText } from '../jinja/python.ts'
import { argument, flagArgument, listFrom, numberArgument, pathValue, textArgument } from './argument.ts'
import type { Filter } from './index.ts'

/** By value or attribute, texts without regard to case unless asked; equal entries keep their order. */
const sort: Filter = (of, call) => {
  const reverse = flagArgument(call, 0, 'reverse')
  const sensitive = flagArgument(call, 1, 'case_sensitive')
  const attribute = argument(call, 2, 'attribute', null)
  const keys = (entry: Value): Value[] =>
    attribute === null
      ? [entry]
      : pythonText(attribute)
          .split(',')
          .map(name => pathValue(entry, name.trim()) ?? null)
  const fold = (value: Value) => (typeof value === 'string' && !sensitive ? value.toLowerCase() : value)
  const sorted = listFrom(of).sort((a, b) => {
    const order = compareValues(keys(a).map(fold), keys(b).map(fold))
    return reverse ? -order : order
  })
  return sorted
}

const extreme =
  (sign: number): Filter =>
  (of, call) => {
    const attribute = argument(call, 1, 'attribute', null)
    const sensitive = flagArgument(call, 0, 'case_sensitive')
    const key = (entry: Value) => {
      const value = attribute === null ? entry : (pathValue(entry, attribute) ?? null)
      return typeof value === 'string' && !sensitive ? value.toLowerCase() : value
    }
    const list = listFrom(of)
    return list.length === 0
      ? undefined
      : list.reduce((best, entry) => (compareValues(key(entry), key(best)) * sign > 0 ? entry : best))
  }

const sum: Filter = (of, call) => {
  const attribute = argument(call, 0, 'attribute', null)
  const start = argument(call, 1, 'start', 0)
  const values = listFrom(of).map(entry => (attribute === null ? entry : (pathValue(entry, attribute) ?? 0)))
  return values.reduce<Value>((total, value) => {
    if (Array.isArray(total) && Array.isArray(value)) return total.concat(value)
    if (typeof total === 'number' && (typeof value === 'number' || typeof value === 'boolean'))
      return total + Number(value)
    throw new Error(`cannot add ${JSON.stringify(value)}`)
  }, start)
}

function flatten(list: readonly Value[], levels: number, keepNone: boolean): Value[] {
  return list.flatMap(entry => {
    if (entry === null || entry === 'None' || entry === 'null') return keepNone ? [entry] : []
    return Array.isArray(entry) && levels > 0 ? flatten(entry, levels - 1, keepNone) : [entry]
  })
}

const join: Filter = (of, call) => {
  const attribute = argument(call, 1, 'attribute', null)
  const list = listFrom(of).map(entry => (attribute === null ? entry : (pathValue(entry, attribute) ?? '')))
  return list.map(entry => (entry === null ? 'None' : pythonText(entry))).join(textArgument(call, 0, 'd'))
}

const groupby: Filter = (of, call) => {
  const attribute = argument(call, 0, 'attribute', '')
  const groups: [Value, Value[]][] = []
  for (const entry of listFrom(of)) {
    const key = pathValue(entry, attribute) ?? argument(call, 1, 'default', null)
    const group = groups.find(([name]) => isEqual(name, key))
    if (group) group[1].push(entry)
    else groups.push([key, [entry]])
  }
  return groups.sort(([a], [b]) => compareValues(a, b))
}

const batch: Filter = (of, call) => {
  const list = listFrom(of)
  const size = numberArgument(call, 0, 'linecount', 1)
  const fill = argument(call, 1, 'fill_with', undefined)
  const batches: Value[][] = []
  for (let next = 0; next < list.length; next += size) batches.push(list.slice(next, next + size))
  const last = batches.at(-1)
  while (last && fill !== undefined && fill !== null && last.length < size) last.push(fill)
  return batches
}

const slice: Filter = (of, call) => {
  const list = listFrom(of)
  const count = numberArgument(call, 0, 'slices', 1)
  const fill = argument(call, 1, 'fill_with', null)
  const size = Math.floor(list.length / count)
  const longer = list.length % count
  let next = 0
  return Array.from({ length: count }, (_, index) => {
    const part = list.slice(next, next + size + (index < longer ? 1 : 0))
    next += part.length
    if (fill !== null && index >= longer && longer > 0) part.push(fill)
    return part
  })
}

const zip =
  (long: boolean): Filter =>
  (of, call) => {
    const lists = [of, ...call.args].map(listFrom)
    const lengths = lists.map(list => list.length)
    const length = long ? Math.max(...lengths) : Math.min(...lengths)
    const fill = call.named.fillvalue ?? null
    return Array.from({ length }, (_, index) =>
      lists.map(list => (index < list.length ? (list[index] as Value) : fill)),
    )
  }

function product(lists: readonly Value[][]): Value[][] {
  return lists.reduce<Value[][]>((found, list) => found.flatMap(head => list.map(entry => [...head, entry])), [[]])
}

function combinations(list: readonly Value[], size: number): Value[][] {
  if (size === 0) return [[]]
  return list.flatMap((entry, index) => combinations(list.slice(index + 1), size - 1).map(tail => [entry, ...tail]))
}

function permutations(list: readonly Value[], size: number): Value[][] {
  if (size === 0) return [[]]
  return list.flatMap((entry, index) => permutations(list.toSpliced(index, 1), size - 1).map(tail => [entry, ...tail]))
}

/** Filters on lists. */
export const listFilters: Record<string, Filter> = {
  sort,
  min: extreme(-1),
  max: extreme(1),
  sum,
  join,
  groupby,
  batch,
  slice,
  list: of => listFrom(of),
  length: of => (of === null ? lengthless() : listFrom(of).length),
  count: of => listFrom(of).length,
  first: of => listFrom(of)[0],
  last: of => listFrom(of).at(-1),
  reverse: of => (typeof of === 'string' ? [...of].reverse().join('') : listFrom(of).reverse()),
  flatten: (of, call) =>
    flatten(
      listFrom(of),
      Number(argument(call, 0, 'levels', null) ?? 1000),
      !flagArgument(call, 1, 'skip_nulls', true),
    ),
  zip: zip(false),
  zip_longest: zip(true),
  product: (of, call) => product([listFrom(of), ...call.args.map(listFrom)]),
  combinations: (of, call) => combinations(listFrom(of), numberArgument(call, 0, 'r', 2)),
  permutations: (of, call) => {
    const list = listFrom(of)
    return permutations(list, numberArgument(call, 0, 'r', list.length))
  },
  random: (of, call) => pick(of, call.named.seed),
  shuffle: (of, call) => shuffle(listFrom(of), call.named.seed),
}

function lengthless(): never {
  throw new Error('None has no length')
}

function pick(of: Value, seed: Value | undefined): Value | undefined {
  const list = typeof of === 'number' ? null : listFrom(of)
  const place = Math.floor(generator(seed)() * (list ? list.length : Number(of)))
  return list ? list[place] : place
}

function shuffle(list: Value[], seed: Value | undefined): Value[] {
  const next = generator(seed)
  return list
    .map(value => ({ value, order: next() }))
    .sort((a, b) => a.order - b.order)
    .map(({ value }) => value)
}

/** With a seed, the same numbers each time (not Python's numbers). */
function generator(seed: Value | undefined): () => number {
  if (seed === undefined || seed === null) return Math.random
  let state = [...pythonText(seed)].reduce(
    (hash, letter) => Math.imul(hash ^ letter.charCodeAt(0), 16777619),
    2166136261,
  )
  return () => {
    state = Math.imul(state ^ (state >>> 15), 2246822507) + 0x9e3779b9
    return ((state ^ (state >>> 13)) >>> 0) / 4294967296
  }
}
