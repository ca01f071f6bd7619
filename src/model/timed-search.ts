import { createContext, Script } from 'node:vm'
import { FailureError } from './failure.ts'
import { searchCost } from './search-cost.ts'

/** Milliseconds for the searches of one evaluation: what runs without a pause in between. */
const BUDGET = 1000
/** Steps that take some ten milliseconds at most: below them a search needs no watch, which costs 0.6 ms each time. */
const CHEAP = 1_000_000
/** Searches quicker than this do not count against the budget: a thousand hosts may be asked in one go. */
const QUICK = 20

let watched: { readonly script: Script; readonly context: { search?: () => unknown } } | undefined
let spent = 0

/**
 * Carries out a search with a pattern that somebody else wrote, and ends it when its time is up: `^(a|a)*$` on forty letters backtracks for
 * years. Only a script of its own can be stopped by V8; what it calls is stopped with it. Patterns that cannot take long go straight through.
 * @param text what is searched; `search` must look at nothing longer, and do nothing but search
 * @throws FailureError invalid, naming the pattern.
 */
export function timedSearch<T>(pattern: RegExp, text: string, search: () => T): T {
  if (searchCost(pattern, text.length) <= CHEAP) return search()
  watched ??= { script: new Script('search()'), context: createContext({}) }
  watched.context.search = search
  const started = performance.now()
  try {
    return watched.script.runInContext(watched.context, { timeout: Math.max(1, Math.ceil(BUDGET - spent)) }) as T
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ERR_SCRIPT_EXECUTION_TIMEOUT') throw stopped(pattern, error)
    throw error
  } finally {
    delete watched.context.search
    count(performance.now() - started)
  }
}

function count(milliseconds: number): void {
  if (milliseconds < QUICK) return
  if (spent === 0) queueMicrotask(startAnew)
  spent += milliseconds
}

function startAnew(): void {
  spent = 0
}

function stopped({ source }: RegExp, cause: unknown): FailureError {
  return new FailureError(
    {
      code: 'invalid',
      message: `the regular expression "${source.slice(0, 200)}" was stopped after ${BUDGET / 1000} second: it has too many ways to match.`,
      remedy: 'Do not repeat what already repeats, as in (a+)+ or (a|a)*; anchor it with ^; or search a shorter text.',
    },
    cause,
  )
}

/** Whether a text has what the pattern looks for, in limited time. */
export function matches(pattern: RegExp, text: string): boolean {
  return timedSearch(pattern, text, () => pattern.test(text))
}

/** @throws FailureError invalid for what is no regular expression. */
export function expressionOf(source: string, flags = ''): RegExp {
  try {
    return new RegExp(source, flags)
  } catch (error) {
    throw new FailureError(
      {
        code: 'invalid',
        message: `"${source.slice(0, 200)}" is not a valid regular expression.`,
        remedy: 'Check its brackets and backslashes.',
      },
      error,
    )
  }
}
