import type { Value } from '../../model/value.ts'
import { pythonRepr, pythonText } from '../jinja/python.ts'

/** Python's '%02d %s %(name)s' % values. Throws Error when values and places do not fit. */
export function formatPercent(
  format: string,
  args: readonly Value[],
  named: Readonly<Record<string, Value>> = {},
): string {
  const [first] = args
  const mapping =
    args.length === 1 && typeof first === 'object' && first !== null && !Array.isArray(first)
      ? (first as Record<string, Value>)
      : named
  let next = 0
  return format.replace(
    /%(?:\((\w+)\))?([-+0 #]*)(\d*)(?:\.(\d+))?([sdifrxXoeEgGc%])/g,
    (_, name: string | undefined, flags: string, width: string, precision: string | undefined, kind: string) => {
      if (kind === '%') return '%'
      const value = name === undefined ? args[next++] : mapping[name]
      if (value === undefined) throw new Error('not enough arguments for format string')
      return padded(converted(value, kind, precision), { flags, width: Number(width || 0), kind })
    },
  )
}

function converted(value: Value, kind: string, precision: string | undefined): string {
  const number = Number(value)
  if (!'src'.includes(kind) && Number.isNaN(number))
    throw new Error(`%${kind} format: a number is required, not ${pythonRepr(value)}`)
  switch (kind) {
    case 'd':
    case 'i':
      return String(Math.trunc(number))
    case 'f':
      return number.toFixed(Number(precision ?? 6))
    case 'e':
    case 'E':
      return number.toExponential(Number(precision ?? 6))
    case 'x':
      return number.toString(16)
    case 'X':
      return number.toString(16).toUpperCase()
    case 'o':
      return number.toString(8)
    case 'g':
    case 'G':
      return String(number)
    case 'r':
      return pythonRepr(value)
    default:
      return (value === null ? 'None' : pythonText(value)).slice(
        0,
        precision === undefined ? undefined : Number(precision),
      )
  }
}

function padded(text: string, { flags, width, kind }: { flags: string; width: number; kind: string }): string {
  const signed = flags.includes('+') && 'dif'.includes(kind) && !text.startsWith('-') ? `+${text}` : text
  if (flags.includes('-')) return signed.padEnd(width)
  if (!flags.includes('0') || 'src'.includes(kind)) return signed.padStart(width)
  const sign = /^[-+]/.exec(signed)?.[0] ?? ''
  return sign + signed.slice(sign.length).padStart(width - sign.length, '0')
}
