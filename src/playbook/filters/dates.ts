import { dateOf, formatDate } from '../python/date.ts'
import { str } from '../python/text.ts'
import { argument, flagArgument, textArgument } from './argument.ts'
import type { Filter } from './filter.ts'

const toDatetime: Filter = (of, call) =>
  dateOf(parseDate(str(of), textArgument(call, 0, 'format', '%Y-%m-%d %H:%M:%S')).getTime())

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

const strftime: Filter = (of, call) => {
  const second = argument(call, 0, 'second', null)
  const time = second === null ? Date.now() : Number(second) * 1000
  if (Number.isNaN(time)) throw new Error(`Invalid value for epoch value (${str(second)})`)
  const utc = flagArgument(call, 1, 'utc')
  const shift = utc ? 0 : new Date(time).getTimezoneOffset() * 60_000
  return formatDate(time - shift, str(of), utc ? '+0000' : '').replaceAll('%s', String(Math.floor(time / 1000)))
}

/** Filters on dates. */
export const dateFilters: Record<string, Filter> = { to_datetime: toDatetime, strftime }
