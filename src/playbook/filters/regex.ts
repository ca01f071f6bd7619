import { timedSearch } from '../../model/timed-search.ts'
import type { Value } from '../../model/value.ts'
import { isTrue, pythonText } from '../jinja/python.ts'
import { argument, flagArgument, numberArgument, textArgument } from './argument.ts'
import type { Filter } from './index.ts'

/** A Python regular expression as JavaScript's: named groups, inline flags, \A and \Z. Throws Error for what neither knows. */
export function pythonExpression(source: string, named: Readonly<Record<string, Value>> = {}, extra = ''): RegExp {
  let flags = extra
  const body = source
    .replace(/^(\^?(?:\(\?:)?)\(\?([aimsux]+)\)/, (_, head: string, letters: string) => {
      flags += letters.replace(/[aux]/g, '')
      return head
    })
    .replace(/\(\?P<(\w+)>/g, '(?<$1>')
    .replace(/\(\?P=(\w+)\)/g, '\\k<$1>')
    .replace(/\\A/g, '^')
    .replace(/\\[zZ]/g, '$(?![\\s\\S])')
  if (isTrue(named.ignorecase ?? false)) flags += 'i'
  if (isTrue(named.multiline ?? false)) flags += 'm'
  try {
    return new RegExp(body, [...new Set(flags)].join(''))
  } catch (error) {
    throw new Error(`"${source}" is not a valid regular expression`, { cause: error })
  }
}

const regexReplace: Filter = (of, call) => {
  const found = pythonExpression(textArgument(call, 0, 'pattern'), call.named, 'g')
  const to = textArgument(call, 1, 'replacement')
  let left = numberArgument(call, 99, 'count', 0) || Number.POSITIVE_INFINITY
  const replaced = (...parts: (string | number | Record<string, string>)[]): string => {
    if (left-- <= 0) return parts[0] as string
    const groups = typeof parts.at(-1) === 'object' ? (parts.at(-1) as Record<string, string>) : {}
    return to.replace(/\\(?:g<(\w+)>|(\d+)|([nt\\]))/g, (_, name?: string, digit?: string, letter?: string) => {
      if (letter) return letter === 'n' ? '\n' : letter === 't' ? '\t' : '\\'
      const key = name ?? (digit as string)
      return String((/^\d+$/.test(key) ? parts[Number(key)] : groups[key]) ?? '')
    })
  }
  const text = pythonText(of)
  return timedSearch(found, text, () => text.replace(found, replaced))
}

/** The match, or the named and numbered groups asked for ('\\1', '\\g<name>') as a list; None when there is no match. */
const regexSearch: Filter = (of, call) => {
  const wanted = pythonExpression(textArgument(call, 0, 'regex'), call.named)
  const text = pythonText(of)
  const match = timedSearch(wanted, text, () => wanted.exec(text))
  if (!match) return null
  const groups = call.args.slice(1)
  if (groups.length === 0) return match[0]
  return groups.map(group => {
    const [, name, digit] = /^\\(?:g<(\w+)>|(\d+))$/.exec(pythonText(group)) ?? []
    const key = name ?? digit
    if (key === undefined) throw new Error(`unknown argument ${pythonText(group)}`)
    return (/^\d+$/.test(key) ? match[Number(key)] : match.groups?.[key]) ?? null
  })
}

const regexFindall: Filter = (of, call) => {
  const multiline = flagArgument(call, 1, 'multiline')
  const ignorecase = flagArgument(call, 2, 'ignorecase')
  const found = pythonExpression(textArgument(call, 0, 'regex'), { multiline, ignorecase }, 'g')
  const text = pythonText(of)
  return timedSearch(found, text, () => [...text.matchAll(found)]).map(match => {
    if (match.length === 1) return match[0]
    return match.length === 2 ? (match[1] ?? '') : match.slice(1).map(group => group ?? '')
  })
}

/** Filters with regular expressions. */
export const regexFilters: Record<string, Filter> = {
  regex_replace: regexReplace,
  regex_search: regexSearch,
  regex_findall: regexFindall,
  regex_escape: (of, call) =>
    pythonText(of).replace(
      argument(call, 0, 're_type', 'python') === 'posix_basic' ? /[\][.^$*\\]/g : /[.*+?^${}()|[\]\\\-#&~\s]/g,
      '\\$&',
    ),
}
