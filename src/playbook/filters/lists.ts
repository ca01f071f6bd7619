import { calculate, MOST_ENTRIES } from '../python/arithmetic.ts'
import { compare, isEqual } from '../python/compare.ts'
import { defined, groupOf, type Operand, tuple } from '../python/operand.ts'
import { combinations, permutations, product } from '../python/product.ts'
import { lengthOf } from '../python/sequence.ts'
import { type Counted, count, MOST_VALUES } from '../python/size.ts'
import { joined, str } from '../python/text.ts'
import { argument, attributeAt, flagArgument, listFrom, numberArgument, textArgument } from './argument.ts'
import type { Filter } from './filter.ts'

/** By value or attribute, texts without regard to case unless asked; equal entries keep their order. */
const sort: Filter = (of, call) => {
  const reverse = flagArgument(call, 0, 'reverse')
  const sensitive = flagArgument(call, 1, 'case_sensitive')
  const attribute = argument(call, 2, 'attribute', null)
  const names = typeof attribute === 'string' ? attribute.split(',').map(name => name.trim()) : [attribute]
  const keysOf = (entry: Operand) =>
    attribute === null ? [folded(entry, sensitive)] : names.map(name => folded(attributeAt(entry, name), sensitive))
  const keyed = listFrom(of).map(entry => ({ entry, keys: keysOf(entry) }))
  const sign = reverse ? -1 : 1
  return keyed.sort((a, b) => compare(a.keys, b.keys) * sign).map(({ entry }) => entry)
}

/** What a text counts as where case does not matter. */
function folded(value: Operand, sensitive: boolean): Operand {
  return typeof value === 'string' && !sensitive ? value.toLowerCase() : value
}

const extreme =
  (sign: number): Filter =>
  (of, call) => {
    const sensitive = flagArgument(call, 0, 'case_sensitive')
    const attribute = argument(call, 1, 'attribute', null)
    const key = (entry: Operand) => folded(attribute === null ? entry : attributeAt(entry, attribute), sensitive)
    const list = listFrom(of)
    return list.length === 0
      ? undefined
      : list.reduce((best, entry) => (compare(key(entry), key(best)) * sign > 0 ? entry : best))
  }

const sum: Filter = (of, call) => {
  const attribute = argument(call, 0, 'attribute', null)
  const start = argument(call, 1, 'start', 0)
  const values = listFrom(of).map(entry => (attribute === null ? entry : attributeAt(entry, attribute)))
  return values.reduce((total, value) => calculate('+', total, defined(value)), start)
}

function flatten(list: readonly Operand[], levels: number, how: { keepNone: boolean; size: Counted }): Operand[] {
  return list.flatMap(entry => {
    count(how.size)
    if (entry === null || entry === 'None' || entry === 'null') return how.keepNone ? [entry] : []
    return Array.isArray(entry) && levels > 0 ? flatten(entry, levels - 1, how) : [entry]
  })
}

const join: Filter = (of, call) => {
  const attribute = argument(call, 1, 'attribute', null)
  const list = listFrom(of).map(entry => (attribute === null ? entry : attributeAt(entry, attribute)))
  return joined(list.map(str), textArgument(call, 0, 'd'))
}

const groupby: Filter = (of, call) => {
  const attribute = argument(call, 0, 'attribute', '')
  const fallback = argument(call, 1, 'default', undefined)
  const sensitive = flagArgument(call, 2, 'case_sensitive')
  const groups: { key: Operand; name: Operand; entries: Operand[] }[] = []
  for (const entry of listFrom(of)) {
    const name = attributeAt(entry, attribute, fallback)
    const key = folded(name, sensitive)
    const group = groups.find(each => isEqual(each.key, key))
    if (group) group.entries.push(entry)
    else groups.push({ key, name, entries: [entry] })
  }
  return groups.sort((a, b) => compare(a.key, b.key)).map(({ name, entries }) => groupOf(name, entries))
}

const batch: Filter = (of, call) => {
  const list = listFrom(of)
  const size = Math.max(1, numberArgument(call, 0, 'linecount', 1))
  const fill = argument(call, 1, 'fill_with', undefined)
  const batches: Operand[][] = []
  for (let next = 0; next < list.length; next += size) batches.push(list.slice(next, next + size))
  const last = batches.at(-1)
  if (last && size > MOST_ENTRIES) throw new Error(`a list of more than ${MOST_ENTRIES} entries is refused`)
  while (last && fill !== undefined && fill !== null && last.length < size) last.push(fill)
  return batches
}

const slice: Filter = (of, call) => {
  const list = listFrom(of)
  const count = numberArgument(call, 0, 'slices', 1)
  if (!(count >= 1 && count <= MOST_ENTRIES)) throw new Error(`${count} is no number of slices`)
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
      tuple(lists.map(list => (index < list.length ? (list[index] as Operand) : fill))),
    )
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
  length: of => lengthOf(of),
  count: of => lengthOf(of),
  first: of => listFrom(of)[0],
  last: of => listFrom(of).at(-1),
  reverse: of => (typeof of === 'string' ? [...of].reverse().join('') : listFrom(of).reverse()),
  flatten: (of, call) =>
    flatten(listFrom(of), Number(argument(call, 0, 'levels', null) ?? 1000), {
      keepNone: !flagArgument(call, 1, 'skip_nulls', true),
      size: { left: MOST_VALUES },
    }),
  zip: zip(false),
  zip_longest: zip(true),
  product: (of, call) => {
    const lists = [listFrom(of), ...call.args.map(listFrom)]
    const times = Math.min(numberArgument(call, 99, 'repeat', 1), 100)
    return product(Array.from({ length: times }, () => lists).flat())
  },
  combinations: (of, call) => combinations(listFrom(of), numberArgument(call, 0, 'r', 2)),
  permutations: (of, call) => {
    const list = listFrom(of)
    return permutations(list, numberArgument(call, 0, 'r', list.length))
  },
  random: (of, call) => pick(of, call.named.seed),
  shuffle: (of, call) => shuffle(listFrom(of), call.named.seed),
}

function pick(of: Operand, seed: Operand | undefined): Operand | undefined {
  const list = typeof of === 'number' ? null : listFrom(of)
  const place = Math.floor(generator(seed)() * (list ? list.length : Number(of)))
  return list ? list[place] : place
}

function shuffle(list: Operand[], seed: Operand | undefined): Operand[] {
  const next = generator(seed)
  return list
    .map(value => ({ value, order: next() }))
    .sort((a, b) => a.order - b.order)
    .map(({ value }) => value)
}

/** With a seed, the same numbers each time (not Python's numbers). */
function generator(seed: Operand | undefined): () => number {
  if (seed === undefined || seed === null) return Math.random
  let state = [...str(seed)].reduce((hash, letter) => Math.imul(hash ^ letter.charCodeAt(0), 16777619), 2166136261)
  return () => {
    state = Math.imul(state ^ (state >>> 15), 2246822507) + 0x9e3779b9
    return ((state ^ (state >>> 13)) >>> 0) / 4294967296
  }
}
