import type { WriteOutcome } from '../../model/device.ts'
import { type Cursor, current } from '../play/cursor.ts'
import { type HostState, type PlayRun, stateOf } from '../state.ts'
import { conclude } from '../task/conclude.ts'
import type { Job } from '../task/perform.ts'
import { type Prepared, send, withOutcome } from '../task/resource.ts'
import type { Round, TaskResult } from '../task/result.ts'

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
  const frames = playRun.cursors.get(host)?.frames ?? []
  return { frames: frames.map(frame => ({ ...frame })), state: { ...stateOf(playRun.run, host) } }
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
  const outcomes = await sendAll(tasks)
  cursor.frames.splice(0, cursor.frames.length, ...first.before.frames)
  Object.assign(stateOf(playRun.run, host), first.before.state)
  for (const task of tasks) {
    current(cursor)
    const result = trueResult(task, outcomes)
    const status = conclude(task.job, result)
    if (status !== 'ok' && status !== 'changed' && status !== 'skipped') return status === 'ignored'
  }
  return true
}

/** One write per device, in order; after a failure nothing more is sent to any. */
async function sendAll(tasks: readonly Pending[]): Promise<ReadonlyMap<Prepared, WriteOutcome>> {
  const outcomes = new Map<Prepared, WriteOutcome>()
  const writes = tasks.flatMap(task => task.writes)
  let failed = false
  for (const group of byDevice(writes)) {
    const device = (group[0] as Prepared).device
    const answers: readonly WriteOutcome[] = failed
      ? []
      : await send(
          device,
          group.map(prepared => prepared.write),
        )
    for (const [at, prepared] of group.entries()) outcomes.set(prepared, answers[at] ?? { state: 'unsent' })
    failed ||= answers.some(answer => answer.state === 'failed')
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

function trueResult({ result, writes }: Pending, outcomes: ReadonlyMap<Prepared, WriteOutcome>): TaskResult {
  const bad = writes.find(prepared => outcomes.get(prepared)?.state !== 'applied')
  if (!bad) return result
  const rounds = result.rounds.map(round => {
    const prepared = writes.find(each => each.round.changes === round.changes)
    return prepared ? withOutcome(round, outcomes.get(prepared) ?? { state: 'unsent' }) : round
  })
  const failed = rounds.find(round => round.failure) ?? failedOf(bad, outcomes)
  const values = {
    ...(rounds.length === 1 && !result.items ? rounds[0]?.values : result.values),
    changed: false,
    failed: true,
  }
  return {
    ...result,
    values: { ...values, msg: failed.failure?.message ?? '' },
    changed: rounds.some(round => round.changed),
    changes: rounds.flatMap(round => round.changes ?? []),
    rounds,
    ...(failed.failure ? { failure: failed.failure } : {}),
    ...(result.items
      ? { items: result.items.map((item, at) => ({ ...item, ...itemTruth(rounds[at] as Round) })) }
      : {}),
  }
}

function itemTruth(round: Round) {
  if (round.failure) return { status: 'failed' as const, failure: round.failure }
  return round.skipped ? { status: 'skipped' as const } : {}
}

function failedOf(prepared: Prepared, outcomes: ReadonlyMap<Prepared, WriteOutcome>): Round {
  return withOutcome(prepared.round, outcomes.get(prepared) ?? { state: 'unsent' })
}
