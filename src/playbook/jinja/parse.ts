import type { Arguments, Expression } from './expression.ts'
import { problemAt, type Token, tokens } from './lexer.ts'

/** Reads tokens one after the other. */
export interface Cursor {
  readonly tokens: readonly Token[]
  next: number
  depth?: number
}

/** Parses one whole expression. Throws SyntaxProblem. */
export function parseExpression(source: string): Expression {
  const cursor = { tokens: tokens(source), next: 0 }
  const expression = parseTuple(cursor)
  expectEnd(cursor)
  return expression
}

export function peek(cursor: Cursor): Token {
  return cursor.tokens[cursor.next] as Token
}

export function is(cursor: Cursor, text: string): boolean {
  const token = peek(cursor)
  return token.text === text && (token.kind === 'mark' || token.kind === 'name')
}

export function accept(cursor: Cursor, text: string): boolean {
  if (!is(cursor, text)) return false
  cursor.next++
  return true
}

export function expect(cursor: Cursor, text: string): void {
  if (!accept(cursor, text)) throw unexpected(cursor, `expected ${text}`)
}

export function expectEnd(cursor: Cursor): void {
  if (peek(cursor).kind !== 'end') throw unexpected(cursor, 'expected the end of the expression')
}

export function takeName(cursor: Cursor): string {
  const token = peek(cursor)
  if (token.kind !== 'name') throw unexpected(cursor, 'expected a name')
  cursor.next++
  return token.text
}

export function unexpected(cursor: Cursor, wanted: string) {
  const token = peek(cursor)
  return problemAt(
    `unexpected ${token.kind === 'end' ? '' : token.kind === 'text' ? 'text ' : ''}${JSON.stringify(token.text).slice(1, -1)}, ${wanted}`,
    token.at,
  )
}

/** `a, b` without brackets is a tuple too. */
export function parseTuple(cursor: Cursor): Expression {
  const first = parseChoice(cursor)
  if (!is(cursor, ',')) return first
  const entries = [first]
  while (accept(cursor, ',') && peek(cursor).kind !== 'end') entries.push(parseChoice(cursor))
  return { type: 'list', entries, tuple: true }
}

const DEEPEST = 60

export function parseChoice(cursor: Cursor): Expression {
  cursor.depth = (cursor.depth ?? 0) + 1
  if (cursor.depth > DEEPEST) throw problemAt('brackets are nested too deeply', peek(cursor).at)
  const expression = choice(cursor)
  cursor.depth--
  return expression
}

function choice(cursor: Cursor): Expression {
  let expression = parseOr(cursor)
  while (accept(cursor, 'if')) {
    const test = parseOr(cursor)
    const no = accept(cursor, 'else') ? parseChoice(cursor) : null
    expression = { type: 'choice', test, yes: expression, no }
  }
  return expression
}

export function parseOr(cursor: Cursor): Expression {
  return leftward(cursor, ['or'], () => leftward(cursor, ['and'], () => parseNot(cursor)))
}

function leftward(cursor: Cursor, operators: readonly string[], inner: () => Expression): Expression {
  let left = inner()
  for (;;) {
    const operator = operators.find(each => accept(cursor, each))
    if (operator === undefined) return left
    left = { type: 'binary', operator, left, right: inner() }
  }
}

function parseNot(cursor: Cursor): Expression {
  return accept(cursor, 'not') ? { type: 'unary', operator: 'not', of: parseNot(cursor) } : parseCompare(cursor)
}

function parseCompare(cursor: Cursor): Expression {
  const first = parseSum(cursor)
  const rest: [string, Expression][] = []
  for (;;) {
    const operator = ['==', '!=', '<=', '>=', '<', '>', 'in'].find(each => accept(cursor, each))
    if (operator !== undefined) rest.push([operator, parseSum(cursor)])
    else if (is(cursor, 'not') && cursor.tokens[cursor.next + 1]?.text === 'in') {
      cursor.next += 2
      rest.push(['not in', parseSum(cursor)])
    } else break
  }
  return rest.length === 0 ? first : { type: 'compare', first, rest }
}

function parseSum(cursor: Cursor): Expression {
  const product = () => leftward(cursor, ['*', '//', '/', '%'], () => parseUnary(cursor))
  return leftward(cursor, ['+', '-'], () => leftward(cursor, ['~'], product))
}

/** A minus binds looser than ** and, unlike Python's, looser than filters: -3 | abs is 3 because the filter takes the signed number. */
function parseUnary(cursor: Cursor, withFilters = true): Expression {
  let expression: Expression
  if (accept(cursor, '-')) expression = { type: 'unary', operator: '-', of: parseUnary(cursor, false) }
  else if (accept(cursor, '+')) expression = { type: 'unary', operator: '+', of: parseUnary(cursor, false) }
  else expression = parsePrimary(cursor)
  expression = parsePostfix(cursor, expression)
  if (accept(cursor, '**'))
    expression = { type: 'binary', operator: '**', left: expression, right: parseUnary(cursor, false) }
  return withFilters ? parseFilters(cursor, expression) : expression
}

function parsePrimary(cursor: Cursor): Expression {
  const token = peek(cursor)
  cursor.next++
  if (token.kind === 'name') return named(token)
  if (token.kind === 'number') {
    return { type: 'literal', value: Number(token.text.replaceAll('_', '')), written: token.text }
  }
  if (token.kind === 'text') {
    let value = token.text
    while (peek(cursor).kind === 'text') value += (cursor.tokens[cursor.next++] as Token).text
    return { type: 'literal', value }
  }
  if (token.kind === 'mark' && token.text === '(') return parseGroup(cursor)
  if (token.kind === 'mark' && token.text === '[') return { type: 'list', entries: parseList(cursor, ']') }
  if (token.kind === 'mark' && token.text === '{') return parseMapping(cursor)
  cursor.next--
  throw unexpected(cursor, 'expected a value')
}

const CONSTANTS: Readonly<Record<string, null | boolean>> = {
  true: true,
  True: true,
  false: false,
  False: false,
  none: null,
  None: null,
}

function named(token: Token): Expression {
  if (Object.hasOwn(CONSTANTS, token.text)) return { type: 'literal', value: CONSTANTS[token.text] as null | boolean }
  if (/^(and|or|not|in|is|if|else)$/.test(token.text))
    throw problemAt(`unexpected "${token.text}", expected a value`, token.at)
  refuseInternals(token.text, token.at)
  return { type: 'name', name: token.text, at: token.at }
}

/** Names such as __class__ lead to the insides of a template engine; no playbook needs them. */
function refuseInternals(name: string, at: number): void {
  if (name.startsWith('__'))
    throw problemAt(`access to "${name}" is unsafe: names that start with __ are internals`, at)
}

function parseGroup(cursor: Cursor): Expression {
  if (accept(cursor, ')')) return { type: 'list', entries: [], tuple: true }
  const first = parseChoice(cursor)
  if (accept(cursor, ')')) return first
  expect(cursor, ',')
  return { type: 'list', entries: [first, ...parseList(cursor, ')')], tuple: true }
}

function parseList(cursor: Cursor, end: string): Expression[] {
  const entries: Expression[] = []
  while (!accept(cursor, end)) {
    entries.push(parseChoice(cursor))
    if (!is(cursor, end)) expect(cursor, ',')
  }
  return entries
}

function parseMapping(cursor: Cursor): Expression {
  const entries: [Expression, Expression][] = []
  while (!accept(cursor, '}')) {
    const key = parseChoice(cursor)
    expect(cursor, ':')
    entries.push([key, parseChoice(cursor)])
    if (!is(cursor, '}')) expect(cursor, ',')
  }
  return { type: 'mapping', entries }
}

function parsePostfix(cursor: Cursor, start: Expression): Expression {
  let expression = start
  for (;;) {
    const at = peek(cursor).at
    if (accept(cursor, '.')) expression = attribute(cursor, expression)
    else if (accept(cursor, '[')) expression = parseIndex(cursor, expression)
    else if (is(cursor, '(') && expression.type !== 'literal')
      expression = { type: 'call', of: expression, args: parseArguments(cursor), at }
    else return expression
  }
}

function attribute(cursor: Cursor, of: Expression): Expression {
  const token = peek(cursor)
  cursor.next++
  if (token.kind === 'number') return { type: 'item', of, key: { type: 'literal', value: Number(token.text) } }
  if (token.kind !== 'name') {
    cursor.next--
    throw unexpected(cursor, 'expected a name after the dot')
  }
  refuseInternals(token.text, token.at)
  return { type: 'attribute', of, name: token.text }
}

function parseIndex(cursor: Cursor, of: Expression): Expression {
  const parts: (Expression | null)[] = [is(cursor, ':') ? null : parseChoice(cursor)]
  if (accept(cursor, ']')) return indexed(of, parts[0] as Expression, cursor)
  while (accept(cursor, ':')) parts.push(is(cursor, ':') || is(cursor, ']') ? null : parseChoice(cursor))
  expect(cursor, ']')
  return { type: 'slice', of, parts }
}

function indexed(of: Expression, key: Expression, cursor: Cursor): Expression {
  if (key.type === 'literal' && typeof key.value === 'string') refuseInternals(key.value, peek(cursor).at)
  return { type: 'item', of, key }
}

function parseArguments(cursor: Cursor): Arguments {
  expect(cursor, '(')
  const positional: Expression[] = []
  const named: [string, Expression][] = []
  while (!accept(cursor, ')')) {
    const following = cursor.tokens[cursor.next + 1]
    if (peek(cursor).kind === 'name' && following?.kind === 'mark' && following.text === '=') {
      const name = takeName(cursor)
      cursor.next++
      named.push([name, parseChoice(cursor)])
    } else {
      positional.push(parseChoice(cursor))
    }
    if (!is(cursor, ')')) expect(cursor, ',')
  }
  return { positional, named }
}

const NOTHING: Arguments = { positional: [], named: [] }

function parseFilters(cursor: Cursor, start: Expression): Expression {
  let of = start
  for (;;) {
    const at = peek(cursor).at
    if (accept(cursor, '|')) {
      const name = dottedName(cursor)
      const args = is(cursor, '(') ? parseArguments(cursor) : NOTHING
      of = parsePostfix(cursor, { type: 'filter', of, name, args, at })
    } else if (accept(cursor, 'is')) {
      const not = accept(cursor, 'not')
      const name = dottedName(cursor)
      of = { type: 'test', of, name, args: testArguments(cursor), not, at }
    } else return of
  }
}

function dottedName(cursor: Cursor): string {
  let name = takeName(cursor)
  while (is(cursor, '.')) {
    cursor.next++
    name += `.${takeName(cursor)}`
  }
  return name
}

/** `is divisibleby 3` and `is match('x')`: the argument may stand without brackets. */
function testArguments(cursor: Cursor): Arguments {
  if (is(cursor, '(')) return parseArguments(cursor)
  const token = peek(cursor)
  const starts = token.kind === 'text' || token.kind === 'number' || is(cursor, '[') || is(cursor, '{')
  const word = token.kind === 'name' && !/^(and|or|not|in|is|if|else|recursive)$/.test(token.text)
  if (!starts && !word) return NOTHING
  return { positional: [parsePostfix(cursor, parsePrimary(cursor))], named: [] }
}
