/** A place in a command line: what may come next. */
export interface PatternState {
  readonly keywords: { readonly text: string; readonly to: number }[]
  readonly arguments: { readonly type: string; readonly to: number }[]
  readonly jumps: { readonly to: number; readonly mark?: Mark }[]
}

/**
 * Marks in a pattern, each at most once:
 * `=` what stands before it names the line, what stands behind it is its value (a singleton: a new value replaces);
 * `*` a `no` that goes only this far removes every line that starts so;
 * `>` what stands before it opens a context, what stands behind it is one line within.
 */
export type Mark = '=' | '*' | '>'

/** A compiled pattern: state 0 is the start, `end` the only accepting one. */
export interface Pattern {
  readonly states: readonly PatternState[]
  readonly end: number
  /** The keywords that it may start with, in lower case; null when it may start with an argument. */
  readonly first: readonly string[] | null
}

/**
 * Compiles the notation of the grammar tables: words are keywords, `<type>` an argument, `[…]` optional,
 * `{a|b c}` alternatives, and the marks above.
 */
export function compilePattern(source: string): Pattern {
  const states: PatternState[] = []
  const tokens = source.match(/<[^>]+>|[[\]{}|=*>]|[^\s[\]{}|<>=*]+/g) ?? []
  const start = addState(states)
  const { end, next } = sequence({ tokens, states, at: 0, from: start })
  if (next !== tokens.length) throw new Error(`unbalanced pattern: ${source}`)
  return { states, end, first: firstKeywords(states) }
}

interface Work {
  readonly tokens: readonly string[]
  readonly states: PatternState[]
  readonly at: number
  readonly from: number
}

function sequence({ tokens, states, at, from }: Work): { end: number; next: number } {
  let state = from
  let index = at
  while (index < tokens.length) {
    const token = tokens[index] as string
    if (token === ']' || token === '}' || token === '|') break
    if (token === '[' || token === '{') {
      const group = alternatives({ tokens, states, at: index + 1, from: state })
      if (token === '[') states[state]?.jumps.push({ to: group.end })
      state = group.end
      index = group.next
      continue
    }
    const to = addState(states)
    connect(states[state] as PatternState, token, to)
    state = to
    index++
  }
  return { end: state, next: index }
}

function alternatives({ tokens, states, at, from }: Work): { end: number; next: number } {
  const end = addState(states)
  let index = at
  for (;;) {
    const branch = addState(states)
    states[from]?.jumps.push({ to: branch })
    const done = sequence({ tokens, states, at: index, from: branch })
    states[done.end]?.jumps.push({ to: end })
    index = done.next + 1
    if (tokens[done.next] !== '|') return { end, next: index }
  }
}

function connect(state: PatternState, token: string, to: number): void {
  if (token === '=' || token === '*' || token === '>') state.jumps.push({ to, mark: token })
  else if (token.startsWith('<')) state.arguments.push({ type: token.slice(1, -1), to })
  else state.keywords.push({ text: token, to })
}

function addState(states: PatternState[]): number {
  return states.push({ keywords: [], arguments: [], jumps: [] }) - 1
}

function firstKeywords(states: readonly PatternState[]): string[] | null {
  const seen = new Set<number>([0])
  const words: string[] = []
  for (const index of seen) {
    const state = states[index] as PatternState
    if (state.arguments.length > 0) return null
    words.push(...state.keywords.map(keyword => keyword.text.toLowerCase()))
    for (const jump of state.jumps) seen.add(jump.to)
  }
  return words
}
