import { isLoose, readArgument } from './argument.ts'
import type { Pattern, PatternState } from './pattern.ts'

/** A pattern with whatever its table holds beside it. */
export interface Candidate {
  readonly pattern: Pattern
}

/** A line that fits: its canonical words, and where the marks of the pattern stand among them (-1 = none). */
export interface Match<C extends Candidate> {
  readonly rule: C
  readonly words: readonly string[]
  readonly value: number
  readonly group: number
  readonly inner: number
}

export interface Mismatch {
  /** The text that NX-OS prints under the caret, without the caret line. */
  readonly error: string
  /** Offset into the line, for the caret. */
  readonly column: number
  readonly kind: 'invalid' | 'ambiguous' | 'incomplete' | 'value'
}

interface Thread<C extends Candidate> extends Match<C> {
  readonly state: number
  readonly skip: number
}

interface Word {
  readonly text: string
  readonly at: number
}

/**
 * Matches a command line against patterns as NX-OS does: unambiguous abbreviations, the furthest error wins.
 * `partial` accepts a line that stops after its `=` or `*` mark or has more words than needed: what `no` allows.
 */
export function matchLine<C extends Candidate>(
  line: string,
  rules: readonly C[],
  partial = false,
): Match<C> | Mismatch {
  const words = split(line)
  const start = words[0]?.text.toLowerCase() ?? ''
  const fitting = rules.filter(({ pattern }) => !pattern.first || pattern.first.some(first => first.startsWith(start)))
  let threads: Thread<C>[] = fitting.flatMap(rule =>
    closure({ rule, state: 0, words: [], value: -1, group: -1, inner: -1, skip: 0 }),
  )
  let named: Thread<C> | undefined
  for (let index = 0; index < words.length; index++) {
    const step = advance(threads, { line, words, index })
    if (step.failure) return partial && named ? named : step.failure
    threads = step.threads.flatMap(closure)
    named = threads.find(thread => nameEnds(thread)) ?? named
  }
  const whole = threads.find(thread => thread.skip === 0 && thread.state === thread.rule.pattern.end)
  if (whole) return whole
  if (partial && named) return named
  return { error: "% Incomplete command at '^' marker.", column: line.length, kind: 'incomplete' }
}

/** True when matchLine failed. */
export function isMismatch(result: object): result is Mismatch {
  return 'error' in result
}

function split(line: string): Word[] {
  return [...line.matchAll(/\S+/g)].map(found => ({ text: found[0], at: found.index }))
}

function nameEnds<C extends Candidate>(thread: Thread<C>): boolean {
  return thread.words.length === thread.value || thread.words.length === thread.group
}

/** The thread and all that its jumps reach; marks note how many words stand before them. */
function closure<C extends Candidate>(thread: Thread<C>): Thread<C>[] {
  if (thread.skip > 0) return [thread]
  const jumps = thread.rule.pattern.states[thread.state]?.jumps ?? []
  const further = jumps.flatMap(jump => {
    const moved = { ...thread, state: jump.to }
    const count = thread.words.length
    if (jump.mark === '=') return closure({ ...moved, value: count })
    if (jump.mark === '*') return closure({ ...moved, group: count })
    if (jump.mark === '>') return closure({ ...moved, inner: count })
    return closure(moved)
  })
  return [...further, thread]
}

interface Place {
  readonly line: string
  readonly words: readonly Word[]
  readonly index: number
}

function advance<C extends Candidate>(threads: readonly Thread<C>[], place: Place) {
  const word = place.words[place.index] as Word
  const waiting = threads.filter(thread => thread.skip > 0).map(thread => ({ ...thread, skip: thread.skip - 1 }))
  const ready = threads.filter(thread => thread.skip === 0)
  const keyed = byKeyword(ready, word.text)
  const strict = byArgument(ready, place, type => !isLoose(type))
  const loose = byArgument(ready, place, isLoose)
  const exact = keyed.filter(move => move.exact)
  const abbreviated = new Set(keyed.map(move => move.keyword))
  const next = [
    ...waiting,
    ...(exact.length > 0 ? exact : keyed).map(move => move.thread),
    ...strict.threads,
    ...loose.threads,
  ]
  if (exact.length === 0 && strict.threads.length === 0 && abbreviated.size > 1)
    return { threads: [], failure: mismatch('ambiguous', '% Ambiguous command', word.at) }
  if (next.length > 0) return { threads: next, failure: null }
  const failure = strict.error ?? loose.error
  if (failure === undefined) return { threads: [], failure: mismatch('invalid', '% Invalid command', word.at) }
  return { threads: [], failure: mismatch('value', valueError(failure), word.at) }
}

function mismatch(kind: Mismatch['kind'], text: string, column: number): Mismatch {
  return { error: `${text} at '^' marker.`, column, kind }
}

function valueError(text: string): string {
  return text.startsWith('String') ? `% ${text}` : `% Invalid ${text}`
}

function byKeyword<C extends Candidate>(threads: readonly Thread<C>[], text: string) {
  const typed = text.toLowerCase()
  return threads.flatMap(thread => {
    const state = thread.rule.pattern.states[thread.state] as PatternState
    return state.keywords
      .filter(keyword => keyword.text.toLowerCase().startsWith(typed))
      .map(keyword => ({
        keyword: keyword.text,
        exact: keyword.text.toLowerCase() === typed,
        thread: { ...thread, state: keyword.to, words: [...thread.words, keyword.text] },
      }))
  })
}

function byArgument<C extends Candidate>(
  threads: readonly Thread<C>[],
  place: Place,
  wanted: (type: string) => boolean,
) {
  const word = place.words[place.index] as Word
  const result: { threads: Thread<C>[]; error: string | undefined } = { threads: [], error: undefined }
  for (const thread of threads) {
    for (const edge of thread.rule.pattern.states[thread.state]?.arguments ?? []) {
      if (!wanted(edge.type)) continue
      const read =
        edge.type === 'text'
          ? { text: place.line.slice(word.at).trimEnd(), used: place.words.length - place.index }
          : readArgument(edge.type, word.text, place.words[place.index + 1]?.text)
      if (read === null) continue
      if ('error' in read) result.error ??= read.error
      else result.threads.push({ ...thread, state: edge.to, words: [...thread.words, read.text], skip: read.used - 1 })
    }
  }
  return result
}
