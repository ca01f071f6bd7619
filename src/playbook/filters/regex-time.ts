import { createContext, runInContext } from 'node:vm'

const MILLISECONDS = 2000
let context: { search?: () => unknown } | undefined

/**
 * Runs a search and ends it when it takes too long: `(a+)+$` on forty letters backtracks for years. Only a script of its own can be
 * stopped; what it calls is stopped with it. Throws Error.
 */
export function timed<T>(source: string, search: () => T): T {
  if (!mayExplode(source)) return search()
  context ??= createContext({}) as NonNullable<typeof context>
  context.search = search
  try {
    return runInContext('search()', context, { timeout: MILLISECONDS }) as T
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ERR_SCRIPT_EXECUTION_TIMEOUT') throw error
    throw new Error(`the regular expression "${source}" was stopped after ${MILLISECONDS / 1000} seconds`, {
      cause: error,
    })
  }
}

/** With fewer than two repetitions nothing can be tried in more ways than there are letters. */
function mayExplode(source: string): boolean {
  return (source.match(/[*+{]/g) ?? []).length > 1
}
