import type * as z from 'zod'
import type { LoopItem, Recap, Status } from '../../model/event.ts'
import type { Failure } from '../../model/failure.ts'
import type { ShownChange } from '../../model/managed.ts'
import type { ActionResult, Effects } from '../../model/module.ts'
import type { Value } from '../../model/value.ts'

/** What an include asks for: a file or a role, with the variables of its round. */
export interface IncludeRequest {
  readonly kind: 'tasks' | 'role'
  readonly file: string
  readonly variables: Readonly<Record<string, Value>>
}

/** How one round of a task (one item of its loop, or the whole when it has none) went. */
export interface Round {
  /** What `register` receives. */
  readonly values: Readonly<Record<string, Value>>
  readonly changed: boolean
  readonly skipped?: boolean
  readonly failure?: Failure
  readonly shown?: Value
  readonly diff?: ActionResult['diff']
  readonly changes?: readonly ShownChange[]
  readonly effects?: Effects
  readonly delegate?: string
  /** The intent that the round's changes are, for finding what became of it. */
  readonly intent?: string
  readonly include?: IncludeRequest
}

/** How a task went on one host. */
export interface TaskResult extends Round {
  readonly rounds: readonly Round[]
  readonly items?: readonly z.infer<typeof LoopItem>[]
  readonly hidden?: boolean
  readonly seconds: number
}

export function skippedRound(reason: string, more: Readonly<Record<string, Value>> = {}): Round {
  return { values: { changed: false, ...more, skipped: true, skip_reason: reason }, changed: false, skipped: true }
}

export function failedRound(failure: Failure, values: Readonly<Record<string, Value>> = {}): Round {
  return { values: { msg: failure.message, ...values, changed: false, failed: true }, changed: false, failure }
}

/** The status before it is known whether the failure is rescued or ignored. */
export function rawStatus(result: Round): Status {
  if (result.failure) return result.failure.code === 'unreachable' ? 'unreachable' : 'failed'
  if (result.skipped) return 'skipped'
  return result.changed ? 'changed' : 'ok'
}

export function returnCode(values: Readonly<Record<string, Value>>): number | undefined {
  return typeof values.rc === 'number' ? values.rc : undefined
}

export function emptyRecap(): Recap {
  return { ok: 0, changed: 0, unreachable: 0, failed: 0, skipped: 0, rescued: 0, ignored: 0 }
}

/**
 * Counts one result. What is ignored also counts as ok, and as changed when it changed something. An include that is taken counts once
 * for each file it reads, a role that is included not at all: its tasks count.
 */
export function count(
  recap: Recap,
  status: Status,
  { changed, rounds }: Pick<TaskResult, 'changed' | 'rounds'>,
): Recap {
  const next = { ...recap }
  const includes = rounds.flatMap(round => (round.include ? [round.include] : []))
  if (status === 'ok' && includes.length > 0) {
    next.ok += includes.filter(include => include.kind === 'tasks').length
    return next
  }
  if (status === 'changed' || status === 'ignored') next.ok++
  if (status === 'ignored' && changed) next.changed++
  next[status]++
  return next
}
