import { type Key, noteFloats, noteKeys, writtenFloats, writtenKeys } from '../../model/as-written.ts'
import type { Value } from '../../model/value.ts'
import {
  defined,
  type Float,
  float,
  isDict,
  isFloat,
  isList,
  isSpecial,
  isUndefined,
  type Mapping,
  type Operand,
  shaped,
  shapeOf,
} from './operand.ts'
import { type Counted, count, MOST_VALUES } from './size.ts'

/** How values go into the evaluation of expressions and come out of it. */

/** With whole floats told from integers where that is known; `copies`: what the template does to it in place stays its own. */
export function enter(value: Operand, copies: boolean): Operand {
  if (typeof value !== 'object' || value === null || isSpecial(value) || isUndefined(value)) return value
  if (copies) return entered(value, 0)
  return writtenFloats(value) === undefined ? value : enteredOnce(value)
}

/** A value that holds whole floats is the same for every template: what it is in them is kept as long as it lives. */
const known = new WeakMap<object, Operand>()

function enteredOnce(value: object & Operand): Operand {
  const before = known.get(value)
  if (before !== undefined) return before
  const made = entered(value, 0)
  known.set(value, made)
  return made
}

const DEEPEST = 200

function tooDeep(): Error {
  return new Error(`a value of more than ${DEEPEST} levels is refused`)
}

function entered(value: Operand, level: number): Operand {
  if (level > DEEPEST) throw tooDeep()
  if (isList(value)) {
    const floats = writtenFloats(value)
    const list = value.map((entry, index) => enteredEntry(entry, floats?.has(String(index)) ?? false, level))
    return alike(list, value)
  }
  if (!isDict(value)) return value
  const floats = writtenFloats(value)
  const mapping = mapped(value, (entry, name) => enteredEntry(entry, floats?.has(name) ?? false, level))
  const written = writtenKeys(value)
  if (written) noteKeys(mapping, written)
  return mapping
}

function enteredEntry(entry: Operand, isWrittenFloat: boolean, level: number): Operand {
  return isWrittenFloat && typeof entry === 'number' ? float(entry) : entered(entry, level + 1)
}

function alike(list: Operand[], other: readonly Operand[]): Operand {
  const shape = shapeOf(other)
  return shape === 'list' ? list : shaped(list, shape)
}

function mapped<V extends Operand>(value: Mapping, change: (entry: Operand, name: string) => V): Record<string, V> {
  const mapping: Record<string, V> = {}
  for (const name of Object.keys(value)) {
    const entry = change(value[name] as Operand, name)
    if (name === '__proto__') Object.defineProperty(mapping, name, { value: entry, enumerable: true })
    else mapping[name] = entry
  }
  return mapping
}

/**
 * A result as a plain value: integers that a number cannot hold exactly are text (as where YAML is read), dates and the like their text.
 * A value that is plain already comes out as it is. Throws UndefinedError for what is undefined in it.
 */
export function leave(value: Operand): Value {
  return left(value, 0, { left: MOST_VALUES })
}

function left(value: Operand, level: number, size: Counted): Value {
  if (typeof value === 'bigint') return String(value)
  if (typeof value !== 'object' || value === null) return value
  if (level > DEEPEST) throw tooDeep()
  if (isFloat(value)) return Number(value)
  if (isUndefined(value)) return left(defined(value), level, size)
  if (isSpecial(value)) return value.text()
  count(size)
  if (isList(value)) return leftList(value, level, size)
  return leftMapping(value as Mapping, level, size)
}

function leftList(list: readonly Operand[], level: number, size: Counted): Value {
  const result = list.map(entry => left(entry, level + 1, size))
  if (result.every((entry, index) => entry === list[index])) return list as readonly Value[]
  const shape = shapeOf(list)
  const names = list.flatMap((entry, index) => (holdsFloat(entry) ? [String(index)] : []))
  noteInside(result, names, result)
  return shape === 'list' ? result : (shaped(result, shape) as readonly Value[])
}

function leftMapping(mapping: Mapping, level: number, size: Counted): Value {
  const result = mapped(mapping, entry => left(entry, level + 1, size))
  const names = Object.keys(mapping)
  if (names.every(name => result[name] === mapping[name])) return mapping as { readonly [key: string]: Value }
  const written: ReadonlyMap<string, Key> | undefined = writtenKeys(mapping)
  if (written) noteKeys(result, written)
  noteInside(
    result,
    names.filter(name => holdsFloat(mapping[name])),
    Object.values(result),
  )
  return result
}

function holdsFloat(entry: Operand | undefined): entry is Float {
  return typeof entry === 'object' && isFloat(entry)
}

function noteInside(container: object, names: readonly string[], entries: readonly Value[]): void {
  const isInside = entries.some(
    entry => typeof entry === 'object' && entry !== null && writtenFloats(entry) !== undefined,
  )
  if (names.length > 0 || isInside) noteFloats(container, new Set(names))
}
