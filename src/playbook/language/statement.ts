import {
  accept,
  type Cursor,
  expect,
  is,
  isEnd,
  isThen,
  peek,
  refuseInternals,
  takeName,
  unexpected,
} from './cursor.ts'
import type { Expression } from './expression.ts'
import { problemAt } from './lexer.ts'
import type { BlockFilter, Node, Parameter, Target } from './node.ts'
import { parseChoice, parseFilter, parseOr, parseTuple } from './parse.ts'

/** The heads of statements: what stands between {% and %}. All throw SyntaxProblem. */

/** a, (b, c), ns.d: `until` is the word that ends it. */
export function parseTarget(cursor: Cursor, until: string): Target {
  const targets = [oneTarget(cursor)]
  if (!is(cursor, ',')) return targets[0] as Target
  while (accept(cursor, ',') && !is(cursor, until)) targets.push(oneTarget(cursor))
  return { kind: 'names', targets }
}

function oneTarget(cursor: Cursor): Target {
  const { at } = peek(cursor)
  if (accept(cursor, '(')) {
    const inner = parseTarget(cursor, ')')
    expect(cursor, ')')
    return inner.kind === 'names' ? inner : { kind: 'names', targets: [inner] }
  }
  const name = targetName(cursor)
  if (!accept(cursor, '.')) return { kind: 'name', name }
  const attribute = takeName(cursor)
  refuseInternals(attribute, at)
  return { kind: 'attribute', of: name, name: attribute, at }
}

function targetName(cursor: Cursor): string {
  const { text, at } = peek(cursor)
  if (/^(true|false|none|True|False|None|and|or|not|in|is|if|else)$/.test(text))
    throw problemAt(`cannot assign to ${text}`, at)
  return takeName(cursor)
}

/** `x in list if condition recursive`. */
export function parseFor(cursor: Cursor) {
  const target = parseTarget(cursor, 'in')
  expect(cursor, 'in')
  const over = parseTuple(cursor, parseOr)
  const only = accept(cursor, 'if') ? parseChoice(cursor) : null
  return { target, over, only, recursive: accept(cursor, 'recursive') }
}

/** `a = 1, b = 2` of a with. */
export function parseAssignments(cursor: Cursor): (readonly [Target, Expression])[] {
  const found: (readonly [Target, Expression])[] = []
  while (!isEnd(cursor)) {
    if (found.length > 0) expect(cursor, ',')
    const target = oneTarget(cursor)
    expect(cursor, '=')
    found.push([target, parseChoice(cursor)])
  }
  return found
}

/** `upper | replace('a', 'b')`. */
export function parseBlockFilters(cursor: Cursor): BlockFilter[] {
  const found: BlockFilter[] = []
  do {
    const { name, args } = parseFilter(cursor, null) as Extract<Expression, { type: 'filter' }>
    found.push({ name, args })
  } while (accept(cursor, '|'))
  return found
}

/** `(a, b=1)`. */
export function parseParameters(cursor: Cursor): Parameter[] {
  const found: Parameter[] = []
  expect(cursor, '(')
  while (!accept(cursor, ')')) {
    const { at } = peek(cursor)
    const name = targetName(cursor)
    const otherwise = accept(cursor, '=') ? parseChoice(cursor) : null
    if (!otherwise && found.at(-1)?.otherwise)
      throw problemAt('a parameter without a default follows one that has one', at)
    found.push({ name, otherwise })
    if (!is(cursor, ')')) expect(cursor, ',')
  }
  return found
}

/** `'file.j2' ignore missing without context`. */
export function parseInclude(cursor: Cursor, at: number): Node {
  const template = parseChoice(cursor)
  const ignoresMissing = accept(cursor, 'ignore')
  if (ignoresMissing) expect(cursor, 'missing')
  return { type: 'include', at, template, ignoresMissing, withContext: parseContext(cursor, true) }
}

/** `'file.j2' as name with context`. */
export function parseImport(cursor: Cursor, at: number): Node {
  const template = parseChoice(cursor)
  expect(cursor, 'as')
  const as = takeName(cursor)
  return { type: 'import', at, template, as, withContext: parseContext(cursor, false) }
}

/** `'file.j2' import a, b as c with context`. */
export function parseFrom(cursor: Cursor, at: number): Node {
  const template = parseChoice(cursor)
  expect(cursor, 'import')
  const as: (readonly [string, string])[] = []
  do {
    if (isEnd(cursor) || isContext(cursor)) break
    const { text, at: place } = peek(cursor)
    if (text.startsWith('_')) throw problemAt(`names that start with an underline cannot be imported: ${text}`, place)
    const name = takeName(cursor)
    as.push([name, accept(cursor, 'as') ? takeName(cursor) : name])
  } while (accept(cursor, ','))
  if (as.length === 0) throw unexpected(cursor, 'expected a name')
  return { type: 'import', at, template, as, withContext: parseContext(cursor, false) }
}

function isContext(cursor: Cursor): boolean {
  return (is(cursor, 'with') || is(cursor, 'without')) && isThen(cursor, 'context')
}

function parseContext(cursor: Cursor, otherwise: boolean): boolean {
  if (!isContext(cursor)) return otherwise
  const given = is(cursor, 'with')
  cursor.next += 2
  return given
}
