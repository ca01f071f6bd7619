import type { Outcome } from '../../model/intent.ts'
import type { Value } from '../../model/value.ts'
import { type Cursor, current, framesOf, setBack } from '../play/cursor.ts'
import { type HostState, type PlayRun, stateOf } from '../state.ts'
import { conclude } from '../task/conclude.ts'
import type { Prepared } from '../task/prepare.ts'
import { registersNow, valuesNow } from '../task/register-now.ts'
import { withOutcome } from '../task/resource.ts'
import type { Round, TaskResult } from '../task/result.ts'
import type { Job } from '../task/scene.ts'

type ValuesById = ReadonlyMap<string, Readonly<Record<string, Value>>>

/** A task whose result is believed but not yet true, and how the host stood before it. */
export interface Pending {
  readonly job: Job
  readonly result: TaskResult
  readonly writes: readonly Prepared[]
  readonly before: Snapshot
}

export interface Snapshot {
  readonly frames: Cursor['frames']
  readonly state: HostState
}

export function snapshotOf(playRun: PlayRun, host: string): Snapshot {
  const cursor = playRun.cursors.get(host)
  return { frames: cursor ? framesOf(cursor) : [], state: { ...stateOf(playRun.run, host) } }
}

/** Nothing that is pending is sent: the host is where it was before the first, and what it believed is forgotten. */
export function drop(playRun: PlayRun, host: string, pending: Pending[]): void {
  const [first] = pending.splice(0)
  const cursor = playRun.cursors.get(host)
  if (!first || !cursor) return
  setBack(cursor, first.before.frames)
  Object.assign(stateOf(playRun.run, host), first.before.state)
}

/**
 * Sends everything that is pending for a host and concludes its tasks with what became of them. The host is set back to before the first
 * and goes through them again with the truth; what comes after a failure did not happen and is not told. False when one failed.
 */
export async function flush(playRun: PlayRun, host: string, pending: Pending[]): Promise<boolean> {
  const tasks = pending.splice(0)
  const [first] = tasks
  const cursor = playRun.cursors.get(host)
  if (!first || !cursor) return true
  const outcomes = await sendAll(playRun, tasks)
  const now = await registeredNow(tasks, outcomes)
  setBack(cursor, first.before.frames)
  Object.assign(stateOf(playRun.run, host), first.before.state)
  for (const task of tasks) {
    current(cursor)
    const result = withNow(trueResult(task, outcomes), now)
    const status = conclude(task.job, result)
    if (status !== 'ok' && status !== 'changed' && status !== 'skipped') return status === 'ignored'
  }
  return true
}

/** What tasks register of what was applied, as it is now, by the intents' ids; the questions go out together. */
async function registeredNow(tasks: readonly Pending[], outcomes: ReadonlyMap<string, Outcome>): Promise<ValuesById> {
  const asking = tasks.flatMap(({ job, writes }) => writes.filter(prepared => registersNow(prepared, job.placed)))
  const applied = asking.filter(({ intent }) => outcomeOf(intent.id, outcomes).state === 'applied')
  return new Map(
    await Promise.all(applied.map(async prepared => [prepared.intent.id, await valuesNow(prepared)] as const)),
  )
}

/** A result whose rounds hold what is there now. */
function withNow(result: TaskResult, now: ValuesById): TaskResult {
  const known = (round: Round) => now.get(round.intent ?? '')
  if (!result.rounds.some(known)) return result
  const rounds = result.rounds.map(round => ({ ...round, values: { ...round.values, ...known(round) } }))
  const own = result.items ? { results: rounds.map(({ values }) => values) } : rounds[0]?.values
  return { ...result, rounds, values: { ...result.values, ...own } }
}

/** What became of each intent, by its id: one write per device, in order; after a failure nothing more is sent to any. */
async function sendAll(playRun: PlayRun, tasks: readonly Pending[]): Promise<ReadonlyMap<string, Outcome>> {
  const outcomes = new Map<string, Outcome>()
  let failed = false
  for (const group of byDevice(tasks.flatMap(task => task.writes))) {
    const intents = group.map(({ intent }) => intent)
    const answers: readonly Outcome[] = failed
      ? []
      : await playRun.run.door.pass((group[0] as Prepared).device, intents)
    for (const [at, { id }] of intents.entries()) outcomes.set(id, answers[at] ?? { state: 'unsent' })
    failed ||= answers.some(answer => 'failure' in answer && answer.failure !== undefined)
  }
  return outcomes
}

/** Neighbours that go to the same device. */
function byDevice(writes: readonly Prepared[]): Prepared[][] {
  const groups: Prepared[][] = []
  for (const prepared of writes) {
    const last = groups.at(-1)
    if (last?.[0]?.device === prepared.device) last.push(prepared)
    else groups.push([prepared])
  }
  return groups
}

/** A task's result with what became of its intents; as it was where all of them were applied, or shown by a plan. */
function trueResult({ result, writes }: Pending, outcomes: ReadonlyMap<string, Outcome>): TaskResult {
  const isTrue = writes.every(({ intent, round }) => withOutcome(round, outcomeOf(intent.id, outcomes)) === round)
  if (isTrue) return result
  const rounds = result.rounds.map(round =>
    round.intent === undefined || !round.changed ? round : withOutcome(round, outcomeOf(round.intent, outcomes)),
  )
  const failed = rounds.find(round => round.failure)
  const values = {
    ...(rounds.length === 1 && !result.items ? rounds[0]?.values : result.values),
    changed: false,
    failed: true,
  }
  return {
    ...result,
    values: { ...values, msg: failed?.failure?.message ?? '' },
    changed: rounds.some(round => round.changed),
    changes: rounds.flatMap(round => round.changes ?? []),
    rounds,
    ...(failed?.failure ? { failure: failed.failure } : {}),
    ...(result.items
      ? { items: result.items.map((item, at) => ({ ...item, ...itemTruth(rounds[at] as Round) })) }
      : {}),
  }
}

function outcomeOf(intent: string, outcomes: ReadonlyMap<string, Outcome>): Outcome {
  return outcomes.get(intent) ?? { state: 'unsent' }
}

function itemTruth(round: Round) {
  if (round.failure) return { status: 'failed' as const, failure: round.failure }
  return round.skipped ? { status: 'skipped' as const } : {}
}
