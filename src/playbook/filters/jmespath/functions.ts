import { calculate } from '../../python/arithmetic.ts'
import { compare, contains as isIn } from '../../python/compare.ts'
import { toFloat } from '../../python/convert.ts'
import { mappingOf } from '../../python/item.ts'
import { jsonText } from '../../python/json.ts'
import { entriesOf, keysOf, valuesOf } from '../../python/mapping.ts'
import { float, isDict, isList, isNumber, type Operand } from '../../python/operand.ts'
import { lengthOf } from '../../python/sequence.ts'
import { str } from '../../python/text.ts'
import type { Query } from './parse.ts'

interface At {
  readonly value: Operand
  readonly found: (query: Query, value: Operand) => Operand
}

/** JMESPath's functions. Throws Error for an unknown one, and for arguments of another type than it takes. */
export function callFunction(name: string, args: readonly Query[], at: At): Operand {
  const by = Object.hasOwn(BY, name) ? BY[name] : undefined
  if (by) {
    const places = name === 'map' ? [args[1], args[0]] : args
    const [list, key] = places
    if (!list || key?.type !== 'reference') throw wrong(name)
    return by(listFrom(at.found(list, at.value), name), entry => at.found(key.of, entry))
  }
  const plain = Object.hasOwn(PLAIN, name) ? PLAIN[name] : undefined
  if (!plain) throw new Error(`json_query: there is no function ${name}()`)
  return plain(
    args.map(arg => at.found(arg, at.value)),
    name,
  )
}

function wrong(name: string): Error {
  return new Error(`json_query: ${name}() was given an argument of another type than it takes`)
}

function listFrom(value: Operand | undefined, name: string): readonly Operand[] {
  if (isList(value)) return value
  throw wrong(name)
}

function mappingFrom(value: Operand | undefined, name: string) {
  if (isDict(value)) return value
  throw wrong(name)
}

function textFrom(value: Operand | undefined, name: string): string {
  if (typeof value === 'string') return value
  throw wrong(name)
}

function numberFrom(value: Operand | undefined, name: string): number {
  if (isNumber(value) && typeof value !== 'boolean') return Number(value)
  throw wrong(name)
}

type Key = (entry: Operand) => Operand

function extremeBy(sign: number): (list: readonly Operand[], key: Key) => Operand {
  return (list, key) =>
    list.length === 0 ? null : list.reduce((best, entry) => (compare(key(entry), key(best)) * sign > 0 ? entry : best))
}

const BY: Readonly<Record<string, (list: readonly Operand[], key: Key) => Operand>> = {
  map: (list, key) => list.map(key),
  sort_by: (list, key) => list.toSorted((a, b) => compare(key(a), key(b))),
  max_by: extremeBy(1),
  min_by: extremeBy(-1),
}

function sumOf(list: readonly Operand[]): Operand {
  return list.reduce((total, each) => calculate('+', total, each), 0)
}

function typeOf(value: Operand): string {
  if (value === null) return 'null'
  if (typeof value === 'boolean' || typeof value === 'string') return typeof value
  return isNumber(value) ? 'number' : isList(value) ? 'array' : 'object'
}

const PLAIN: Readonly<Record<string, (args: readonly Operand[], name: string) => Operand>> = {
  abs: ([value], name) => Math.abs(numberFrom(value, name)),
  avg: ([list], name) => {
    const all = listFrom(list, name)
    return all.length === 0 ? null : calculate('/', sumOf(all), all.length)
  },
  ceil: ([value], name) => Math.ceil(numberFrom(value, name)),
  contains: ([container = null, entry = null]) =>
    typeof container === 'string' && typeof entry !== 'string' ? false : isIn(container, entry),
  ends_with: ([text, end], name) => textFrom(text, name).endsWith(textFrom(end, name)),
  floor: ([value], name) => Math.floor(numberFrom(value, name)),
  items: ([mapping], name) => entriesOf(mappingFrom(mapping, name)).map(entry => [...entry]),
  join: ([by, list], name) =>
    listFrom(list, name)
      .map(each => textFrom(each, name))
      .join(textFrom(by, name)),
  keys: ([mapping], name) => keysOf(mappingFrom(mapping, name)),
  length: ([value = null]) => lengthOf(value),
  max: ([list], name) => extremeBy(1)(listFrom(list, name), each => each),
  merge: (mappings, name) => mappingOf(mappings.flatMap(each => entriesOf(mappingFrom(each, name)))),
  min: ([list], name) => extremeBy(-1)(listFrom(list, name), each => each),
  not_null: args => args.find(each => each !== null) ?? null,
  reverse: ([value], name) =>
    typeof value === 'string' ? [...value].reverse().join('') : listFrom(value, name).toReversed(),
  sort: ([list], name) => listFrom(list, name).toSorted((a, b) => compare(a, b)),
  starts_with: ([text, start], name) => textFrom(text, name).startsWith(textFrom(start, name)),
  sum: ([list], name) => sumOf(listFrom(list, name)),
  to_array: ([value = null]) => (isList(value) ? value : [value]),
  to_number: ([value = null]) => {
    if (isNumber(value) && typeof value !== 'boolean') return value
    const number = typeof value === 'string' ? toFloat(value) : undefined
    if (number === undefined) return null
    return /^\s*[-+]?\d+\s*$/.test(str(value)) ? number : float(number)
  },
  to_string: ([value = null]) =>
    typeof value === 'string'
      ? value
      : jsonText(value, { indent: null, sortKeys: false, ascii: false, separators: [',', ':'] }),
  type: ([value = null]) => typeOf(value),
  values: ([mapping], name) => valuesOf(mappingFrom(mapping, name)),
}
