import {
  float,
  integer,
  isFloat,
  isInteger,
  isList,
  isNumber,
  type Operand,
  shaped,
  shapeOf,
  typeName,
} from './operand.ts'
import { MOST_LETTERS } from './text.ts'

/** No list of a template's own is longer. */
export const MOST_ENTRIES = 1_000_000

/** Integers of more bits than this are a computation gone wrong. */
const MOST_BITS = 20_000

/** Python's + - * / // % ** of two values that are defined; % on a text is not among them. Throws Error with Python's reasons. */
export function calculate(operator: string, left: Operand, right: Operand): Operand {
  if (isNumber(left) && isNumber(right))
    return isFloat(left) || isFloat(right)
      ? floats(operator, Number(left), Number(right))
      : integers(operator, left as number | bigint | boolean, right as number | bigint | boolean)
  if (operator === '+') return joined(left, right)
  if (operator === '*') return repeated(left, right)
  throw unsupported(operator, left, right)
}

function unsupported(operator: string, left: Operand, right: Operand): Error {
  const shownOperator = operator === '**' ? '** or pow()' : operator
  return new Error(`unsupported operand type(s) for ${shownOperator}: '${typeName(left)}' and '${typeName(right)}'`)
}

function joined(left: Operand, right: Operand): Operand {
  if (typeof left === 'string') {
    if (typeof right === 'string') return within(left + right)
    throw new Error(`can only concatenate str (not "${typeName(right)}") to str`)
  }
  if (!isList(left) || !/^(list|tuple)$/.test(shapeOf(left))) throw unsupported('+', left, right)
  if (!isList(right) || shapeOf(left) !== shapeOf(right))
    throw new Error(`can only concatenate ${typeName(left)} (not "${typeName(right)}") to ${typeName(left)}`)
  if (left.length + right.length > MOST_ENTRIES) throw tooMany()
  return shapedAs(left, [...left, ...right])
}

function shapedAs(like: readonly Operand[], list: Operand[]): readonly Operand[] {
  const shape = shapeOf(like)
  return shape === 'list' ? list : shaped(list, shape)
}

function within(text: string): string {
  if (text.length > MOST_LETTERS) throw tooLong()
  return text
}

function tooLong(): Error {
  return new Error(`a text of more than ${MOST_LETTERS} letters is refused`)
}

function tooMany(): Error {
  return new Error(`a list of more than ${MOST_ENTRIES} entries is refused`)
}

/** A text or list so many times. */
function repeated(left: Operand, right: Operand): Operand {
  const [what, times] = isNumber(left) ? [right, left] : [left, right]
  if (typeof what !== 'string' && !(isList(what) && /^(list|tuple)$/.test(shapeOf(what))))
    throw unsupported('*', left, right)
  if (!isInteger(times)) throw new Error(`can't multiply sequence by non-int of type '${typeName(times)}'`)
  const count = Math.max(0, Number(times))
  if (typeof what === 'string') {
    if (what.length * count > MOST_LETTERS) throw tooLong()
    return what.repeat(count)
  }
  if (what.length * count > MOST_ENTRIES) throw tooMany()
  return shapedAs(what, Array.from({ length: what.length === 0 ? 0 : count }, () => what).flat())
}

function integers(operator: string, left: number | bigint | boolean, right: number | bigint | boolean): Operand {
  if (operator === '/')
    return typeof left === 'bigint' || typeof right === 'bigint'
      ? ratio(BigInt(left), BigInt(right))
      : quotient(Number(left), Number(right))
  if (operator === '**') return power(left, right)
  if (typeof left !== 'bigint' && typeof right !== 'bigint') {
    const quick = small(operator, Number(left), Number(right))
    if (Number.isSafeInteger(quick)) return quick
  }
  const [a, b] = [BigInt(left), BigInt(right)]
  if (operator === '+') return integer(a + b)
  if (operator === '-') return integer(a - b)
  if (operator === '*') {
    if (bits(a) + bits(b) > MOST_BITS) throw tooLarge()
    return integer(a * b)
  }
  if (b === 0n) throw new Error(operator === '%' ? 'integer modulo by zero' : 'integer division or modulo by zero')
  const rest = a % b
  const isUneven = rest !== 0n && rest < 0n !== b < 0n
  return operator === '%' ? integer(isUneven ? rest + b : rest) : integer(a / b - (isUneven ? 1n : 0n))
}

/** The same with numbers; not a safe integer where bigints must do it. */
function small(operator: string, a: number, b: number): number {
  if (operator === '+') return a + b
  if (operator === '-') return a - b
  if (operator === '*') return a * b + 0
  if (b === 0 || Math.abs(a) + Math.abs(b) > Number.MAX_SAFE_INTEGER) return Number.NaN
  const rest = modulo(a, b)
  return operator === '%' ? rest + 0 : (a - rest) / b + 0
}

/** As Python, with the sign of the divisor. */
function modulo(a: number, b: number): number {
  const rest = a % b
  return rest !== 0 && rest < 0 !== b < 0 ? rest + b : rest
}

function bits(value: bigint): number {
  return value.toString(16).length * 4
}

function tooLarge(): Error {
  return new Error(`an integer of more than ${MOST_BITS} bits is refused`)
}

/** Integers of any size divide to the nearest float: the quotient is taken with more bits than a float has, the last of them for the rest. */
function ratio(a: bigint, b: bigint): Operand {
  if (b === 0n) throw new Error('division by zero')
  const shift = BigInt(Math.max(0, bits(b) - bits(a) + 72))
  const [above, below] = [(a < 0n ? -a : a) << shift, b < 0n ? -b : b]
  const sticky = above % below === 0n ? 0n : 1n
  const result = Number(((above / below) << 1n) | sticky) / 2 / 2 ** Number(shift)
  if (!Number.isFinite(result)) throw new Error('integer division result too large for a float')
  return float(a < 0n === b < 0n ? result : -result)
}

function quotient(left: number, right: number): Operand {
  if (right === 0) throw new Error('division by zero')
  return float(left / right)
}

function power(left: number | bigint | boolean, right: number | bigint | boolean): Operand {
  const [a, b] = [BigInt(left), BigInt(right)]
  if (b < 0n) return floats('**', Number(left), Number(right))
  if (a === 0n || a === 1n || a === -1n) return b === 0n ? 1 : Number(a) * (a < 0n && b % 2n === 0n ? -1 : 1)
  if (bits(a) * Number(b) > MOST_BITS * 4) throw tooLarge()
  return integer(a ** b)
}

function floats(operator: string, a: number, b: number): Operand {
  switch (operator) {
    case '+':
      return float(a + b)
    case '-':
      return float(a - b)
    case '*':
      return float(a * b)
    case '/':
      return quotient(a, b)
    case '**':
      return floatPower(a, b)
    default:
      return b === 0
        ? divisionByZero(operator)
        : operator === '%'
          ? float(floatModulo(a, b))
          : float(floorDivision(a, b))
  }
}

function divisionByZero(operator: string): never {
  throw new Error(operator === '%' ? 'float modulo' : 'float floor division by zero')
}

function floatPower(a: number, b: number): Operand {
  if (a === 0 && b < 0) throw new Error('0.0 cannot be raised to a negative power')
  if (a < 0 && !Number.isInteger(b) && Number.isFinite(b)) throw new Error('the result is a complex number')
  const result = Math.abs(a) === 1 && Number.isNaN(b) ? 1 : a ** b
  if (Number.isFinite(a) && Number.isFinite(b) && !Number.isFinite(result))
    throw new Error("(34, 'Numerical result out of range')")
  return float(result)
}

function floatModulo(a: number, b: number): number {
  const rest = a % b
  if (rest === 0) return b < 0 ? -0 : 0
  return rest < 0 !== b < 0 ? rest + b : rest
}

function floorDivision(a: number, b: number): number {
  const rest = a % b
  const isUneven = rest !== 0 && rest < 0 !== b < 0
  const whole = (a - rest) / b - (isUneven ? 1 : 0)
  if (whole === 0) return a / b < 0 || Object.is(a / b, -0) ? -0 : 0
  const below = Math.floor(whole)
  return whole - below > 0.5 ? below + 1 : below
}

/** Python's sign before a value. Throws Error for what is no number. */
export function signed(sign: '-' | '+', value: Operand): Operand {
  if (!isNumber(value)) throw new Error(`bad operand type for unary ${sign}: '${typeName(value)}'`)
  if (isFloat(value)) return float(sign === '-' ? -Number(value) : Number(value))
  if (typeof value === 'bigint') return sign === '+' ? value : integer(-value)
  return sign === '+' ? Number(value) : 0 - Number(value)
}
