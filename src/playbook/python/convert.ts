import { fixed } from './formats/number-text.ts'
import { float, integer, isFloat, isInteger, isNumber, type Operand } from './operand.ts'
import { integerOf } from './sequence.ts'

/** Python's int(), float() and round(). */

/** int(value, base) as Jinja's filter has it: through float where it is no integer; undefined where it cannot be one. */
export function toInteger(value: Operand, base = 10): number | bigint | undefined {
  if (isInteger(value)) return typeof value === 'bigint' ? value : Number(value)
  if (typeof value === 'string') {
    const whole = base === 10 ? integerOf(value) : integerIn(value, base)
    if (whole !== undefined) return whole
  }
  const number = toFloat(value)
  return number === undefined || !Number.isFinite(number) ? undefined : integer(BigInt(Math.trunc(number)))
}

const PREFIXES: Readonly<Record<number, string>> = { 2: '0b', 8: '0o', 16: '0x' }

function integerIn(text: string, base: number): number | bigint | undefined {
  const [, sign, rest = ''] = /^\s*([-+]?)([\da-z_]+)\s*$/i.exec(text) ?? []
  const prefix = PREFIXES[base] ?? ''
  const digits = rest
    .toLowerCase()
    .replace(new RegExp(`^${prefix}`), '')
    .replaceAll('_', '')
  if (digits === '' || !(base >= 2 && base <= 36)) return undefined
  let value = 0n
  for (const letter of digits) {
    const digit = Number.parseInt(letter, 36)
    if (!(digit < base)) return undefined
    value = value * BigInt(base) + BigInt(digit)
  }
  return integer(sign === '-' ? -value : value)
}

/** float(value); undefined where it cannot be one. */
export function toFloat(value: Operand): number | undefined {
  if (isNumber(value)) return Number(value)
  if (typeof value !== 'string') return undefined
  const text = value.trim()
  const word = /^([-+]?)(inf(?:inity)?|nan)$/i.exec(text)
  if (word)
    return /nan/i.test(text) ? Number.NaN : word[1] === '-' ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY
  return /^[-+]?(\d+(_\d+)*\.?(\d+(_\d+)*)?|\.\d+(_\d+)*)(e[-+]?\d+(_\d+)*)?$/i.test(text)
    ? Number(text.replaceAll('_', ''))
    : undefined
}

/** round(value, digits): halves go to the even neighbour; an integer stays one. */
export function rounded(value: Operand, digits: number): Operand {
  if (isInteger(value)) return digits >= 0 ? (toInteger(value) as number) : evenTo(Number(value), 10 ** -digits)
  const number = Number(value)
  if (!isFloat(value)) throw new Error('a number is required')
  if (!Number.isFinite(number)) return number
  return float(digits >= 0 ? Number(fixed(number, Math.min(digits, 50))) : evenTo(number, 10 ** -digits))
}

function evenTo(value: number, unit: number): number {
  const below = Math.floor(value / unit)
  const rest = value / unit - below
  const isUp = rest > 0.5 || (rest === 0.5 && below % 2 !== 0)
  return (isUp ? below + 1 : below) * unit
}
