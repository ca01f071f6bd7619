import { didYouMean } from '../../model/nearest.ts'
import { isMapping, type Value } from '../../model/value.ts'
import type { CallArguments } from '../jinja/engine.ts'
import { get } from '../jinja/engine.ts'
import { isEqual, pythonText, pythonType } from '../jinja/python.ts'

/** value.name(args) as Python does it for texts, lists and mappings. Throws Error for a method that is not there. */
export function callMethod(name: string, of: Value, { args, named }: CallArguments): Value | undefined {
  const table: Readonly<Record<string, Method>> =
    typeof of === 'string' ? TEXT : Array.isArray(of) ? LIST : isMapping(of) ? MAPPING : {}
  const method = Object.hasOwn(table, name) ? table[name] : undefined
  if (method) return method(of, args, named)
  const reason = /^(append|extend|insert|update|pop|setdefault|remove|sort|clear)$/.test(name)
    ? `changes its value in place, which templates of weft cannot: build a new one, for example {% set ns.list = ns.list + [x] %} with {% set ns = namespace(list=[]) %}`
    : `is not a method of ${pythonType(of)}.${didYouMean(name, Object.keys(table))}`
  throw new Error(`'${pythonType(of)} object' has no attribute '${name}': .${name}() ${reason}`)
}

type Method = (of: Value, args: readonly Value[], named: Readonly<Record<string, Value>>) => Value | undefined

const text = (value: Value | undefined, otherwise = '') =>
  value === undefined || value === null ? otherwise : pythonText(value)

function strip(value: string, letters: Value | undefined, ends: 'both' | 'left' | 'right'): string {
  const isOut = (letter: string | undefined) =>
    letter !== undefined &&
    (letters === undefined || letters === null ? /\s/.test(letter) : text(letters).includes(letter))
  let [start, end] = [0, value.length]
  if (ends !== 'right') while (start < end && isOut(value[start])) start++
  if (ends !== 'left') while (end > start && isOut(value[end - 1])) end--
  return value.slice(start, end)
}

function split(value: string, by: Value | undefined, most: Value | undefined): string[] {
  const parts =
    by === undefined || by === null
      ? value
          .trim()
          .split(/\s+/)
          .filter(part => part !== '')
      : value.split(text(by))
  const limit = most === undefined || most === null ? -1 : Number(most)
  if (limit < 0 || parts.length <= limit + 1) return parts
  return [...parts.slice(0, limit), parts.slice(limit).join(by === undefined || by === null ? ' ' : text(by))]
}

function rsplit(value: string, by: Value | undefined, most: Value | undefined): string[] {
  const parts = split(value, by, undefined)
  const limit = most === undefined || most === null ? -1 : Number(most)
  if (limit < 0 || parts.length <= limit + 1) return parts
  const keep = parts.length - limit
  return [parts.slice(0, keep).join(by === undefined || by === null ? ' ' : text(by)), ...parts.slice(keep)]
}

function partition(value: string, by: string, at: number): string[] {
  return at < 0 ? [value, '', ''] : [value.slice(0, at), by, value.slice(at + by.length)]
}

function format(value: string, args: readonly Value[], named: Readonly<Record<string, Value>>): string {
  let next = 0
  return value.replace(
    /\{\{|\}\}|\{(\w*)(?::(0?)(\d*)([dxXs])?)?\}/g,
    (all, key: string | undefined, zero: string, width: string, kind: string) => {
      if (all === '{{' || all === '}}') return all[0] as string
      const found = key === '' || key === undefined ? args[next++] : /^\d+$/.test(key) ? args[Number(key)] : named[key]
      if (found === undefined) throw new Error(`format: nothing is given for ${all}`)
      const shown =
        kind === 'x'
          ? Number(found).toString(16)
          : kind === 'X'
            ? Number(found).toString(16).toUpperCase()
            : pythonText(found)
      const size = Number(width || 0)
      return typeof found === 'number' || zero ? shown.padStart(size, zero || ' ') : shown.padEnd(size)
    },
  )
}

const affix = (_value: string, parts: Value | undefined, check: (part: string) => boolean) => {
  return (Array.isArray(parts) ? parts : [parts ?? '']).some(part => check(text(part as Value)))
}
const string =
  (method: (value: string, args: readonly Value[], named: Readonly<Record<string, Value>>) => Value): Method =>
  (of, args, named) =>
    method(of as string, args, named)

const TEXT: Readonly<Record<string, Method>> = {
  upper: string(value => value.toUpperCase()),
  lower: string(value => value.toLowerCase()),
  title: string(value => value.toLowerCase().replace(/[a-z]+/g, word => word.charAt(0).toUpperCase() + word.slice(1))),
  capitalize: string(value => value.charAt(0).toUpperCase() + value.slice(1).toLowerCase()),
  swapcase: string(value =>
    [...value].map(letter => (letter === letter.toUpperCase() ? letter.toLowerCase() : letter.toUpperCase())).join(''),
  ),
  strip: string((value, [letters]) => strip(value, letters, 'both')),
  lstrip: string((value, [letters]) => strip(value, letters, 'left')),
  rstrip: string((value, [letters]) => strip(value, letters, 'right')),
  split: string((value, [by, most], named) => split(value, by ?? named.sep, most ?? named.maxsplit)),
  rsplit: string((value, [by, most], named) => rsplit(value, by ?? named.sep, most ?? named.maxsplit)),
  splitlines: string(value => (value === '' ? [] : value.replace(/\r?\n$/, '').split(/\r?\n/))),
  partition: string((value, [by]) => partition(value, text(by), value.indexOf(text(by)))),
  rpartition: string((value, [by]) => {
    const at = value.lastIndexOf(text(by))
    return at < 0 ? ['', '', value] : partition(value, text(by), at)
  }),
  replace: string((value, [from, to, count]) => {
    const parts = value.split(text(from))
    const most = count === undefined ? parts.length : Number(count)
    return (
      parts.slice(0, most + 1).join(text(to)) +
      (parts.length > most + 1 ? text(from) + parts.slice(most + 1).join(text(from)) : '')
    )
  }),
  startswith: string((value, [parts]) => affix(value, parts, part => value.startsWith(part))),
  endswith: string((value, [parts]) => affix(value, parts, part => value.endsWith(part))),
  find: string((value, [part]) => value.indexOf(text(part))),
  rfind: string((value, [part]) => value.lastIndexOf(text(part))),
  index: string((value, [part]) =>
    value.includes(text(part)) ? value.indexOf(text(part)) : absent('substring not found'),
  ),
  count: string((value, [part]) => value.split(text(part)).length - 1),
  join: string((value, [list]) =>
    (Array.isArray(list) ? list : Object.keys((list ?? {}) as object)).map(entry => text(entry as Value)).join(value),
  ),
  format: string(format),
  zfill: string((value, [width]) =>
    /^[-+]/.test(value)
      ? value[0] + value.slice(1).padStart(Number(width) - 1, '0')
      : value.padStart(Number(width), '0'),
  ),
  ljust: string((value, [width, fill]) => value.padEnd(Number(width), text(fill, ' '))),
  rjust: string((value, [width, fill]) => value.padStart(Number(width), text(fill, ' '))),
  center: string((value, [width, fill]) =>
    value
      .padStart(Math.floor((value.length + Number(width)) / 2), text(fill, ' '))
      .padEnd(Number(width), text(fill, ' ')),
  ),
  isdigit: string(value => /^\d+$/.test(value)),
  isnumeric: string(value => /^\d+$/.test(value)),
  isdecimal: string(value => /^\d+$/.test(value)),
  isalpha: string(value => /^\p{L}+$/u.test(value)),
  isalnum: string(value => /^[\p{L}\d]+$/u.test(value)),
  isspace: string(value => /^\s+$/.test(value)),
  isupper: string(value => /\p{Lu}/u.test(value) && value === value.toUpperCase()),
  islower: string(value => /\p{Ll}/u.test(value) && value === value.toLowerCase()),
  encode: string(value => value),
  removeprefix: string((value, [part]) => (value.startsWith(text(part)) ? value.slice(text(part).length) : value)),
  removesuffix: string((value, [part]) =>
    value.endsWith(text(part)) ? value.slice(0, value.length - text(part).length) : value,
  ),
}

function absent(reason: string): never {
  throw new Error(reason)
}

const LIST: Readonly<Record<string, Method>> = {
  index: (of, [entry = null]) => {
    const at = (of as Value[]).findIndex(each => isEqual(each, entry))
    return at >= 0 ? at : absent(`${pythonText(entry)} is not in list`)
  },
  count: (of, [entry = null]) => (of as Value[]).filter(each => isEqual(each, entry)).length,
  copy: of => of,
}

const MAPPING: Readonly<Record<string, Method>> = {
  items: of => Object.entries(of as Record<string, Value>),
  keys: of => Object.keys(of as Record<string, Value>),
  values: of => Object.values(of as Record<string, Value>),
  get: (of, [key = null, otherwise = null]) => get(of, key) ?? otherwise,
  copy: of => of,
  total_seconds: of => get(of, 'weft_total_seconds'),
}
