import type { Value } from '../../model/value.ts'
import { pythonText } from '../jinja/python.ts'
import { argument, flagArgument, numberArgument, textArgument } from './argument.ts'
import type { Filter } from './index.ts'
import { formatPercent } from './percent.ts'

const text =
  (change: (text: string) => string): Filter =>
  of =>
    change(pythonText(of))

function capitalize(word: string): string {
  return word.charAt(0).toUpperCase() + word.slice(1).toLowerCase()
}

const replace: Filter = (of, call) => {
  const [from, to] = [textArgument(call, 0, 'old'), textArgument(call, 1, 'new')]
  const count = numberArgument(call, 2, 'count', -1)
  const parts = pythonText(of).split(from)
  if (count < 0 || parts.length - 1 <= count) return parts.join(to)
  return parts.slice(0, count + 1).join(to) + from + parts.slice(count + 1).join(from)
}

const indent: Filter = (of, call) => {
  const width = argument(call, 0, 'width', 4)
  const pad = typeof width === 'number' ? ' '.repeat(width) : pythonText(width)
  const [first, blank] = [flagArgument(call, 1, 'first'), flagArgument(call, 2, 'blank')]
  return pythonText(of)
    .split('\n')
    .map((line, index) => ((index === 0 && !first) || (line === '' && !blank) ? line : pad + line))
    .join('\n')
}

const truncate: Filter = (of, call) => {
  const value = pythonText(of)
  const [length, end] = [numberArgument(call, 0, 'length', 255), textArgument(call, 2, 'end', '...')]
  if (value.length <= length + numberArgument(call, 3, 'leeway', 5)) return value
  const cut = value.slice(0, length - end.length)
  return (flagArgument(call, 1, 'killwords') ? cut : cut.includes(' ') ? cut.slice(0, cut.lastIndexOf(' ')) : cut) + end
}

const wordwrap: Filter = (of, call) => {
  const width = numberArgument(call, 0, 'width', 79)
  const lines: string[] = []
  for (const line of pythonText(of).split('\n')) {
    let current = ''
    for (const word of line.split(' ')) {
      if (current !== '' && current.length + 1 + word.length > width) {
        lines.push(current)
        current = word
      } else current = current === '' ? word : `${current} ${word}`
    }
    lines.push(current)
  }
  return lines.join(textArgument(call, 2, 'wrapstring', '\n'))
}

const COMMENT: Readonly<Record<string, string>> = { plain: '# ', erlang: '% ', c: '// ', cblock: ' * ', xml: ' - ' }

const comment: Filter = (of, call) => {
  const style = textArgument(call, 0, 'style', 'plain')
  const mark = call.named.decoration === undefined ? (COMMENT[style] ?? '# ') : pythonText(call.named.decoration)
  const body = pythonText(of)
    .split('\n')
    .map(line => `${mark}${line}`.trimEnd())
  const edge = mark.trimEnd()
  if (style === 'cblock') return ['/*', ' *', ...body, ' *', ' */'].join('\n')
  if (style === 'xml') return ['<!--', ' -', ...body, ' -', '-->'].join('\n')
  return [edge, ...body, edge].join('\n')
}

const split: Filter = (of, call) => {
  const by = argument(call, 0, 'sep', null)
  const value = pythonText(of)
  return by === null
    ? value
        .trim()
        .split(/\s+/)
        .filter(part => part !== '')
    : value.split(pythonText(by))
}

const center: Filter = (of, call) => {
  const value = pythonText(of)
  const space = Math.max(0, numberArgument(call, 0, 'width', 80) - value.length)
  return ' '.repeat(Math.floor(space / 2)) + value + ' '.repeat(Math.ceil(space / 2))
}

function quote(value: string): string {
  return /^[\w@%+=:,./-]+$/.test(value) ? value : `'${value.replaceAll("'", `'"'"'`)}'`
}

const HTML: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&#34;', "'": '&#39;' }

/** Filters on text. */
export const textFilters: Record<string, Filter> = {
  replace,
  indent,
  truncate,
  wordwrap,
  comment,
  split,
  center,
  string: of => (of === null ? 'None' : pythonText(of)),
  upper: text(value => value.toUpperCase()),
  lower: text(value => value.toLowerCase()),
  capitalize: text(capitalize),
  title: text(value => value.replace(/[^\s\-[({<]+/g, capitalize)),
  trim: (of, call) => trimmed(pythonText(of), argument(call, 0, 'chars', null)),
  quote: of => quote(pythonText(of)),
  wordcount: of => pythonText(of).match(/\w+/g)?.length ?? 0,
  format: (of, call) => formatPercent(pythonText(of), call.args, call.named),
  e: text(value => value.replace(/[&<>"']/g, letter => HTML[letter] as string)),
  escape: text(value => value.replace(/[&<>"']/g, letter => HTML[letter] as string)),
  safe: of => of,
  splitext: of => {
    const value = pythonText(of)
    const at = value.lastIndexOf('.')
    return at > value.lastIndexOf('/') + 1 ? [value.slice(0, at), value.slice(at)] : [value, '']
  },
}

function trimmed(value: string, letters: Value): string {
  if (letters === null) return value.trim()
  const set = new Set(pythonText(letters))
  let [start, end] = [0, value.length]
  while (start < end && set.has(value[start] as string)) start++
  while (end > start && set.has(value[end - 1] as string)) end--
  return value.slice(start, end)
}
