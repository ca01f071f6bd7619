import type { Value } from '../../model/value.ts'

/**
 * What the operators of an expression work on: a Value, and what Python has beyond it. Integers are numbers, or bigints where a number
 * would not be exact; floats are numbers with a fraction, or a Float where they are whole. Lists and mappings are plain arrays and objects.
 */
export type Operand =
  | null
  | boolean
  | number
  | bigint
  | string
  | Float
  | Undefined
  | Special
  | readonly Operand[]
  | { readonly [name: string]: Operand }

/** A float that is whole: 1.0. JSON, Number() and the operators of JavaScript see the number in it. */
export interface Float {
  valueOf(): number
  toString(): string
}

/** A float, whole or not. */
export function float(value: number): number | Float {
  return Number.isInteger(value) ? (Object(value) as Float) : value
}

export function isFloat(value: unknown): value is number | Float {
  return typeof value === 'number' ? !Number.isInteger(value) : value instanceof Number
}

/** Python's bool is an int. */
export function isInteger(value: unknown): value is number | bigint | boolean {
  return typeof value === 'number' ? Number.isInteger(value) : typeof value === 'bigint' || typeof value === 'boolean'
}

export function isNumber(value: unknown): value is number | bigint | boolean | Float {
  return isInteger(value) || isFloat(value)
}

/** An integer as it is held: a number, unless that would not be exact. */
export function integer(value: bigint): number | bigint {
  return value <= MOST_SAFE && value >= -MOST_SAFE ? Number(value) : value
}

const MOST_SAFE = BigInt(Number.MAX_SAFE_INTEGER)

/** What is not there. It may be passed on and asked about; using it fails with `reason`. */
export interface Undefined {
  readonly [UNDEFINED]: true
  /** The name that is not defined, where it is one. */
  readonly name: string | null
  /** "'gone' is undefined", or which attribute of what is not there. Asked only when it is used: most are only asked about. */
  readonly reason: () => string
  /** What an `if` without its `else` gives: nothing, as an empty text. */
  readonly isEmpty: boolean
}

const UNDEFINED: unique symbol = Symbol('undefined')

export function undefinedOf(reason: () => string, name: string | null = null): Undefined {
  return { [UNDEFINED]: true, reason, name, isEmpty: false }
}

export const EMPTY: Undefined = {
  [UNDEFINED]: true,
  name: null,
  reason: () => 'an if without an else gives nothing here',
  isEmpty: true,
}

export function isUndefined(value: unknown): value is Undefined {
  return typeof value === 'object' && value !== null && UNDEFINED in value
}

/** Thrown where something undefined is used. */
export class UndefinedError extends Error {
  readonly of: Undefined

  constructor(of: Undefined) {
    super(of.reason())
    this.of = of
  }
}

/** What was found, or what stands for it. Unlike ??, None is something. */
export function orElse<A, B>(found: A | undefined, otherwise: () => B): A | B {
  return found === undefined ? otherwise() : found
}

/** The value, unless it is undefined. Throws UndefinedError. */
export function defined(value: Operand): Exclude<Operand, Undefined> {
  if (!isUndefined(value)) return value
  if (value.isEmpty) return ''
  throw new UndefinedError(value)
}

export interface CallArguments {
  readonly args: readonly Operand[]
  readonly named: Readonly<Record<string, Operand>>
}

/** A thing that only lives while a template is rendered: a macro, loop, namespace, date, a method that was named and not called. */
export interface Special {
  readonly [SPECIAL]: true
  /** The name of its Python type. */
  readonly type: string
  readonly text: () => string
  readonly attribute?: (name: string) => Operand | undefined
  readonly set?: (name: string, value: Operand) => void
  readonly call?: (call: CallArguments) => Operand
  /** What orders it among others of its type. */
  readonly order?: number
}

const SPECIAL: unique symbol = Symbol('special')

export function special(parts: Omit<Special, typeof SPECIAL>): Special {
  return { [SPECIAL]: true, ...parts }
}

export function isSpecial(value: unknown): value is Special {
  return typeof value === 'object' && value !== null && SPECIAL in value
}

export type Mapping = { readonly [name: string]: Operand }

export function isList(value: unknown): value is readonly Operand[] {
  return Array.isArray(value)
}

/** A mapping: no list, nothing of the above. */
export function isDict(value: unknown): value is Mapping {
  return (
    typeof value === 'object' &&
    value !== null &&
    !Array.isArray(value) &&
    !(value instanceof Number) &&
    !(UNDEFINED in value) &&
    !(SPECIAL in value)
  )
}

/** What an array is in Python, where it is not a list. A mark beside the array: it leaves as a list. */
export type Shape = 'tuple' | 'range' | 'dict_keys' | 'dict_values' | 'dict_items'

const shapes = new WeakMap<readonly unknown[], Shape>()

export function shaped<T>(list: readonly T[], shape: Shape): readonly T[] {
  shapes.set(list, shape)
  return list
}

export function tuple<T>(entries: readonly T[]): readonly T[] {
  return shaped(entries, 'tuple')
}

/** What groupby makes of the entries that have the same key: a tuple whose parts have names. */
export function groupOf(key: Operand, entries: readonly Operand[]): readonly Operand[] {
  const group = tuple<Operand>([key, entries])
  groups.add(group)
  return group
}

const groups = new WeakSet<readonly unknown[]>()

export function isGroup(list: readonly unknown[]): boolean {
  return groups.has(list)
}

export function shapeOf(list: readonly unknown[]): Shape | 'list' {
  return shapes.get(list) ?? 'list'
}

/** The name of a value's Python type. */
export function typeName(value: Operand | Value): string {
  if (value === null) return 'NoneType'
  if (Array.isArray(value)) return shapeOf(value)
  if (isFloat(value)) return 'float'
  if (isUndefined(value)) return 'AnsibleUndefined'
  if (isSpecial(value)) return value.type
  return TYPES[typeof value] ?? 'dict'
}

const TYPES: Readonly<Record<string, string>> = { boolean: 'bool', string: 'str', number: 'int', bigint: 'int' }
