import { AT_TOP, type Configured, configure } from '../../connection/cli/configure.ts'
import type { NxosSession } from '../../connection/cli/session.ts'
import { applyCli } from '../../diff/cli/apply.ts'
import { maskedLine } from '../../diff/cli/secret.ts'
import type { TaskWrite, WriteOutcome } from '../../model/device.ts'
import type { Failure } from '../../model/failure.ts'
import { makeCheckpoint } from './checkpoint.ts'
import { enterConfiguration } from './enter.ts'
import type { NxosOptions } from './open.ts'
import { dropSnapshot, type NxosState } from './state.ts'
import { undoTask } from './undo.ts'

type Work = readonly TaskWrite<'nxos'>[]

/** Sends tasks in order over one session; the first that is refused is undone, and nothing behind it is sent or counts. */
export async function writeTasks(
  state: NxosState,
  session: NxosSession,
  options: NxosOptions,
  work: Work,
): Promise<readonly WriteOutcome[]> {
  if (!state.spoiled && work.every(task => task.commands.length === 0)) {
    // Only to be saved, which the end of the run does.
    state.applied.push(...work)
    return work.map(() => ({ state: 'applied' }))
  }
  const ready = state.spoiled ?? (await prepare(state, session, options))
  if (ready) return failedFirst(work, ready)
  options.progress('writing', `${work.reduce((sum, task) => sum + task.commands.length, 0)} lines`)
  const commands = work.flatMap(task => task.commands)
  const result = await configure(lines => session.exchange(lines), state.standing ?? AT_TOP, commands)
  state.standing = result.standing
  const done = finishedTasks(work, result.acknowledged)
  state.applied.push(...work.slice(0, done))
  if (!result.refused && !result.broken && done === work.length) {
    await remember(state, work)
    return work.map(() => ({ state: 'applied' }))
  }
  const failure = result.broken
    ? unknownAftermath(state, options, result)
    : await undoTask({ state, session, options, failure: refusedFailure(options, result) })
  return work.map((_, index) => outcome(index, done, failure))
}

function outcome(index: number, done: number, failure: Failure): WriteOutcome {
  return index < done ? { state: 'applied' } : index === done ? { state: 'failed', failure } : { state: 'unsent' }
}

/** The first task failed, the others were not sent. */
export function failedFirst(work: Work, failure: Failure): WriteOutcome[] {
  return work.map((_, index) => outcome(index, 0, failure))
}

/** Checkpoint, then configuration mode; a round trip each, once per run. */
async function prepare(state: NxosState, session: NxosSession, options: NxosOptions): Promise<Failure | null> {
  const ask = (lines: readonly string[], seconds?: number) => session.exchange(lines, seconds)
  if (!state.checkpointed) {
    options.progress('writing', `checkpoint ${state.checkpoint}`)
    const refused = await makeCheckpoint(ask, options.endpoint.host, state.checkpoint)
    if (refused) return refused
    state.checkpointed = true
  }
  return state.standing ? null : enterConfiguration(state, session, options)
}

/** How many tasks the acknowledged commands complete. */
function finishedTasks(work: Work, acknowledged: number): number {
  let left = acknowledged
  const cut = work.findIndex(task => {
    left -= task.commands.length
    return left < 0
  })
  return cut < 0 ? work.length : cut
}

async function remember(state: NxosState, work: Work): Promise<void> {
  if (!state.live) return
  const live = applyCli(
    await state.live,
    work.flatMap(task => task.changes),
  )
  state.live = Promise.resolve(live)
  if (!state.staged) state.planned = live
}

function refusedFailure({ endpoint }: NxosOptions, { refused }: Configured): Failure {
  if (!refused) return { code: 'defect', message: `weft lost count of the lines that ${endpoint.host} acknowledged.` }
  const { said, line, context } = refused
  const where = context.length > 0 ? ` in '${context.join(' / ')}'` : ''
  return {
    code: 'rejected',
    message: `${endpoint.host} refused '${maskedLine(line)}'${where}.`,
    device: { said, line: maskedLine(line), context: [...context] },
    remedy: 'Correct the line; nothing behind it was counted as applied.',
  }
}

/** The connection went in the middle of it. */
function unknownAftermath(state: NxosState, { endpoint }: NxosOptions, result: Configured): Failure {
  const failure = result.broken ?? { code: 'unreachable' as const, message: `${endpoint.host} is gone.` }
  state.session = null
  state.spoiled = {
    ...failure,
    message: `${endpoint.host} went away in the middle of a write; weft writes nothing more to it in this run.`,
  }
  dropSnapshot(state)
  return {
    ...failure,
    remedy: `Look at 'show running-config' and 'show checkpoint summary' on ${endpoint.host}; to go back to before this run: rollback running-config checkpoint ${state.checkpoint}. Then run the same command again.`,
    aftermath: `Unknown: ${result.acknowledged} lines were acknowledged, what was sent behind them may be there or not. Nothing is saved to startup-config; the checkpoint ${state.checkpoint} is kept.`,
  }
}
