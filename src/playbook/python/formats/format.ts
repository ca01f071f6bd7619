import { isInteger, isNumber, type Operand, typeName } from '../operand.ts'
import { floatText, str } from '../text.ts'
import { exponential, fixed, general, grouped, pointed } from './number-text.ts'
import { MOST_WIDE } from './percent.ts'

const SPEC = /^(?:([\s\S])?([<>=^]))?([-+ ]?)(z?)(#?)(0?)(\d*)([,_]?)(?:\.(\d+))?([bcdeEfFgGnosxX%]?)$/u

interface Spec {
  readonly fill: string
  readonly align: string
  readonly sign: string
  readonly alternate: boolean
  readonly width: number
  readonly group: string
  readonly precision: number | undefined
  readonly kind: string
}

/** A value as Python's format(value, '0>5.1f') writes it. Throws Error for a specification that does not fit the value. */
export function formatValue(value: Operand, written: string): string {
  if (written === '') return str(value)
  const spec = parsed(written)
  if (typeof value === 'string') return text(value, spec)
  if (!isNumber(value)) throw new Error(`unsupported format string passed to ${typeName(value)}.__format__`)
  if (spec.kind === 's') throw new Error(`Unknown format code 's' for object of type '${typeName(value)}'`)
  return numeric(value, spec)
}

function parsed(written: string): Spec {
  const found = SPEC.exec(written)
  if (!found) throw new Error(`Invalid format specifier '${written}'`)
  const [, fill, align, sign = '', , alternate, zero, width, group = '', precision, kind = ''] = found
  const spec = {
    fill: fill ?? (zero ? '0' : ' '),
    align: align ?? (zero ? '=' : ''),
    sign,
    alternate: alternate === '#',
    width: Number(width || 0),
    group,
    precision: precision === undefined ? undefined : Number(precision),
    kind,
  }
  if (spec.width > MOST_WIDE || (spec.precision ?? 0) > MOST_WIDE) throw new Error('the format is too wide')
  return spec
}

function text(value: string, spec: Spec): string {
  if (spec.kind !== '' && spec.kind !== 's')
    throw new Error(`Unknown format code '${spec.kind}' for object of type 'str'`)
  if (spec.align === '=') {
    if (spec.fill !== '0') throw new Error("'=' alignment not allowed in string format specifier")
    return aligned([...value].slice(0, spec.precision).join(''), { ...spec, align: '<' })
  }
  return aligned([...value].slice(0, spec.precision).join(''), { ...spec, align: spec.align || '<' })
}

const SIZE: Readonly<Record<string, number>> = { b: 4, o: 4, x: 4, X: 4 }

function numeric(value: Operand, spec: Spec): string {
  if (spec.group === ',' && /[boxX]/.test(spec.kind)) throw new Error(`Cannot specify ',' with '${spec.kind}'.`)
  const digits =
    isInteger(value) && !'eEfFgG%'.includes(spec.kind || 'd') ? whole(value, spec) : real(value as number, spec)
  const isNegative = digits.startsWith('-')
  const sign = isNegative ? '-' : spec.sign === '-' ? '' : spec.sign
  const bare = isNegative ? digits.slice(1) : digits
  const prefix = spec.alternate && 'boxX'.includes(spec.kind || '-') ? `0${spec.kind}` : ''
  const shown = spec.group === '' ? bare : grouped(bare, spec.group, SIZE[spec.kind] ?? 3)
  if (spec.align !== '=') return aligned(sign + prefix + shown, { ...spec, align: spec.align || '>' })
  const room = spec.width - sign.length - prefix.length
  return sign + prefix + (spec.fill === '0' && spec.group ? zeros(bare, spec, room) : shown.padStart(room, spec.fill))
}

/** '{:010,}': the zeros are grouped too. */
function zeros(bare: string, { group, kind }: Spec, room: number): string {
  const size = SIZE[kind] ?? 3
  const least = Math.floor(((room - 2) * size) / (size + 1))
  for (let length = Math.max(bare.length, least); ; length++) {
    const shown = grouped(bare.padStart(length, '0'), group, size)
    if (shown.length >= room) return shown
  }
}

function whole(value: number | bigint | boolean, { kind, precision }: Spec): string {
  if (kind === 'c') return String.fromCodePoint(Number(value))
  if (precision !== undefined) throw new Error('Precision not allowed in integer format specifier')
  const base = { b: 2, o: 8, x: 16, X: 16 }[kind] ?? 10
  const digits = BigInt(value).toString(base)
  return kind === 'X' ? digits.toUpperCase() : digits
}

function real(value: number, spec: Spec): string {
  const shown = realText(Number(value), spec)
  const text = spec.alternate ? pointed(shown) : shown
  return /[EFG]/.test(spec.kind) ? text.toUpperCase() : text
}

function realText(number: number, { kind, precision, alternate }: Spec): string {
  switch (kind.toLowerCase()) {
    case 'f':
      return fixed(number, precision ?? 6)
    case 'e':
      return exponential(number, precision ?? 6)
    case 'g':
    case 'n':
      return general(number, precision ?? 6, { keepZeros: alternate })
    case '%':
      return `${fixed(number * 100, precision ?? 6)}%`
    case '':
      if (precision === undefined) return floatText(number)
      return withPoint(general(number, precision, { keepZeros: alternate, longest: (precision || 1) - 1 }))
    default:
      throw new Error(`Unknown format code '${kind}' for object of type 'float'`)
  }
}

/** Without a kind, a float stays one to the eye. */
function withPoint(shown: string): string {
  return /[.en]/.test(shown) ? shown : `${shown}.0`
}

function aligned(shown: string, { align, width, fill }: Spec): string {
  const room = width - [...shown].length
  if (room <= 0) return shown
  if (align === '<') return shown + fill.repeat(room)
  if (align === '>') return fill.repeat(room) + shown
  const left = Math.floor(room / 2)
  return fill.repeat(left) + shown + fill.repeat(room - left)
}
