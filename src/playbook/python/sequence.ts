import { MOST_ENTRIES } from './arithmetic.ts'
import { keysOf } from './mapping.ts'
import { defined, integer, isDict, isInteger, isList, type Operand, shaped, shapeOf, typeName } from './operand.ts'

/** What a loop goes through: entries, letters or keys. Throws Error for what has none. */
export function iterate(value: Operand): readonly Operand[] {
  const known = defined(value)
  if (isList(known)) return known
  if (typeof known === 'string') return letters(known)
  if (isDict(known)) return keysOf(known)
  throw new Error(`'${typeName(known)}' object is not iterable`)
}

/** The letters of a text: Python counts code points. */
export function letters(text: string): readonly string[] {
  return isSimple(text) ? text.split('') : [...text]
}

/** No letter takes two places of a JavaScript string. */
function isSimple(text: string): boolean {
  return !/[\ud800-\udbff]/.test(text)
}

/** Python's len(). Throws Error for what has none. */
export function lengthOf(value: Operand): number {
  const known = defined(value)
  if (typeof known === 'string') return isSimple(known) ? known.length : [...known].length
  if (isList(known)) return known.length
  if (isDict(known)) return Object.keys(known).length
  throw new Error(`object of type '${typeName(known)}' has no len()`)
}

/** list[3], text[-1]; undefined past the end, or for an index that is no integer. */
export function entryAt(of: string | readonly Operand[], index: Operand): Operand | undefined {
  if (!isInteger(index)) return undefined
  if (typeof of !== 'string') return isIndexed(of) ? of.at(Number(index)) : undefined
  return isSimple(of) ? of.at(Number(index)) : [...of].at(Number(index))
}

/** The views of a mapping have no places. */
function isIndexed(list: readonly Operand[]): boolean {
  return /^(list|tuple|range)$/.test(shapeOf(list))
}

/** Python's slice; undefined for what has no slices. Throws Error for bounds that are no integers. */
export function slice(of: Operand, [from = null, to = null, step = null]: readonly Operand[]): Operand | undefined {
  if (typeof of !== 'string' && !(isList(of) && isIndexed(of))) return undefined
  const by = step === null ? 1 : bound(step)
  if (by === 0) throw new Error('slice step cannot be zero')
  const all = typeof of === 'string' ? letters(of) : of
  const last = all.length
  const start = from === null ? (by < 0 ? last - 1 : 0) : clamped(bound(from), last, by)
  const end = to === null ? (by < 0 ? -1 : last) : clamped(bound(to), last, by)
  const taken: Operand[] = []
  for (let at = start; by > 0 ? at < end : at > end; at += by) taken.push(all[at] as Operand)
  if (typeof of === 'string') return taken.join('')
  const shape = shapeOf(of)
  return shape === 'list' ? taken : shaped(taken, shape)
}

function bound(value: Operand): number {
  if (isInteger(value)) return Number(value)
  throw new Error('slice indices must be integers or None or have an __index__ method')
}

function clamped(index: number, length: number, by: number): number {
  const at = index < 0 ? index + length : index
  return Math.max(by < 0 ? -1 : 0, Math.min(by < 0 ? length - 1 : length, at))
}

/** Python's range(). Throws Error for bounds that are no integers, and for a range too long to be meant. */
export function range(args: readonly Operand[]): readonly Operand[] {
  for (const each of args)
    if (!isInteger(defined(each))) throw new Error(`'${typeName(each)}' object cannot be interpreted as an integer`)
  if (args.length === 0 || args.length > 3) throw new Error(`range expected 1 to 3 arguments, got ${args.length}`)
  const bounds = args.map(Number)
  const [from, to, by] = [
    bounds.length > 1 ? (bounds[0] as number) : 0,
    bounds[bounds.length > 1 ? 1 : 0] as number,
    bounds[2] ?? 1,
  ]
  if (by === 0) throw new Error('range() arg 3 must not be zero')
  const length = Math.max(0, Math.ceil((to - from) / by))
  if (length > MOST_ENTRIES) throw new Error(`range has too many elements: more than ${MOST_ENTRIES} are refused`)
  return shaped(
    Array.from({ length }, (_, index) => from + index * by),
    'range',
  )
}

/** Integers of text: '42', '-7', '1_000'; undefined for anything else. */
export function integerOf(text: string): number | bigint | undefined {
  const digits = text.trim()
  return /^[-+]?\d+(_\d+)*$/.test(digits) ? integer(BigInt(digits.replace(/^\+/, '').replaceAll('_', ''))) : undefined
}
