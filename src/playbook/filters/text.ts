import { crc32 } from 'node:zlib'
import { formatPercent, percent } from '../python/formats/percent.ts'
import { type CallArguments, isDict, type Operand, tuple } from '../python/operand.ts'
import { pretty } from '../python/pretty.ts'
import { joined, str } from '../python/text.ts'
import { argument, flagArgument, numberArgument, textArgument } from './argument.ts'
import { comment } from './comment.ts'
import type { Filter } from './filter.ts'

const text =
  (change: (text: string) => string): Filter =>
  of =>
    change(str(of))

function capitalize(word: string): string {
  return word.charAt(0).toUpperCase() + word.slice(1).toLowerCase()
}

const replace: Filter = (of, call) => {
  const [from, to] = [textArgument(call, 0, 'old'), textArgument(call, 1, 'new')]
  const count = numberArgument(call, 2, 'count', -1)
  const parts = str(of).split(from)
  if (count < 0 || parts.length - 1 <= count) return joined(parts, to)
  return joined(parts.slice(0, count + 1), to) + from + parts.slice(count + 1).join(from)
}

const indent: Filter = (of, call) => {
  const width = argument(call, 0, 'width', 4)
  const pad = typeof width === 'number' ? ' '.repeat(width) : str(width)
  const [first, blank] = [flagArgument(call, 1, 'first'), flagArgument(call, 2, 'blank')]
  return str(of)
    .split('\n')
    .map((line, index) => ((index === 0 && !first) || (line === '' && !blank) ? line : pad + line))
    .join('\n')
}

const truncate: Filter = (of, call) => {
  const value = str(of)
  const [length, end] = [numberArgument(call, 0, 'length', 255), textArgument(call, 2, 'end', '...')]
  if (value.length <= length + numberArgument(call, 3, 'leeway', 5)) return value
  const cut = value.slice(0, length - end.length)
  return (flagArgument(call, 1, 'killwords') ? cut : cut.includes(' ') ? cut.slice(0, cut.lastIndexOf(' ')) : cut) + end
}

const wordwrap: Filter = (of, call) => {
  const width = numberArgument(call, 0, 'width', 79)
  const lines: string[] = []
  for (const line of str(of).split('\n')) {
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

const split: Filter = (of, call) => {
  const by = argument(call, 0, 'sep', null)
  const value = str(of)
  return by === null
    ? value
        .trim()
        .split(/\s+/)
        .filter(part => part !== '')
    : value.split(str(by))
}

const center: Filter = (of, call) => {
  const value = str(of)
  const space = Math.max(0, numberArgument(call, 0, 'width', 80) - value.length)
  return ' '.repeat(Math.floor(space / 2)) + value + ' '.repeat(Math.ceil(space / 2))
}

function quote(value: string): string {
  return /^[\w@%+=:,./-]+$/.test(value) ? value : `'${value.replaceAll("'", `'"'"'`)}'`
}

function formatted(format: string, { args, named }: CallArguments): string {
  if (args.length > 0 && Object.keys(named).length > 0)
    throw new Error("can't handle positional and keyword arguments at the same time")
  const [only] = args
  if (args.length === 1 && isDict(only)) return percent(format, only)
  return formatPercent(format, args, Object.keys(named).length > 0 ? named : null)
}

/** Filters on text. */
export const textFilters: Record<string, Filter> = {
  replace,
  indent,
  truncate,
  wordwrap,
  comment,
  split,
  center,
  string: of => str(of),
  upper: text(value => value.toUpperCase()),
  lower: text(value => value.toLowerCase()),
  capitalize: text(capitalize),
  title: text(value => value.replace(/[^\s\-[({<]+/g, capitalize)),
  trim: (of, call) => trimmed(str(of), argument(call, 0, 'chars', null)),
  quote: of => quote(str(of)),
  wordcount: of => str(of).match(/\w+/g)?.length ?? 0,
  format: (of, call) => formatted(str(of), call),
  splitext: of => tuple(splitExtension(str(of))),
  pprint: of => pretty(of),
  crc32: of => crc32(Buffer.from(str(of))).toString(16),
  unicode_normalize: (of, call) => str(of).normalize(textArgument(call, 0, 'form', 'NFC')),
}

function trimmed(value: string, letters: Operand): string {
  if (letters === null) return value.trim()
  const set = new Set(str(letters))
  let [start, end] = [0, value.length]
  while (start < end && set.has(value[start] as string)) start++
  while (end > start && set.has(value[end - 1] as string)) end--
  return value.slice(start, end)
}

/** '/a/b.c' → ['/a/b', '.c']; a dot at the start of a name begins no extension. */
function splitExtension(name: string): [string, string] {
  const [head = ''] = /^(?:.*\/)?\.*/.exec(name) ?? []
  const at = name.lastIndexOf('.')
  return at >= head.length ? [name.slice(0, at), name.slice(at)] : [name, '']
}
