import type { Value } from '../../model/value.ts'
import { pythonText } from '../jinja/python.ts'
import { argument, flagArgument, textArgument } from './argument.ts'
import type { Filter } from './index.ts'

/** Dates stand as text 'YYYY-MM-DD HH:MM:SS'; a difference is a mapping with days, seconds and what total_seconds() answers. */
const toDatetime: Filter = (of, call) => {
  const date = parseDate(pythonText(of), textArgument(call, 0, 'format', '%Y-%m-%d %H:%M:%S'))
  return date
    .toISOString()
    .replace('T', ' ')
    .replace(/\.000Z$|Z$/, '')
}

const DIRECTIVES: Readonly<Record<string, string>> = {
  Y: '(?<Y>\\d{4})',
  m: '(?<m>\\d\\d?)',
  d: '(?<d>\\d\\d?)',
  H: '(?<H>\\d\\d?)',
  M: '(?<M>\\d\\d?)',
  S: '(?<S>\\d\\d?)',
  f: '(?<f>\\d{1,6})',
  z: '(?<z>[-+]\\d{2}:?\\d{2}|Z)',
}

function parseDate(text: string, format: string): Date {
  const source = format.replace(/%(.)|[.*+?^${}()|[\]\\]/g, (all, letter?: string) =>
    letter ? (DIRECTIVES[letter] ?? all) : `\\${all}`,
  )
  const found = new RegExp(`^${source}$`).exec(text)?.groups
  if (!found) throw new Error(`time data '${text}' does not match format '${format}'`)
  const number = (name: string, otherwise: number) => (found[name] === undefined ? otherwise : Number(found[name]))
  return new Date(
    Date.UTC(
      number('Y', 1900),
      number('m', 1) - 1,
      number('d', 1),
      number('H', 0),
      number('M', 0),
      number('S', 0),
      Math.floor(number('f', 0) / 1000),
    ),
  )
}

const minus: Filter = (of, call) => {
  const seconds = (value: Value) => parseDate(pythonText(value), '%Y-%m-%d %H:%M:%S').getTime() / 1000
  const total = seconds(of) - seconds(call.args[0] ?? '')
  const days = Math.floor(total / 86400)
  return { days, seconds: total - days * 86400, weft_total_seconds: total }
}

const strftime: Filter = (of, call) => {
  const second = argument(call, 0, 'second', null)
  const date = second === null ? new Date() : new Date(Number(second) * 1000)
  const utc = flagArgument(call, 1, 'utc')
  const shown = utc ? date : new Date(date.getTime() - date.getTimezoneOffset() * 60_000)
  const two = (value: number) => String(value).padStart(2, '0')
  const parts: Readonly<Record<string, string>> = {
    Y: String(shown.getUTCFullYear()),
    y: two(shown.getUTCFullYear() % 100),
    m: two(shown.getUTCMonth() + 1),
    d: two(shown.getUTCDate()),
    H: two(shown.getUTCHours()),
    M: two(shown.getUTCMinutes()),
    S: two(shown.getUTCSeconds()),
    s: String(Math.floor(date.getTime() / 1000)),
    F: shown.toISOString().slice(0, 10),
    T: shown.toISOString().slice(11, 19),
    a: shown.toLocaleDateString('en', { weekday: 'short', timeZone: 'UTC' }),
    A: shown.toLocaleDateString('en', { weekday: 'long', timeZone: 'UTC' }),
    b: shown.toLocaleDateString('en', { month: 'short', timeZone: 'UTC' }),
    B: shown.toLocaleDateString('en', { month: 'long', timeZone: 'UTC' }),
    j: String(Math.floor((shown.getTime() - Date.UTC(shown.getUTCFullYear(), 0, 0)) / 86_400_000)).padStart(3, '0'),
    z: utc ? '+0000' : '',
    '%': '%',
  }
  return pythonText(of).replace(/%(.)/g, (all, letter: string) => parts[letter] ?? all)
}

/** Filters on dates. */
export const dateFilters: Record<string, Filter> = { to_datetime: toDatetime, weft_minus: minus, strftime }
