import { calculate } from './arithmetic.ts'
import { given, type Method, textGiven } from './methods/arguments.ts'
import { float, integer, isSpecial, type Operand, special } from './operand.ts'

/** Dates and the time between them, as Python's datetime has them. Times are milliseconds since 1970, without a zone. */

const two = (value: number) => String(value).padStart(2, '0')

/** A datetime. */
export function dateOf(time: number): Operand {
  const date = new Date(time)
  const parts: Readonly<Record<string, Operand>> = {
    year: date.getUTCFullYear(),
    month: date.getUTCMonth() + 1,
    day: date.getUTCDate(),
    hour: date.getUTCHours(),
    minute: date.getUTCMinutes(),
    second: date.getUTCSeconds(),
    microsecond: date.getUTCMilliseconds() * 1000,
  }
  const methods: Readonly<Record<string, Method>> = {
    strftime: (_: never, call) => formatDate(time, textGiven(call, 0, 'format')),
    isoformat: (_: never, call) => isoText(time, String(given(call, 0, 'sep') ?? 'T')),
    timestamp: () => float(time / 1000),
    weekday: () => (date.getUTCDay() + 6) % 7,
    isoweekday: () => ((date.getUTCDay() + 6) % 7) + 1,
    date: () => dayOf(time),
  }
  return special({
    type: 'datetime',
    text: () => isoText(time, ' '),
    order: time,
    attribute: name => (Object.hasOwn(parts, name) ? parts[name] : methodNamed(methods, name)),
  })
}

function dayOf(time: number): Operand {
  const day = Math.floor(time / 86_400_000) * 86_400_000
  const whole = dateOf(day)
  return special({
    type: 'date',
    text: () => isoText(day, ' ').slice(0, 10),
    order: day,
    attribute: name => (isSpecial(whole) ? whole.attribute?.(name) : undefined),
  })
}

/** A timedelta. */
export function durationOf(milliseconds: number): Operand {
  const days = Math.floor(milliseconds / 86_400_000)
  const rest = milliseconds - days * 86_400_000
  const seconds = Math.floor(rest / 1000)
  const parts: Readonly<Record<string, Operand>> = { days, seconds, microseconds: Math.round((rest % 1000) * 1000) }
  const methods: Readonly<Record<string, Method>> = { total_seconds: () => float(milliseconds / 1000) }
  return special({
    type: 'timedelta',
    text: () => durationText(days, seconds, rest % 1000),
    order: milliseconds,
    attribute: name => (Object.hasOwn(parts, name) ? parts[name] : methodNamed(methods, name)),
  })
}

function methodNamed(methods: Readonly<Record<string, Method>>, name: string): Operand | undefined {
  const method = Object.hasOwn(methods, name) ? methods[name] : undefined
  return (
    method &&
    special({
      type: 'builtin_function_or_method',
      text: () => `<built-in method ${name}>`,
      call: call => method(null as never, call),
    })
  )
}

function durationText(days: number, seconds: number, milliseconds: number): string {
  const head = days === 0 ? '' : `${days} day${Math.abs(days) === 1 ? '' : 's'}, `
  const tail = milliseconds === 0 ? '' : `.${String(Math.round(milliseconds * 1000)).padStart(6, '0')}`
  return `${head}${Math.floor(seconds / 3600)}:${two(Math.floor(seconds / 60) % 60)}:${two(seconds % 60)}${tail}`
}

function isoText(time: number, between: string): string {
  const [day = '', clock = ''] = new Date(time).toISOString().split('T')
  const milliseconds = clock.slice(9, 12)
  return day + between + clock.slice(0, 8) + (milliseconds === '000' ? '' : `.${milliseconds}000`)
}

const DAYS = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday']
const MONTHS = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
]

/** Python's strftime in the C locale. */
export function formatDate(time: number, format: string, zone = ''): string {
  const date = new Date(time)
  const [hour, day] = [date.getUTCHours(), date.getUTCDate()]
  const [month, weekday] = [MONTHS[date.getUTCMonth()] as string, DAYS[date.getUTCDay()] as string]
  const year = String(date.getUTCFullYear())
  const yearDay = Math.floor((time - Date.UTC(date.getUTCFullYear(), 0, 0)) / 86_400_000)
  const clock = `${two(hour)}:${two(date.getUTCMinutes())}:${two(date.getUTCSeconds())}`
  const parts: Readonly<Record<string, string>> = {
    Y: year,
    y: year.slice(-2),
    m: two(date.getUTCMonth() + 1),
    d: two(day),
    e: String(day).padStart(2),
    H: two(hour),
    I: two(hour % 12 || 12),
    M: two(date.getUTCMinutes()),
    S: two(date.getUTCSeconds()),
    f: `${String(date.getUTCMilliseconds()).padStart(3, '0')}000`,
    p: hour < 12 ? 'AM' : 'PM',
    s: String(Math.floor(time / 1000)),
    F: isoText(time, 'T').slice(0, 10),
    T: clock,
    X: clock,
    R: clock.slice(0, 5),
    D: `${two(date.getUTCMonth() + 1)}/${two(day)}/${year.slice(-2)}`,
    x: `${two(date.getUTCMonth() + 1)}/${two(day)}/${year.slice(-2)}`,
    c: `${weekday.slice(0, 3)} ${month.slice(0, 3)} ${String(day).padStart(2)} ${clock} ${year}`,
    a: weekday.slice(0, 3),
    A: weekday,
    b: month.slice(0, 3),
    B: month,
    h: month.slice(0, 3),
    j: String(yearDay).padStart(3, '0'),
    w: String(date.getUTCDay()),
    u: String(date.getUTCDay() || 7),
    z: zone,
    n: '\n',
    t: '\t',
    '%': '%',
  }
  return format.replace(/%(.)/g, (all, letter: string) => parts[letter] ?? all)
}

/** date - date, date + duration, and so on; undefined where neither is one of them. Throws Error for what does not go together. */
export function calculateDates(operator: string, left: Operand, right: Operand): Operand | undefined {
  const [a, b] = [left, right].map(side => (isSpecial(side) ? side : undefined))
  if (!a || !b || a.order === undefined || b.order === undefined) return undefined
  const isDate = (type: string) => type === 'datetime' || type === 'date'
  if (operator === '-' && isDate(a.type) && a.type === b.type) return durationOf(a.order - b.order)
  const sum = Number(calculate(operator, integer(BigInt(a.order)), integer(BigInt(b.order))))
  if (operator === '+' && isDate(a.type) !== isDate(b.type)) return dateOf(sum)
  if (operator === '-' && isDate(a.type)) return dateOf(sum)
  return a.type === 'timedelta' && b.type === 'timedelta' && /^[-+]$/.test(operator) ? durationOf(sum) : undefined
}
