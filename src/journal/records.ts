import type { Status } from '../model/event.ts'
import { FailureError } from '../model/failure.ts'
import type { IntentState, PastRun } from './ledger.ts'
import { fateOf, type ProcessIdentity } from './process.ts'

/** What all ledgers agree on. */

export const STATUSES = [
  'ok',
  'changed',
  'skipped',
  'failed',
  'unreachable',
  'rescued',
  'ignored',
] as const satisfies Status[]

/** How the newest run is asked for. */
export const LAST = 'last'

export function noIntents(): Record<IntentState, number> {
  return { open: 0, applied: 0, failed: 0, undone: 0, unknown: 0, unsent: 0, shut: 0 }
}

export function noResults(): { -readonly [K in keyof PastRun['results']]: number } {
  return { ok: 0, changed: 0, skipped: 0, failed: 0, unreachable: 0, rescued: 0, ignored: 0 }
}

export function noSuchRun(run: string): FailureError {
  return new FailureError({ code: 'defect', message: `there is no run ${run} in the ledger` })
}

export function noSuchIntent(run: string, id: string): FailureError {
  return new FailureError({ code: 'defect', message: `run ${run} has recorded no intent '${id}'` })
}

export function thereAlready(what: string): FailureError {
  return new FailureError({ code: 'defect', message: `${what} is in the ledger already` })
}

/** So many seconds after a moment. */
export function later(now: Date, seconds: number): string {
  return new Date(now.getTime() + seconds * 1000).toISOString()
}

/** The moment so many days before another. */
export function daysBefore(now: Date, days: number): string {
  return later(now, -days * 86_400)
}

/** Whether a run that never ended may be forgotten: its process is gone, or may be gone, and the run is old. */
export function mayGo(process: ProcessIdentity, isOld: boolean): boolean {
  const fate = fateOf(process)
  return fate === 'gone' || (fate === 'unknown' && isOld)
}
