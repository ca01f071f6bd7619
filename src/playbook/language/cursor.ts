import { problemAt, type SyntaxProblem, type Token } from './lexer.ts'

/** Reads tokens one after the other. */
export interface Cursor {
  readonly tokens: readonly Token[]
  next: number
  depth: number
}

export function cursorOf(tokens: readonly Token[]): Cursor {
  return { tokens, next: 0, depth: 0 }
}

export function peek(cursor: Cursor): Token {
  return cursor.tokens[cursor.next] as Token
}

export function is(cursor: Cursor, text: string): boolean {
  const token = peek(cursor)
  return token.text === text && (token.kind === 'mark' || token.kind === 'name')
}

/** Whether the token after the next is this one. */
export function isThen(cursor: Cursor, text: string): boolean {
  const token = cursor.tokens[cursor.next + 1]
  return token?.text === text && token.kind !== 'text'
}

export function accept(cursor: Cursor, text: string): boolean {
  if (!is(cursor, text)) return false
  cursor.next++
  return true
}

export function expect(cursor: Cursor, text: string): void {
  if (!accept(cursor, text)) throw unexpected(cursor, `expected ${text}`)
}

export function isEnd(cursor: Cursor): boolean {
  return peek(cursor).kind === 'end'
}

export function expectEnd(cursor: Cursor): void {
  if (!isEnd(cursor)) throw unexpected(cursor, 'expected the end of the expression')
}

export function takeName(cursor: Cursor): string {
  const token = peek(cursor)
  if (token.kind !== 'name') throw unexpected(cursor, 'expected a name')
  cursor.next++
  return token.text
}

export function unexpected(cursor: Cursor, wanted: string): SyntaxProblem {
  const token = peek(cursor)
  return problemAt(
    `unexpected ${token.kind === 'end' ? '' : token.kind === 'text' ? 'text ' : ''}${JSON.stringify(token.text).slice(1, -1)}, ${wanted}`,
    token.at,
  )
}

/** Names such as __class__ lead to the insides of a template engine; no playbook needs them. */
export function refuseInternals(name: string, at: number): void {
  if (name.startsWith('__'))
    throw problemAt(`access to "${name}" is unsafe: names that start with __ are internals`, at)
}
