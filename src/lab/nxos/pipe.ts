import { toJson } from './json.ts'

/** What a command answers: text, and where NX-OS has it, the same as data (numbers as numbers, rows as arrays). */
export interface Output {
  readonly text: string
  readonly data?: object
}

/** The text behind the pipes of a command, or `unknown` with the offset of the pipe that is not understood. */
export type Piped = { readonly text: string } | { readonly unknown: number }

/** Splits `show x | include y` at its pipes; quotes keep a pipe together. */
export function splitPipes(line: string): { command: string; pipes: { text: string; at: number }[] } {
  const parts: { text: string; at: number }[] = []
  for (const found of line.matchAll(/(?:"[^"]*"|'[^']*'|[^|])+/g)) parts.push({ text: found[0], at: found.index })
  const [first, ...rest] = parts
  return {
    command: (first?.text ?? '').trimEnd(),
    pipes: rest.map(({ text, at }) => ({ text: text.trim(), at: at + text.length - text.trimStart().length })),
  }
}

/** Sends an output through the pipes of NX-OS: include, exclude, begin, section, count, last, no-more, json …. */
export function runPipes(output: Output, pipes: readonly { text: string; at: number }[]): Piped {
  let lines = output.text.split('\n')
  if (lines.at(-1) === '') lines.pop()
  for (const { text, at } of pipes) {
    const [verb = '', ...rest] = text.split(/\s+/)
    const argument = unquote(text.slice(verb.length).trim())
    const name = verbs.find(candidate => candidate.startsWith(verb.toLowerCase()))
    if (!name || verb === '') return { unknown: at }
    if (name === 'json' || name === 'json-pretty') {
      if (!output.data && output.text === '') return { text: '' }
      if (!output.data) return { unknown: at }
      lines = toJson(output.data, {
        native: rest[0] === 'native',
        pretty: name === 'json-pretty' || rest.includes('pretty'),
      })
      continue
    }
    const filter = filters[name]
    if (!filter) continue
    try {
      lines = filter(lines, argument)
    } catch {
      return { text: `grep: Invalid regular expression\n` }
    }
  }
  return { text: lines.map(line => `${line}\n`).join('') }
}

const verbs = [
  'include',
  'exclude',
  'begin',
  'section',
  'count',
  'last',
  'head',
  'grep',
  'egrep',
  'no-more',
  'json',
  'json-pretty',
]

type Filter = (lines: string[], argument: string) => string[]

const include: Filter = (lines, argument) => lines.filter(line => pattern(argument).test(line))

const filters: Record<string, Filter> = {
  include,
  grep: (lines, argument) => grep(lines, argument),
  egrep: (lines, argument) => grep(lines, argument),
  exclude: (lines, argument) => lines.filter(line => !pattern(argument).test(line)),
  begin: (lines, argument) => {
    const first = lines.findIndex(line => pattern(argument).test(line))
    return first < 0 ? [] : lines.slice(first)
  },
  section,
  count: lines => [`${lines.length}`],
  last: (lines, argument) => lines.slice(-(Number(argument) || 10)),
  head: (lines, argument) => lines.slice(0, Number(/\d+/.exec(argument)?.[0] ?? 10)),
}

function grep(lines: string[], argument: string): string[] {
  const inverse = /^-v\s+/.exec(argument)
  const expression = pattern(unquote(argument.slice(inverse?.[0].length ?? 0)))
  return lines.filter(line => expression.test(line) !== Boolean(inverse))
}

/** Every line that fits, with all that is indented deeper below it. */
function section(lines: string[], argument: string): string[] {
  const expression = pattern(argument)
  const kept: string[] = []
  let open = -1
  for (const line of lines) {
    const indent = line.length - line.trimStart().length
    if (open >= 0 && (line.trim() === '' || indent <= open)) open = -1
    if (open < 0 && expression.test(line)) open = indent
    if (open >= 0) kept.push(line)
  }
  return kept
}

function pattern(text: string): RegExp {
  return new RegExp(unquote(text).replace(/^(ignore-case|-i) /, ''), /^(ignore-case|-i) /.test(text) ? 'i' : '')
}

function unquote(text: string): string {
  return /^(["']).*\1$/.test(text) ? text.slice(1, -1) : text
}
