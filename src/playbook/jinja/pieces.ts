import type { Value } from '../../model/value.ts'
import type { Rendered } from './engine.ts'
import type { Expression } from './expression.ts'
import { pythonText } from './python.ts'
import type { Segment } from './segments.ts'

/** Text as it is, or the way to a value: a variable's name and the keys below it. */
export type Piece = string | readonly [name: string, ...keys: (string | number)[]]

/**
 * A template of nothing but text and `{{ name.key['key'][0] }}`, as its pieces; null for any other. Nine of ten templates of a playbook are
 * such, and need no template machine.
 */
export function piecesOf(segments: readonly Segment[], expressions: readonly Expression[]): readonly Piece[] | null {
  const rest = [...expressions]
  const pieces: Piece[] = []
  for (const { kind, inner, open, close } of segments) {
    if (kind === 'text') pieces.push(inner)
    else {
      const way = kind === 'output' && open === '' && close === '' ? wayOf(rest.shift()) : null
      if (!way) return null
      pieces.push(way)
    }
  }
  return rest.length === 0 ? pieces : null
}

/** Asked for one host and name at a time, which the template machine sees to. */
const WHOLE = new Set(['hostvars', 'vars'])

function wayOf(node: Expression | undefined): readonly [string, ...(string | number)[]] | null {
  if (node?.type === 'name') return WHOLE.has(node.name) ? null : [node.name]
  if (node?.type !== 'attribute' && node?.type !== 'item') return null
  const of = wayOf(node.of)
  if (!of) return null
  if (node.type === 'attribute') return [...of, node.name]
  const key = node.key.type === 'literal' ? node.key.value : null
  return typeof key === 'string' || (typeof key === 'number' && Number.isSafeInteger(key) && key >= 0)
    ? [...of, key]
    : null
}

/** Puts the pieces together; null where a value is missing or of a kind whose text only the template machine knows. */
export function joinPieces(pieces: readonly Piece[], resolve: (name: string) => Value | undefined): Rendered | null {
  let text = ''
  let captured: Value = null
  for (const piece of pieces) {
    if (typeof piece === 'string') {
      text += piece
      continue
    }
    const value = follow(piece, resolve)
    if (value === undefined || (typeof value === 'number' && !Number.isSafeInteger(value))) return null
    captured = value
    text += pythonText(value)
  }
  return { text, captured }
}

function follow([name, ...keys]: readonly (string | number)[], resolve: (name: string) => Value | undefined) {
  let value = resolve(String(name))
  for (const key of keys) {
    if (typeof value !== 'object' || value === null || Array.isArray(value) !== (typeof key === 'number'))
      return undefined
    value = Object.hasOwn(value, key) ? (value as Record<string | number, Value>)[key] : undefined
  }
  return value
}
