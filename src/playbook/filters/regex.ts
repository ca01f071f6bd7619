import { timedSearch } from '../../model/timed-search.ts'
import { isTrue } from '../python/compare.ts'
import { type Operand, tuple } from '../python/operand.ts'
import { str } from '../python/text.ts'
import { argument, flagArgument, numberArgument, textArgument } from './argument.ts'
import type { Filter } from './filter.ts'
import { translated } from './regex-source.ts'

interface How {
  readonly named?: Readonly<Record<string, Operand>>
  /** More flags of JavaScript. */
  readonly extra?: string
  /** What it will be used on: Python's classes know letters of every language. */
  readonly text?: string
}

/** A Python regular expression as JavaScript's. Throws Error for what is none. */
export function pythonExpression(source: string, { named = {}, extra = '', text = '' }: How = {}): RegExp {
  const unicode = /[^\0-\x7f]/.test(text + source)
  const multiline = isTrue(named.multiline ?? false)
  let flags = extra + (isTrue(named.ignorecase ?? false) ? 'i' : '') + (multiline ? 'm' : '') + (unicode ? 'u' : '')
  try {
    const isMultiline = multiline || /^\(\?\w*m/.test(source)
    const made = translated(source, { unicode, multiline: isMultiline, endsInNewline: text.endsWith('\n') })
    flags += made.flags
    return new RegExp(made.source, [...new Set(flags)].join(''))
  } catch (error) {
    throw new Error(`"${source}" is not a valid regular expression`, { cause: error })
  }
}

const LETTERS: Readonly<Record<string, string>> = { n: '\n', t: '\t', r: '\r', a: '\x07', f: '\f', v: '\v', '\\': '\\' }

type Found = (string | number | Record<string, string>)[]

/** What a match is replaced by: \1, \g<1>, \g<name>, \n. Throws Error for a group that is not there. */
function replacement(to: string, parts: Found): string {
  const groups = typeof parts.at(-1) === 'object' ? (parts.at(-1) as Record<string, string>) : {}
  const count = parts.findIndex((part, index) => index > 0 && typeof part === 'number')
  return to.replace(/\\(?:g<(\w+)>|(\d{1,2})|([\s\S]))/g, (all, name?: string, digits?: string, letter?: string) => {
    if (letter !== undefined) {
      if (/[A-Za-z]/.test(letter) && !LETTERS[letter]) throw new Error(`bad escape \\${letter}`)
      return LETTERS[letter] ?? all
    }
    const key = name ?? (digits as string)
    const isNumber = /^\d+$/.test(key)
    if (isNumber ? Number(key) >= count : !Object.hasOwn(groups, key)) throw new Error(`invalid group reference ${key}`)
    return String((isNumber ? parts[Number(key)] : groups[key]) ?? '')
  })
}

const regexReplace: Filter = (of, call) => {
  const text = str(of)
  const pattern = textArgument(call, 0, 'pattern')
  const found = pythonExpression(pattern, { named: call.named, extra: 'g', text })
  const to = textArgument(call, 1, 'replacement')
  let left = numberArgument(call, 99, 'count', 0) || Number.POSITIVE_INFINITY
  const replaced = (...parts: Found): string => (left-- <= 0 ? (parts[0] as string) : replacement(to, parts))
  return timedSearch(found, text, () => text.replace(found, replaced))
}

/** The match, or the named and numbered groups asked for ('\\1', '\\g<name>') as a list; None when there is no match. */
const regexSearch: Filter = (of, call) => {
  const text = str(of)
  const groups = call.args.slice(1).map(group => {
    const [, name, digits] = /^\\(?:g<(\w+)>|(\d+))$/.exec(str(group)) ?? []
    const key = name ?? digits
    if (key === undefined) throw new Error(`unknown argument ${str(group)}`)
    return key
  })
  const wanted = pythonExpression(textArgument(call, 0, 'regex'), { named: call.named, text })
  const match = timedSearch(wanted, text, () => wanted.exec(text))
  if (!match) return null
  if (groups.length === 0) return match[0]
  return groups.map(key => {
    if (/^\d+$/.test(key) ? Number(key) >= match.length : !Object.hasOwn(match.groups ?? {}, key))
      throw new Error(`no such group: ${key}`)
    return (/^\d+$/.test(key) ? match[Number(key)] : match.groups?.[key]) ?? null
  })
}

const regexFindall: Filter = (of, call) => {
  const named = { multiline: flagArgument(call, 1, 'multiline'), ignorecase: flagArgument(call, 2, 'ignorecase') }
  const text = str(of)
  const found = pythonExpression(textArgument(call, 0, 'regex'), { named, extra: 'g', text })
  return timedSearch(found, text, () => [...text.matchAll(found)]).map(match => {
    if (match.length === 1) return match[0]
    return match.length === 2 ? (match[1] ?? '') : tuple<Operand>(match.slice(1).map(group => group ?? ''))
  })
}

/** Filters with regular expressions. */
export const regexFilters: Record<string, Filter> = {
  regex_replace: regexReplace,
  regex_search: regexSearch,
  regex_findall: regexFindall,
  regex_escape: (of, call) =>
    str(of).replace(
      argument(call, 0, 're_type', 'python') === 'posix_basic' ? /[\][.^$*\\]/g : /[.*+?^${}()|[\]\\\-#&~\s]/g,
      '\\$&',
    ),
}
