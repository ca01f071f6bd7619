import { signed } from '../python/arithmetic.ts'
import { compare, isEqual, isTrue } from '../python/compare.ts'
import { rounded, toFloat, toInteger } from '../python/convert.ts'
import { float, isNumber, isUndefined, type Operand, typeName } from '../python/operand.ts'
import { str } from '../python/text.ts'
import { argument, flagArgument, numberArgument, textArgument } from './argument.ts'
import type { Filter } from './filter.ts'

const int: Filter = (of, call) => toInteger(of, numberArgument(call, 1, 'base', 10)) ?? argument(call, 0, 'default', 0)

const toFloatFilter: Filter = (of, call) => {
  const value = toFloat(of)
  return value === undefined ? argument(call, 0, 'default', float(0)) : float(value)
}

/** Words and numbers that mean true; everything else is false. None stays None. */
const bool: Filter = of => {
  if (of === null || typeof of === 'boolean') return of
  return typeof of === 'string' ? /^(yes|on|1|true)$/i.test(of) : isEqual(of, 1)
}

const round: Filter = (of, call) => {
  const precision = numberArgument(call, 0, 'precision', 0)
  const method = textArgument(call, 1, 'method', 'common')
  if (!isNumber(of)) throw new Error(`a number is required, not ${typeName(of)}`)
  if (method === 'common') return rounded(of, precision)
  if (method !== 'ceil' && method !== 'floor') throw new Error('method must be common, ceil or floor')
  const scaled = Number(of) * 10 ** precision
  return float((method === 'ceil' ? Math.ceil(scaled) : Math.floor(scaled)) / 10 ** precision)
}

const abs: Filter = of => {
  if (!isNumber(of)) throw new Error(`bad operand type for abs(): '${typeName(of)}'`)
  return compare(of, 0) < 0 ? signed('-', of) : signed('+', of)
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
  const found = /^\s*(\d*\.?\d+)\s*([KMGTPEZY]?)/i.exec(str(of))
  if (!found) throw new Error(`${JSON.stringify(of)} is not a size`)
  return Math.round(Number(found[1]) * 1024 ** UNITS.indexOf((found[2] ?? '').toUpperCase()))
}

const mandatory: Filter = (of, call) => {
  if (!isUndefined(of)) return of
  const message = argument(call, 0, 'msg', null)
  throw new Error(
    message === null ? `mandatory variable ${of.name ?? ''} is not defined: ${of.reason()}` : str(message),
  )
}

function numberFrom(of: Operand): number {
  if (isNumber(of)) return Number(of)
  throw new Error(`must be real number, not ${typeName(of)}`)
}

function filesizeformat(of: Operand, binary: boolean): string {
  const base = binary ? 1024 : 1000
  const value = Number(of)
  if (value < base) return value === 1 ? '1 Byte' : `${Math.trunc(value)} Bytes`
  const power = Math.min(Math.floor(Math.log(value) / Math.log(base)), 8)
  return `${(value / base ** power).toFixed(1)} ${binary ? `${UNITS[power]}i` : power === 1 ? 'k' : UNITS[power]}B`
}

/** Filters on numbers and truth. */
export const numberFilters: Record<string, Filter> = {
  int,
  float: toFloatFilter,
  bool,
  round,
  ternary,
  mandatory,
  human_readable: humanReadable,
  human_to_bytes: humanToBytes,
  filesizeformat: (of, call) => filesizeformat(of, flagArgument(call, 0, 'binary')),
  abs,
  pow: (of, call) => float(numberFrom(of) ** numberArgument(call, 0, 'x', 2)),
  root: (of, call) => {
    const base = numberArgument(call, 0, 'base', 2)
    return float(base === 2 ? Math.sqrt(numberFrom(of)) : numberFrom(of) ** (1 / base))
  },
  log: (of, call) => {
    const base = argument(call, 0, 'base', null)
    const value = numberFrom(of)
    if (!(value > 0)) throw new Error('math domain error')
    if (base === null) return float(Math.log(value))
    return float(Number(base) === 10 ? Math.log10(value) : Math.log(value) / Math.log(Number(base)))
  },
  type_debug: of => typeName(of),
}
