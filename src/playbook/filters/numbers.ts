import type { Value } from '../../model/value.ts'
import { isTrue, pythonText, pythonType } from '../jinja/python.ts'
import { argument, flagArgument, numberArgument, textArgument } from './argument.ts'
import type { Filter } from './index.ts'

const int: Filter = (of, call) => {
  const otherwise = argument(call, 0, 'default', 0)
  const base = numberArgument(call, 1, 'base', 10)
  if (typeof of === 'boolean' || typeof of === 'number') return Math.trunc(Number(of))
  const text = pythonText(of).trim().replaceAll('_', '')
  if (base !== 10) {
    const digits = text.replace(base === 16 ? /^0x/i : base === 8 ? /^0o?/i : /^0b/i, '')
    const value = Number.parseInt(digits, base)
    return Number.isNaN(value) || value.toString(base).length > digits.replace(/^0+(?=.)/, '').length
      ? otherwise
      : value
  }
  if (/^[-+]?\d+$/.test(text)) return Number(text)
  return /^[-+]?(\d+\.?\d*|\.\d+)(e[-+]?\d+)?$/i.test(text) ? Math.trunc(Number(text)) : otherwise
}

const float: Filter = (of, call) => {
  const text = pythonText(of).trim()
  if (typeof of === 'boolean') return Number(of)
  return text !== '' && !Number.isNaN(Number(text)) ? Number(text) : argument(call, 0, 'default', 0)
}

/** Words that mean true; every other text is false. None stays None. */
const bool: Filter = of => {
  if (of === null || typeof of === 'boolean') return of
  return /^(yes|on|1|true)$/i.test(typeof of === 'number' ? String(of) : pythonText(of))
}

const round: Filter = (of, call) => {
  const digits = 10 ** numberArgument(call, 0, 'precision', 0)
  const method = textArgument(call, 1, 'method', 'common')
  const value = Number(of) * digits
  if (method === 'ceil') return Math.ceil(value) / digits
  if (method === 'floor') return Math.floor(value) / digits
  const below = Math.floor(value)
  // Python rounds halves to the even neighbour.
  const near = value - below === 0.5 ? (below % 2 === 0 ? below : below + 1) : Math.round(value)
  return near / digits
}

const ternary: Filter = (of, call) => {
  const none = argument(call, 2, 'none_val', undefined)
  if (of === null && none !== undefined) return none
  return isTrue(of) ? argument(call, 0, 'true_val', null) : argument(call, 1, 'false_val', null)
}

const UNITS = ['', 'K', 'M', 'G', 'T', 'P', 'E', 'Z', 'Y']

const humanReadable: Filter = (of, call) => {
  const suffix = flagArgument(call, 0, 'isbits') ? 'b' : 'B'
  let value = Number(of)
  let unit = 0
  while (value >= 1024 && unit < UNITS.length - 1) {
    value /= 1024
    unit++
  }
  if (unit === 0) return `${value.toFixed(2)} ${suffix === 'B' ? 'Bytes' : 'bits'}`
  return `${value.toFixed(2)} ${UNITS[unit]}${suffix}`
}

const humanToBytes: Filter = of => {
  const found = /^\s*(\d*\.?\d+)\s*([KMGTPEZY]?)/i.exec(pythonText(of))
  if (!found) throw new Error(`${JSON.stringify(of)} is not a size`)
  return Math.round(Number(found[1]) * 1024 ** UNITS.indexOf((found[2] ?? '').toUpperCase()))
}

const mandatory: Filter = (of, call) => {
  if (of === null && call.args.length > 0) throw new Error(pythonText(call.args[0] as Value))
  return of
}

function filesizeformat(of: Value, binary: boolean): string {
  const base = binary ? 1024 : 1000
  const value = Number(of)
  if (value < base) return value === 1 ? '1 Byte' : `${Math.trunc(value)} Bytes`
  const power = Math.min(Math.floor(Math.log(value) / Math.log(base)), 8)
  return `${(value / base ** power).toFixed(1)} ${binary ? `${UNITS[power]}i` : power === 1 ? 'k' : UNITS[power]}B`
}

/** Filters on numbers and truth. */
export const numberFilters: Record<string, Filter> = {
  int,
  float,
  bool,
  round,
  ternary,
  mandatory,
  human_readable: humanReadable,
  human_to_bytes: humanToBytes,
  filesizeformat: (of, call) => filesizeformat(of, flagArgument(call, 0, 'binary')),
  abs: of => Math.abs(Number(of)),
  pow: (of, call) => Number(of) ** numberArgument(call, 0, 'x', 2),
  root: (of, call) => {
    const base = numberArgument(call, 0, 'base', 2)
    return base === 2 ? Math.sqrt(Number(of)) : base === 3 ? Math.cbrt(Number(of)) : Number(of) ** (1 / base)
  },
  log: (of, call) => {
    const base = argument(call, 0, 'base', null)
    if (base === null) return Math.log(Number(of))
    return Number(base) === 10 ? Math.log10(Number(of)) : Math.log(Number(of)) / Math.log(Number(base))
  },
  type_debug: of => (of === undefined ? 'AnsibleUndefined' : pythonType(of)),
}
