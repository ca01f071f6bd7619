import { itemOf } from './item.ts'
import { entriesOf } from './mapping.ts'
import {
  defined,
  isDict,
  isFloat,
  isList,
  isNumber,
  isSpecial,
  type Mapping,
  type Operand,
  shapeOf,
  typeName,
} from './operand.ts'

/** Python's truth: empty text, list, mapping, 0 and None are false. Throws UndefinedError. */
export function isTrue(value: Operand): boolean {
  const known = defined(value)
  if (typeof known !== 'object' || known === null) return Boolean(known)
  if (isList(known)) return known.length > 0
  if (isFloat(known)) return Number(known) !== 0
  return isSpecial(known) || Object.keys(known).length > 0
}

/** Python's ==: 1 == 1.0 == True; the order of a mapping's keys does not count, a tuple is no list. Throws UndefinedError. */
export function isEqual(left: Operand, right: Operand): boolean {
  return isSame(left, right, DEEPEST)
}

const DEEPEST = 200

function isSame(left: Operand, right: Operand, levels: number): boolean {
  const [a, b] = [defined(left), defined(right)]
  if (a === b) return true
  if (isNumber(a) && isNumber(b)) return isSameNumber(numberOf(a), numberOf(b))
  if (typeof a !== 'object' || a === null || typeof b !== 'object' || b === null) return false
  if (levels === 0) throw new Error(`values of more than ${DEEPEST} levels cannot be compared`)
  if (isList(a))
    return (
      isList(b) &&
      a.length === b.length &&
      shapeOf(a) === shapeOf(b) &&
      a.every((entry, index) => isSame(entry, b[index] as Operand, levels - 1))
    )
  if (isSpecial(a) && isSpecial(b)) return a.type === b.type && a.order !== undefined && a.order === b.order
  return isDict(a) && isDict(b) && haveSameEntries(a, b, levels)
}

function haveSameEntries(a: Mapping, b: Mapping, levels: number): boolean {
  const entries = entriesOf(a)
  return (
    entries.length === Object.keys(b).length &&
    entries.every(([key, value]) => {
      const other = itemOf(b, key)
      return other !== undefined && isSame(value, other, levels - 1)
    })
  )
}

/** A number as JavaScript compares it exactly, integers of any size with floats. */
function numberOf(value: Operand): number | bigint {
  return typeof value === 'bigint' ? value : Number(value)
}

/** An integer of any size and a float are compared exactly; nan is not even itself. */
function isSameNumber(a: number | bigint, b: number | bigint): boolean {
  return a <= b && a >= b
}

/** Python's order: negative when left comes first. Numbers, texts, lists and dates are ordered among themselves. Throws Error for others. */
export function compare(left: Operand, right: Operand, operator = '<'): number {
  const [a, b] = [defined(left), defined(right)]
  if (isNumber(a) && isNumber(b)) {
    const [x, y] = [numberOf(a), numberOf(b)]
    return x < y ? -1 : x > y ? 1 : isSameNumber(x, y) ? 0 : Number.NaN
  }
  if (typeof a === 'string' && typeof b === 'string') return compareTexts(a, b)
  if (isList(a) && isList(b) && shapeOf(a) === shapeOf(b) && /^(list|tuple)$/.test(shapeOf(a)))
    return compareLists(a, b, operator)
  if (isSpecial(a) && isSpecial(b) && a.type === b.type && a.order !== undefined)
    return a.order - (b.order ?? Number.NaN)
  throw new Error(`'${operator}' not supported between instances of '${typeName(a)}' and '${typeName(b)}'`)
}

/** By code points, as Python, and not by UTF-16 units. */
function compareTexts(a: string, b: string): number {
  if (a === b) return 0
  if (!/[\ud800-\udfff]/.test(a + b)) return a < b ? -1 : 1
  const [left, right] = [[...a], [...b]]
  const at = left.findIndex((letter, index) => letter !== right[index])
  if (at < 0) return -1
  return (left[at]?.codePointAt(0) ?? 0) - (right[at]?.codePointAt(0) ?? -1)
}

function compareLists(a: readonly Operand[], b: readonly Operand[], operator: string): number {
  for (const [index, entry] of a.entries()) {
    if (index >= b.length) return 1
    const other = b[index] as Operand
    if (!isEqual(entry, other)) return compare(entry, other, operator)
  }
  return a.length - b.length
}

/** Python's `entry in container`. Throws Error where that cannot be asked. */
export function contains(container: Operand, entry: Operand): boolean {
  const [within, wanted] = [defined(container), entry]
  if (typeof within === 'string') {
    if (typeof defined(wanted) !== 'string')
      throw new Error(`'in <string>' requires string as left operand, not ${typeName(wanted)}`)
    return within.includes(wanted as string)
  }
  if (isList(within)) return within.some(each => isEqual(each, wanted))
  if (isDict(within)) return itemOf(within, wanted) !== undefined
  throw new Error(`argument of type '${typeName(within)}' is not iterable`)
}

/** What an operator such as '<=' says of two values. Throws Error for what cannot be compared. */
export function holds(operator: string, left: Operand, right: Operand): boolean {
  switch (operator) {
    case '==':
      return isEqual(left, right)
    case '!=':
      return !isEqual(left, right)
    case 'in':
      return contains(right, left)
    case 'not in':
      return !contains(right, left)
    case '<':
      return compare(left, right, operator) < 0
    case '<=':
      return compare(left, right, operator) <= 0
    case '>':
      return compare(left, right, operator) > 0
    default:
      return compare(left, right, operator) >= 0
  }
}
