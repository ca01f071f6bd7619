import { readJson } from '../../python/json.ts'
import type { Operand } from '../../python/operand.ts'

/** A word of a JMESPath expression (jmespath.org). */
export interface Token {
  readonly kind: 'name' | 'quoted' | 'literal' | 'number' | 'mark' | 'end'
  readonly text: string
  readonly value: Operand
}

const PATTERNS: readonly (readonly [Token['kind'], RegExp])[] = [
  ['name', /[A-Za-z_]\w*/y],
  ['quoted', /"(?:[^"\\]|\\.)*"/y],
  ['literal', /'(?:[^'\\]|\\.)*'|`(?:[^`\\]|\\.)*`/y],
  ['number', /-?\d+/y],
  ['mark', /\[\?|\[\]|&&|\|\||==|!=|<=|>=|[.*[\]{}()|<>!&@,:]/y],
]

/** The tokens, an 'end' last. Throws Error for what is none. */
export function tokensOf(source: string): Token[] {
  const found: Token[] = []
  let at = 0
  while (at < source.length) {
    if (/\s/.test(source[at] as string)) {
      at++
      continue
    }
    const token = tokenAt(source, at)
    if (!token) throw new Error(`json_query: unexpected ${source[at]} at character ${at + 1} of "${source}"`)
    found.push(token)
    at += token.text.length
  }
  return [...found, { kind: 'end', text: '', value: null }]
}

function tokenAt(source: string, at: number): Token | null {
  for (const [kind, pattern] of PATTERNS) {
    pattern.lastIndex = at
    const text = pattern.exec(source)?.[0]
    if (text !== undefined) return { kind, text, value: contentOf(kind, text) }
  }
  return null
}

function contentOf(kind: Token['kind'], text: string): Operand {
  if (kind === 'number') return Number(text)
  if (kind === 'quoted') return readJson(text)
  if (kind !== 'literal') return text
  if (text.startsWith("'")) return text.slice(1, -1).replaceAll("\\'", "'")
  const inner = text.slice(1, -1).replaceAll('\\`', '`')
  try {
    return readJson(inner)
  } catch {
    return inner.trim()
  }
}
