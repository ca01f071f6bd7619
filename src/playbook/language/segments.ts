import { problemAt } from './lexer.ts'

/** A piece of a template: text as it is, an output {{ }}, a statement {% %}, a comment {# #}. */
export interface Segment {
  readonly kind: 'text' | 'output' | 'statement' | 'comment'
  /** Without the braces and their - or +. */
  readonly inner: string
  readonly open: '' | '-' | '+'
  readonly close: '' | '-' | '+'
  /** Offset of `inner` in the template. */
  readonly at: number
}

/** Cuts a template at its braces. Throws SyntaxProblem for braces that do not close. */
export function segmentsOf(template: string): Segment[] {
  const found: Segment[] = []
  let at = 0
  while (at < template.length) {
    const start = nextOpening(template, at)
    const end = start < 0 ? template.length : start
    if (end > at) found.push(textAt(template.slice(at, end), at))
    if (start < 0) break
    at = piece(template, start, found)
  }
  return found
}

export function isTemplate(text: string): boolean {
  return text.includes('{{') || text.includes('{%') || text.includes('{#')
}

function textAt(inner: string, at: number): Segment {
  return { kind: 'text', inner, open: '', close: '', at }
}

function nextOpening(template: string, from: number): number {
  for (let at = template.indexOf('{', from); at >= 0; at = template.indexOf('{', at + 1))
    if ('{%#'.includes(template[at + 1] ?? ' ')) return at
  return -1
}

const CLOSING: Readonly<Record<string, string>> = { '{': '}}', '%': '%}', '#': '#}' }
const KINDS: Readonly<Record<string, Segment['kind']>> = { '{': 'output', '%': 'statement', '#': 'comment' }

function piece(template: string, start: number, found: Segment[]): number {
  const mark = template[start + 1] as string
  const end = closingAt(template, start + 2, mark)
  if (end < 0) throw problemAt(`{${mark} is not closed by ${CLOSING[mark]}`, start)
  const open = signAt(template, start + 2)
  const at = start + 2 + open.length
  const last = end - 1 >= at ? signAt(template, end - 1) : ''
  const close = last === '+' && mark === '{' ? '' : last
  const inner = template.slice(at, end - close.length)
  if (mark === '%' && /^\s*raw\s*$/.test(inner)) return raw(template, { end: end + 2, open, close }, found)
  found.push({ kind: KINDS[mark] as Segment['kind'], inner, open, close, at })
  return end + 2
}

function signAt(template: string, at: number): '' | '-' | '+' {
  const letter = template[at]
  return letter === '-' || letter === '+' ? letter : ''
}

/** Where the closing braces are; quotes and, in outputs, the braces of mappings do not count. */
function closingAt(template: string, from: number, mark: string): number {
  if (mark === '#') return template.indexOf('#}', from)
  let depth = 0
  for (let at = from; at < template.length; at++) {
    const letter = template[at] as string
    if (letter === '"' || letter === "'") {
      const end = quoteEnd(template, at)
      if (end < 0) return -1
      at = end
    } else if (letter === '{' || letter === '[' || letter === '(') depth++
    else if (depth === 0 && letter === (mark === '{' ? '}' : '%') && template[at + 1] === '}') return at
    else if (letter === '}' || letter === ']' || letter === ')') depth--
  }
  return -1
}

function quoteEnd(template: string, start: number): number {
  for (let at = start + 1; at < template.length; at++) {
    if (template[at] === '\\') at++
    else if (template[at] === template[start]) return at
  }
  return -1
}

/** What {% raw %} encloses is text; empty comments stand for its ends, so that their signs and newlines count. */
function raw(
  template: string,
  { end, open, close }: { end: number; open: '' | '-' | '+'; close: '' | '-' | '+' },
  found: Segment[],
): number {
  const closing = /\{%([-+]?)\s*endraw\s*([-+]?)%\}/g
  closing.lastIndex = end
  const match = closing.exec(template)
  if (!match) throw problemAt('{% raw %} is not closed by {% endraw %}', end)
  const [all, before = '', after = ''] = match
  // The newline behind {% raw %} stays.
  found.push({ kind: 'comment', inner: '', open, close: close === '-' ? '-' : '+', at: end })
  if (match.index > end) found.push(textAt(template.slice(end, match.index), end))
  found.push({
    kind: 'comment',
    inner: '',
    open: before as Segment['open'],
    close: after as Segment['close'],
    at: match.index,
  })
  return match.index + all.length
}
