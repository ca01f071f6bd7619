import {
  accept,
  type Cursor,
  cursorOf,
  expect,
  expectEnd,
  is,
  isEnd,
  isThen,
  peek,
  refuseInternals,
  takeName,
  unexpected,
} from './cursor.ts'
import type { Arguments, Expression } from './expression.ts'
import { problemAt, tokens } from './lexer.ts'
import { parseLiteral } from './literal.ts'

/** Parses one whole expression, which starts at `from` in its template. See tokens for `raw`. Throws SyntaxProblem. */
export function parseExpression(source: string, how: { from?: number; raw?: boolean } = {}): Expression {
  const cursor = cursorOf(tokens(source, how))
  const expression = parseTuple(cursor)
  expectEnd(cursor)
  return expression
}

/** `a, b` without brackets is a tuple too. */
export function parseTuple(cursor: Cursor, parseEntry: (cursor: Cursor) => Expression = parseChoice): Expression {
  const first = parseEntry(cursor)
  if (!is(cursor, ',')) return first
  const entries = [first]
  while (accept(cursor, ',') && !isEnd(cursor) && !is(cursor, '=') && !is(cursor, 'recursive'))
    entries.push(parseEntry(cursor))
  return { type: 'list', entries, tuple: true }
}

const DEEPEST = 60

/** A whole expression with its `if … else …`, but no tuple. */
export function parseChoice(cursor: Cursor): Expression {
  cursor.depth++
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

/** An expression without `if … else …`. */
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
  let negations = 0
  while (accept(cursor, 'not')) negations++
  let expression = parseCompare(cursor)
  for (; negations > 0; negations--) expression = { type: 'unary', operator: 'not', of: expression }
  return expression
}

function parseCompare(cursor: Cursor): Expression {
  const first = parseSum(cursor)
  const rest: [string, Expression][] = []
  for (;;) {
    const operator = ['==', '!=', '<=', '>=', '<', '>', 'in'].find(each => accept(cursor, each))
    if (operator !== undefined) rest.push([operator, parseSum(cursor)])
    else if (is(cursor, 'not') && isThen(cursor, 'in')) {
      cursor.next += 2
      rest.push(['not in', parseSum(cursor)])
    } else break
  }
  return rest.length === 0 ? first : { type: 'compare', first, rest }
}

function parseSum(cursor: Cursor): Expression {
  return leftward(cursor, ['+', '-'], () => parseText(cursor))
}

function parseText(cursor: Cursor): Expression {
  const parts = [parseProduct(cursor)]
  while (accept(cursor, '~')) parts.push(parseProduct(cursor))
  return parts.length === 1 ? (parts[0] as Expression) : { type: 'text', parts }
}

function parseProduct(cursor: Cursor): Expression {
  return leftward(cursor, ['*', '//', '/', '%'], () => leftward(cursor, ['**'], () => parseUnary(cursor)))
}

/** Unlike Python's, a sign binds closer than ** and than a filter: -3 | abs is 3 because the filter takes the signed number. */
function parseUnary(cursor: Cursor): Expression {
  return parseFilters(cursor, parseSigned(cursor))
}

function parseSigned(cursor: Cursor): Expression {
  let expression: Expression
  cursor.depth++
  if (cursor.depth > DEEPEST) throw problemAt('brackets are nested too deeply', peek(cursor).at)
  if (accept(cursor, '-')) expression = { type: 'unary', operator: '-', of: parseSigned(cursor) }
  else if (accept(cursor, '+')) expression = { type: 'unary', operator: '+', of: parseSigned(cursor) }
  else expression = parsePrimary(cursor)
  cursor.depth--
  return parsePostfix(cursor, expression)
}

function parsePrimary(cursor: Cursor): Expression {
  const literal = parseLiteral(cursor)
  if (literal) return literal
  const token = peek(cursor)
  cursor.next++
  if (token.kind === 'name' && !/^(and|or|not|in|is|if|else)$/.test(token.text)) {
    refuseInternals(token.text, token.at)
    return { type: 'name', name: token.text, at: token.at }
  }
  if (token.kind === 'mark' && token.text === '(') return parseGroup(cursor)
  if (token.kind === 'mark' && token.text === '[')
    return { type: 'list', entries: parseList(cursor, ']'), tuple: false }
  if (token.kind === 'mark' && token.text === '{') return parseMapping(cursor)
  cursor.next--
  throw unexpected(cursor, 'expected a value')
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

/** What may follow a value: .name, [key], (arguments). */
function parsePostfix(cursor: Cursor, start: Expression): Expression {
  let expression = start
  for (;;) {
    if (accept(cursor, '.')) expression = parseAttribute(cursor, expression)
    else if (accept(cursor, '[')) expression = parseIndex(cursor, expression)
    else if (is(cursor, '(')) expression = { type: 'call', of: expression, args: parseArguments(cursor) }
    else return expression
  }
}

function parseAttribute(cursor: Cursor, of: Expression): Expression {
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
  const at = peek(cursor).at
  const parts: (Expression | null)[] = [is(cursor, ':') ? null : parseTuple(cursor)]
  if (accept(cursor, ']')) {
    const key = parts[0] as Expression
    if (key.type === 'literal' && typeof key.value === 'string') refuseInternals(key.value, at)
    return { type: 'item', of, key }
  }
  while (accept(cursor, ':')) parts.push(is(cursor, ':') || is(cursor, ']') ? null : parseChoice(cursor))
  expect(cursor, ']')
  return { type: 'slice', of, parts }
}

function parseArguments(cursor: Cursor): Arguments {
  expect(cursor, '(')
  const positional: Expression[] = []
  const named: [string, Expression][] = []
  const starred: { list?: Expression; mapping?: Expression } = {}
  while (!accept(cursor, ')')) {
    if (accept(cursor, '**')) starred.mapping = parseChoice(cursor)
    else if (accept(cursor, '*')) starred.list = parseChoice(cursor)
    else if (peek(cursor).kind === 'name' && isThen(cursor, '=')) {
      const name = takeName(cursor)
      cursor.next++
      named.push([name, parseChoice(cursor)])
    } else {
      if (named.length > 0) throw unexpected(cursor, 'expected an argument with a name, as the one before it')
      positional.push(parseChoice(cursor))
    }
    if (!is(cursor, ')')) expect(cursor, ',')
  }
  return { positional, named, ...starred }
}

const NOTHING: Arguments = { positional: [], named: [] }

function parseFilters(cursor: Cursor, start: Expression): Expression {
  let of = start
  for (;;) {
    if (accept(cursor, '|')) of = parseFilter(cursor, of)
    else if (accept(cursor, 'is')) {
      const not = accept(cursor, 'not')
      const name = dottedName(cursor)
      of = { type: 'test', of, name, args: testArguments(cursor), not }
    } else if (is(cursor, '(')) of = { type: 'call', of, args: parseArguments(cursor) }
    else return of
  }
}

/** A filter behind its |; `of` is null where a block of text is filtered. */
export function parseFilter(cursor: Cursor, of: Expression | null): Expression {
  const name = dottedName(cursor)
  return { type: 'filter', of, name, args: is(cursor, '(') ? parseArguments(cursor) : NOTHING }
}

function dottedName(cursor: Cursor): string {
  let name = takeName(cursor)
  while (accept(cursor, '.')) name += `.${takeName(cursor)}`
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
