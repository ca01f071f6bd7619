import { float, integer, type Operand } from '../python/operand.ts'
import { type Cursor, peek } from './cursor.ts'
import type { Expression } from './expression.ts'
import { problemAt, type Token } from './lexer.ts'

const WORDS: Readonly<Record<string, null | boolean>> = {
  true: true,
  True: true,
  false: false,
  False: false,
  none: null,
  None: null,
}

/** A number, a text (texts that follow each other are one) or one of true, false, none; null where something else stands. */
export function parseLiteral(cursor: Cursor): Expression | null {
  const token = peek(cursor)
  if (token.kind === 'name' && Object.hasOwn(WORDS, token.text)) {
    cursor.next++
    return { type: 'literal', value: WORDS[token.text] as null | boolean }
  }
  if (token.kind === 'number') {
    cursor.next++
    return { type: 'literal', value: numberOf(token) }
  }
  if (token.kind !== 'text') return null
  let value = ''
  while (peek(cursor).kind === 'text') value += (cursor.tokens[cursor.next++] as Token).text
  return { type: 'literal', value }
}

function numberOf({ text, at }: Token): Operand {
  const digits = text.replaceAll('_', '')
  if (/^0[xXoObB]/.test(digits)) return integer(BigInt(digits))
  if (/[.eE]/.test(digits)) return float(Number(digits))
  if (/^0+[1-9]/.test(digits)) throw problemAt(`unexpected ${text}: an integer does not start with 0`, at)
  return integer(BigInt(digits))
}
