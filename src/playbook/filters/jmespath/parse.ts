import type { Operand } from '../../python/operand.ts'
import { type Token, tokensOf } from './tokens.ts'

/** A JMESPath expression as a tree. `of` is what comes before it: the current value where it is null. */
export type Query =
  | { readonly type: 'current' }
  | { readonly type: 'literal'; readonly value: Operand }
  | { readonly type: 'field'; readonly name: string }
  | { readonly type: 'chain'; readonly left: Query; readonly right: Query }
  | { readonly type: 'pipe' | 'and' | 'or'; readonly left: Query; readonly right: Query }
  | { readonly type: 'not'; readonly of: Query }
  | { readonly type: 'compare'; readonly operator: string; readonly left: Query; readonly right: Query }
  | { readonly type: 'index'; readonly of: Query; readonly at: number }
  | { readonly type: 'slice'; readonly of: Query; readonly parts: readonly (number | null)[] }
  | { readonly type: 'each'; readonly of: Query; readonly values: boolean; readonly rest: Query }
  | { readonly type: 'flatten'; readonly of: Query; readonly rest: Query }
  | { readonly type: 'filter'; readonly of: Query; readonly test: Query; readonly rest: Query }
  | { readonly type: 'list'; readonly entries: readonly Query[] }
  | { readonly type: 'mapping'; readonly entries: readonly (readonly [string, Query])[] }
  | { readonly type: 'call'; readonly name: string; readonly args: readonly Query[] }
  | { readonly type: 'reference'; readonly of: Query }

interface Cursor {
  readonly source: string
  readonly tokens: readonly Token[]
  next: number
  depth: number
}

const CURRENT: Query = { type: 'current' }

/** How tightly marks bind; what binds less tightly than this ends a projection. */
const BINDING: Readonly<Record<string, number>> = {
  '|': 1,
  '||': 2,
  '&&': 3,
  '==': 5,
  '!=': 5,
  '<': 5,
  '>': 5,
  '<=': 5,
  '>=': 5,
  '[]': 9,
  '[?': 21,
  '.': 40,
  '[': 55,
}
const STOPS = 10
const DEEPEST = 100

/** Parses a whole expression. Throws Error. */
export function parseQuery(source: string): Query {
  const cursor: Cursor = { source, tokens: tokensOf(source), next: 0, depth: 0 }
  const query = expression(cursor, 0)
  if (peek(cursor).kind !== 'end') throw unexpected(cursor)
  return query
}

const peek = (cursor: Cursor) => cursor.tokens[cursor.next] as Token
const isMark = (cursor: Cursor, text: string) => peek(cursor).kind === 'mark' && peek(cursor).text === text

function accept(cursor: Cursor, text: string): boolean {
  if (!isMark(cursor, text)) return false
  cursor.next++
  return true
}

function expect(cursor: Cursor, text: string): void {
  if (!accept(cursor, text)) throw unexpected(cursor)
}

function unexpected(cursor: Cursor): Error {
  const { text } = peek(cursor)
  return new Error(`json_query: unexpected ${text || 'end'} in "${cursor.source}"`)
}

function expression(cursor: Cursor, binding: number): Query {
  if (cursor.depth++ > DEEPEST) throw new Error('json_query: the expression is nested too deeply')
  let left = start(cursor)
  for (;;) {
    const token = peek(cursor)
    const next = token.kind === 'mark' ? (BINDING[token.text] ?? 0) : 0
    if (next <= binding) break
    cursor.next++
    left = follow(token.text, left, cursor)
  }
  cursor.depth--
  return left
}

function start(cursor: Cursor): Query {
  const token = peek(cursor)
  cursor.next++
  if (token.kind === 'literal') return { type: 'literal', value: token.value }
  if (token.kind === 'quoted') return { type: 'field', name: String(token.value) }
  if (token.kind === 'name') return isMark(cursor, '(') ? call(token.text, cursor) : { type: 'field', name: token.text }
  if (token.kind !== 'mark') {
    cursor.next--
    throw unexpected(cursor)
  }
  return startMark(token.text, cursor)
}

function startMark(text: string, cursor: Cursor): Query {
  switch (text) {
    case '@':
      return CURRENT
    case '*':
      return { type: 'each', of: CURRENT, values: true, rest: projected(cursor, 20) }
    case '[]':
      return { type: 'flatten', of: CURRENT, rest: projected(cursor, 9) }
    case '[?':
      return filter(CURRENT, cursor)
    case '[':
      return bracket(CURRENT, cursor, true)
    case '{':
      return mapping(cursor)
    case '!':
      return { type: 'not', of: expression(cursor, 45) }
    case '&':
      return { type: 'reference', of: expression(cursor, 0) }
    case '(': {
      const inner = expression(cursor, 0)
      expect(cursor, ')')
      return inner
    }
    default:
      cursor.next--
      throw unexpected(cursor)
  }
}

function follow(text: string, left: Query, cursor: Cursor): Query {
  const binding = BINDING[text] as number
  switch (text) {
    case '|':
      return { type: 'pipe', left, right: expression(cursor, binding) }
    case '||':
      return { type: 'or', left, right: expression(cursor, binding) }
    case '&&':
      return { type: 'and', left, right: expression(cursor, binding) }
    case '.':
      if (accept(cursor, '*')) return { type: 'each', of: left, values: true, rest: projected(cursor, 20) }
      return { type: 'chain', left, right: afterDot(cursor, binding) }
    case '[]':
      return { type: 'flatten', of: left, rest: projected(cursor, 9) }
    case '[?':
      return filter(left, cursor)
    case '[':
      return bracket(left, cursor, false)
    default:
      return { type: 'compare', operator: text, left, right: expression(cursor, binding) }
  }
}

function afterDot(cursor: Cursor, binding: number): Query {
  const token = peek(cursor)
  if (token.kind === 'name' || token.kind === 'quoted') return expression(cursor, binding)
  if (accept(cursor, '[')) return list(cursor)
  if (accept(cursor, '{')) return mapping(cursor)
  throw unexpected(cursor)
}

/** What is done with each entry of a projection. */
function projected(cursor: Cursor, binding: number): Query {
  const { kind, text } = peek(cursor)
  if (kind === 'end' || (BINDING[text] ?? 0) < STOPS) return CURRENT
  if (text === '[' || text === '[?') return expression(cursor, binding)
  if (accept(cursor, '.'))
    return accept(cursor, '*')
      ? { type: 'each', of: CURRENT, values: true, rest: projected(cursor, 20) }
      : afterDot(cursor, binding)
  throw unexpected(cursor)
}

function filter(of: Query, cursor: Cursor): Query {
  const test = expression(cursor, 0)
  expect(cursor, ']')
  const rest = isMark(cursor, '[]') ? CURRENT : projected(cursor, 21)
  return { type: 'filter', of, test, rest }
}

/** [0], [1:3], [*], and at the start of an expression [a, b]. */
function bracket(of: Query, cursor: Cursor, isStart: boolean): Query {
  if (isMark(cursor, '*') && cursor.tokens[cursor.next + 1]?.text === ']') {
    cursor.next += 2
    return { type: 'each', of, values: false, rest: projected(cursor, 20) }
  }
  if (peek(cursor).kind !== 'number' && !isMark(cursor, ':')) {
    if (isStart) return list(cursor)
    throw unexpected(cursor)
  }
  const parts: (number | null)[] = [numberAt(cursor)]
  while (accept(cursor, ':')) parts.push(numberAt(cursor))
  expect(cursor, ']')
  if (parts.length === 1) return { type: 'index', of, at: parts[0] as number }
  return { type: 'each', of: { type: 'slice', of, parts }, values: false, rest: projected(cursor, 20) }
}

function numberAt(cursor: Cursor): number | null {
  if (peek(cursor).kind !== 'number') return null
  return (cursor.tokens[cursor.next++] as Token).value as number
}

function list(cursor: Cursor): Query {
  const entries: Query[] = []
  do entries.push(expression(cursor, 0))
  while (accept(cursor, ','))
  expect(cursor, ']')
  return { type: 'list', entries }
}

function mapping(cursor: Cursor): Query {
  const entries: (readonly [string, Query])[] = []
  do {
    const key = peek(cursor)
    if (key.kind !== 'name' && key.kind !== 'quoted') throw unexpected(cursor)
    cursor.next++
    expect(cursor, ':')
    entries.push([String(key.value), expression(cursor, 0)])
  } while (accept(cursor, ','))
  expect(cursor, '}')
  return { type: 'mapping', entries }
}

function call(name: string, cursor: Cursor): Query {
  const args: Query[] = []
  expect(cursor, '(')
  while (!accept(cursor, ')')) {
    args.push(expression(cursor, 0))
    if (!isMark(cursor, ')')) expect(cursor, ',')
  }
  return { type: 'call', name, args }
}
