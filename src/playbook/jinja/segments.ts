import { problemAt } from './lexer.ts'

/** A piece of a template: text as it is, an output {{ }}, a statement {% %}. Comments are left out. */
export interface Segment {
  readonly kind: 'text' | 'output' | 'statement'
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
    if (end > at) found.push({ kind: 'text', inner: template.slice(at, end), open: '', close: '', at })
    if (start < 0) break
    at = piece(template, start, found)
  }
  return found
}

export function isTemplate(text: string): boolean {
  return text.includes('{{') || text.includes('{%') || text.includes('{#')
}

function nextOpening(template: string, from: number): number {
  for (let at = template.indexOf('{', from); at >= 0; at = template.indexOf('{', at + 1))
    if ('{%#'.includes(template[at + 1] ?? ' ')) return at
  return -1
}

const CLOSING: Readonly<Record<string, string>> = { '{': '}}', '%': '%}', '#': '#}' }

function piece(template: string, start: number, found: Segment[]): number {
  const mark = template[start + 1] as string
  const closing = CLOSING[mark] as string
  const end = closingAt(template, start + 2, mark)
  if (end < 0) throw problemAt(`{${mark} is not closed by ${closing}`, start)
  const first = template[start + 2] ?? ''
  const open = first === '-' || (first === '+' && mark !== '{') ? first : ''
  const last = template[end - 1] ?? ''
  const close = (last === '-' || (last === '+' && mark !== '{')) && end - 1 > start + 1 + open.length ? last : ''
  const at = start + 2 + open.length
  const inner = template.slice(at, end - close.length)
  if (mark === '#') found.push({ kind: 'statement', inner: '', open, close, at })
  else if (mark === '%' && /^\s*raw\s*$/.test(inner)) return raw(template, { end: end + 2, open, close }, found)
  else found.push({ kind: mark === '{' ? 'output' : 'statement', inner, open, close, at })
  return end + 2
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

function raw(
  template: string,
  { end, open, close }: { end: number; open: '' | '-' | '+'; close: '' | '-' | '+' },
  found: Segment[],
): number {
  const closing = /\{%([-+]?)\s*endraw\s*([-+]?)%\}/g
  closing.lastIndex = end
  const match = closing.exec(template)
  if (!match) throw problemAt('{% raw %} is not closed by {% endraw %}', end)
  let text = template.slice(end, match.index)
  if (close === '-') text = text.trimStart()
  if (match[1] === '-') text = text.trimEnd()
  found.push({ kind: 'statement', inner: '', open, close: '', at: end })
  found.push({ kind: 'output', inner: JSON.stringify(text), open: '', close: '', at: end })
  found.push({ kind: 'statement', inner: '', open: '', close: match[2] === '-' ? '-' : '', at: end })
  return match.index + match[0].length
}
