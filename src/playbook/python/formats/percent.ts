import { itemOf } from '../item.ts'
import { isDict, isFloat, isInteger, isList, isNumber, type Operand, shapeOf, typeName } from '../operand.ts'
import { repr, str } from '../text.ts'
import { exponential, fixed, general, pointed } from './number-text.ts'

/** The widest place of a format; what is wider is refused. */
export const MOST_WIDE = 100_000

interface Given {
  readonly args: readonly Operand[]
  readonly named: Operand
  next: number
}

const PLACE = /%(?:\(([^)]*)\))?([-+0 #]*)(\*|\d*)(?:\.(\*|\d*))?[hlL]?([\s\S]?)/g

/** Python's '%02d %s %(name)s' % values: `values` as it stands behind the %. Throws Error when values and places do not fit. */
export function percent(format: string, values: Operand): string {
  const isTuple = isList(values) && shapeOf(values) === 'tuple'
  return formatPercent(format, isTuple ? (values as readonly Operand[]) : [values], isDict(values) ? values : null)
}

/** The same with the values one by one; `named` is the mapping for %(name)s. */
export function formatPercent(format: string, args: readonly Operand[], named: Operand): string {
  const given: Given = { args, named, next: 0 }
  const text = format.replace(PLACE, (_, name, flags, width, precision, kind) =>
    place({ name, flags, width, precision, kind }, given),
  )
  if (given.next < args.length && !isDict(named))
    throw new Error('not all arguments converted during string formatting')
  return text
}

interface Place {
  readonly name: string | undefined
  readonly flags: string
  readonly width: string
  readonly precision: string | undefined
  readonly kind: string
}

function place({ name, flags, width, precision, kind }: Place, given: Given): string {
  if (kind === '') throw new Error('incomplete format')
  const wide = width === '*' ? Number(next(given)) : Number(width || 0)
  const digits = precision === '*' ? Number(next(given)) : precision === undefined ? undefined : Number(precision)
  if (kind === '%') return '%'
  if (Math.abs(wide) > MOST_WIDE || (digits ?? 0) > MOST_WIDE) throw new Error('the format is too wide')
  const value = name === undefined ? next(given) : byName(name, given)
  const isLeft = flags.includes('-') || wide < 0
  return padded(converted(value, kind, { flags, digits }), { flags, isLeft, width: Math.abs(wide), kind })
}

function next(given: Given): Operand {
  if (given.next >= given.args.length) throw new Error('not enough arguments for format string')
  return given.args[given.next++] as Operand
}

function byName(name: string, { named }: Given): Operand {
  if (!isDict(named)) throw new Error('format requires a mapping')
  const value = itemOf(named, name)
  if (value === undefined) throw new Error(`format: there is no "${name}"`)
  return value
}

interface How {
  readonly flags: string
  readonly digits: number | undefined
}

function converted(value: Operand, kind: string, how: How): string {
  if ('sra'.includes(kind)) return (kind === 's' ? str(value) : repr(value)).slice(0, how.digits)
  if (kind === 'c') return typeof value === 'string' ? value : String.fromCodePoint(Number(value))
  if ('diuoxX'.includes(kind)) return whole(value, kind, how)
  if (!'eEfFgG'.includes(kind)) throw new Error(`unsupported format character '${kind}'`)
  if (!isNumber(value)) throw new Error(`must be real number, not ${typeName(value)}`)
  const [number, digits] = [Number(value), how.digits ?? 6]
  const small = kind.toLowerCase()
  const isFull = how.flags.includes('#')
  const shown =
    small === 'f'
      ? fixed(number, digits)
      : small === 'e'
        ? exponential(number, digits)
        : general(number, digits, { keepZeros: isFull })
  const text = isFull ? pointed(shown) : shown
  return kind === small ? text : text.toUpperCase()
}

function whole(value: Operand, kind: string, { flags, digits }: How): string {
  const isDecimal = 'diu'.includes(kind)
  if (!isInteger(value) && !(isDecimal && isFloat(value) && Number.isFinite(Number(value))))
    throw new Error(
      `%${kind} format: ${isDecimal ? 'a real number' : 'an integer'} is required, not ${typeName(value)}`,
    )
  const number = isFloat(value) ? BigInt(Math.trunc(Number(value))) : BigInt(value)
  const [base, prefix] = kind === 'o' ? [8, '0o'] : kind === 'x' || kind === 'X' ? [16, `0${kind}`] : [10, '']
  const text = (number < 0n ? -number : number).toString(base).padStart(digits ?? 0, '0')
  const shown = kind === 'X' ? text.toUpperCase() : text
  return `${number < 0n ? '-' : ''}${flags.includes('#') ? prefix : ''}${shown}`
}

function padded(
  text: string,
  { flags, isLeft, width, kind }: { flags: string; isLeft: boolean; width: number; kind: string },
): string {
  const isNumeric = !'srac'.includes(kind)
  const plus = flags.includes('+') ? '+' : flags.includes(' ') ? ' ' : ''
  const signed = isNumeric && plus !== '' && !text.startsWith('-') ? plus + text : text
  const room = ' '.repeat(Math.max(0, width - [...signed].length))
  if (isLeft) return signed + room
  if (!flags.includes('0') || !isNumeric) return room + signed
  const head = /^[-+ ]?(0[xXo])?/.exec(signed)?.[0] ?? ''
  return head + signed.slice(head.length).padStart(width - head.length, '0')
}
