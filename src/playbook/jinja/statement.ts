import type { Expression } from './expression.ts'
import { problemAt, tokens } from './lexer.ts'
import {
  accept,
  type Cursor,
  expect,
  expectEnd,
  is,
  parseChoice,
  parseOr,
  parseTuple,
  peek,
  takeName,
  unexpected,
} from './parse.ts'
import { nameOf, printExpression } from './print.ts'
import type { Segment } from './segments.ts'

export interface Rewriting {
  /** Names that the template itself defines: loop variables, set, macros; `name.` for namespaces and imported templates. */
  readonly locals: ReadonlySet<string>
  readonly expressions: Expression[]
  readonly includes: string[]
}

/** A {% statement %} as minijinja source. Throws SyntaxProblem. */
export function rewriteStatement(segment: Segment, rewriting: Rewriting): string {
  const text = segment.inner.trim()
  const body = text === '' ? 'if false %}{% endif' : rewrite(segment, rewriting)
  return `{%${segment.open} ${body} ${segment.close}%}`
}

/** The names that the statements of a template define. */
export function collectLocals(segments: readonly Segment[]): Set<string> {
  const locals = new Set<string>(['loop', 'caller', 'self', 'varargs', 'kwargs'])
  const changed = new Set<string>()
  for (const { kind, inner } of segments) {
    for (const [, name] of inner.matchAll(/\b(\w+)\.(?:append|extend|update)\(/g)) changed.add(name as string)
    if (kind !== 'statement') continue
    const [, word = '', rest = ''] = /^\s*(\w+)\s*([\s\S]*)$/.exec(inner) ?? []
    if (word === 'for') for (const name of rest.split(/\sin\s/)[0]?.match(/\w+/g) ?? []) locals.add(name)
    if (word === 'set')
      for (const name of (rest.split('=')[0] ?? '').split(',')) locals.add(name.trim().split(/[.\s|]/)[0] ?? '')
    if (word === 'with') for (const [, name] of rest.matchAll(/(\w+)\s*=/g)) locals.add(name as string)
    if (word === 'macro' || word === 'call') for (const name of rest.match(/\w+/g) ?? []) locals.add(name)
    if (word === 'import' || word === 'from')
      for (const name of rest.match(/\w+/g) ?? []) locals.add(name).add(`${name}.`)
  }
  const set = new Set(
    segments.filter(({ kind }) => kind === 'statement').map(({ inner }) => /^\s*set\s+(\w+)\s*=/.exec(inner)?.[1]),
  )
  for (const name of changed) if (set.has(name)) locals.add(`${name}!`)
  return locals
}

/** {{ list.append(x) }} on a list of the template's own, as the statement that means it; null for any other expression. */
export function appendStatement(expression: Expression, locals: ReadonlySet<string>): string | null {
  if (expression.type !== 'call' || expression.of.type !== 'attribute' || expression.of.of.type !== 'name') return null
  const {
    name: method,
    of: { name },
  } = expression.of as { name: string; of: { name: string } }
  const [entry] = expression.args.positional
  if (!locals.has(`${name}!`) || !entry) return null
  const kept = nameOf(name, locals)
  const value = printExpression(entry, locals)
  if (method === 'append') return `set ${kept} = ${kept} + [${value}]`
  if (method === 'extend') return `set ${kept} = ${kept} + (${value})`
  return method === 'update' ? `set ${kept} = (${kept})|weft_filter("combine", [${value}])` : null
}

const PLAIN =
  /^(else|endif|endfor|endmacro|endcall|endfilter|endwith|endset|endblock|endautoescape|break|continue|block)$/

function rewrite({ inner, at }: Segment, rewriting: Rewriting): string {
  const cursor: Cursor = { tokens: shifted(inner, at), next: 0 }
  const word = takeName(cursor)
  if (PLAIN.test(word)) return inner.trim()
  const one = (expression: Expression) => {
    rewriting.expressions.push(expression)
    return printExpression(expression, rewriting.locals)
  }
  const handler = Object.hasOwn(STATEMENTS, word) ? STATEMENTS[word] : undefined
  if (!handler) throw problemAt(`unknown statement "${word}"`, at)
  const body = handler(cursor, { one, rewriting, inner })
  expectEnd(cursor)
  return body
}

interface Tools {
  readonly one: (expression: Expression) => string
  readonly rewriting: Rewriting
  readonly inner: string
}

const STATEMENTS: Readonly<Record<string, (cursor: Cursor, tools: Tools) => string>> = {
  if: (cursor, { one }) => `if ${one(parseTuple(cursor))}`,
  elif: (cursor, { one }) => `elif ${one(parseTuple(cursor))}`,
  do: doStatement,
  for: forStatement,
  set: setStatement,
  with: (cursor, { one }) => `with ${assignments(cursor, one).join(', ')}`,
  macro: (cursor, tools) => `macro ${signature(cursor, tools)}`,
  call: callStatement,
  filter: (cursor, tools) =>
    `filter weft_block(${JSON.stringify(
      rest(cursor, tools)
        .replace(/^filter\s+/, '')
        .trim(),
    )})`,
  include: includeStatement,
  import: includeStatement,
  from: includeStatement,
}

function doStatement(cursor: Cursor, { one, rewriting }: Tools): string {
  const expression = parseTuple(cursor)
  const printed = appendStatement(expression, rewriting.locals)
  if (printed === null) return `set weft_done = ${one(expression)}`
  rewriting.expressions.push(expression)
  return printed
}

function forStatement(cursor: Cursor, { one }: Tools): string {
  const names = targets(cursor)
  expect(cursor, 'in')
  const over = one(parseOr(cursor))
  const only = accept(cursor, 'if') ? ` if ${one(parseChoice(cursor))}` : ''
  const recursive = accept(cursor, 'recursive') ? ' recursive' : ''
  return `for ${names} in (${over})|weft_iterate${only}${recursive}`
}

function targets(cursor: Cursor): string {
  const names = [accept(cursor, '(') ? `(${targets(cursor)}` : takeName(cursor)]
  if ((names[0] as string).startsWith('(')) {
    expect(cursor, ')')
    names[0] += ')'
  }
  while (accept(cursor, ',')) names.push(takeName(cursor))
  return names.join(', ')
}

function setStatement(cursor: Cursor, { one, inner, rewriting }: Tools): string {
  if (!/=/.test(inner)) {
    while (peek(cursor).kind !== 'end') cursor.next++
    return inner.trim()
  }
  const names: string[] = []
  do {
    let name = takeName(cursor)
    while (accept(cursor, '.')) name += `.${takeName(cursor)}`
    names.push(name)
  } while (accept(cursor, ','))
  expect(cursor, '=')
  const expression = parseTuple(cursor)
  const appended = appendStatement(expression, rewriting.locals)
  if (appended !== null) {
    rewriting.expressions.push(expression)
    return appended
  }
  return `set ${names.map(name => nameOf(name, rewriting.locals)).join(', ')} = ${one(expression)}`
}

function assignments(cursor: Cursor, one: Tools['one']): string[] {
  const found: string[] = []
  while (peek(cursor).kind === 'name') {
    const name = takeName(cursor)
    expect(cursor, '=')
    found.push(`${name} = ${one(parseChoice(cursor))}`)
    if (!accept(cursor, ',')) break
  }
  return found
}

function signature(cursor: Cursor, { one }: Tools): string {
  const name = takeName(cursor)
  expect(cursor, '(')
  const parameters: string[] = []
  while (!accept(cursor, ')')) {
    const parameter = takeName(cursor)
    parameters.push(accept(cursor, '=') ? `${parameter}=${one(parseChoice(cursor))}` : parameter)
    if (!is(cursor, ')')) expect(cursor, ',')
  }
  return `${name}(${parameters.join(', ')})`
}

function callStatement(cursor: Cursor, tools: Tools): string {
  const parameters: string[] = []
  if (accept(cursor, '(')) {
    while (!accept(cursor, ')')) {
      parameters.push(takeName(cursor))
      accept(cursor, ',')
    }
  }
  const called = tools.one(parseChoice(cursor))
  return `call${parameters.length > 0 ? `(${parameters.join(', ')})` : ''} ${called}`
}

/** Only names written in the template are included: they are read before it is rendered. */
function includeStatement(cursor: Cursor, { rewriting, inner }: Tools): string {
  const name = peek(cursor)
  if (name.kind !== 'text') throw unexpected(cursor, 'expected the name of a template in quotes')
  rewriting.includes.push(name.text)
  while (peek(cursor).kind !== 'end') cursor.next++
  return inner.trim().replace(/\s+with(out)? context$/, '')
}

function rest(cursor: Cursor, { inner }: Tools): string {
  while (peek(cursor).kind !== 'end') cursor.next++
  return inner.trim()
}

function shifted(inner: string, at: number) {
  try {
    return tokens(inner).map(token => ({ ...token, at: token.at + at }))
  } catch (error) {
    throw { ...(error as object), at: at + (error as { at: number }).at }
  }
}
