import { AT_TOP, configure } from '../../connection/cli/configure.ts'
import type { NxosSession } from '../../connection/cli/session.ts'
import { maskedContexts, maskedLine, maskedText } from '../../diff/cli/secret.ts'
import type { Failure } from '../../model/failure.ts'
import { rollBack } from './checkpoint.ts'
import { enterConfiguration } from './enter.ts'
import type { NxosOptions } from './open.ts'
import { dropSnapshot, linesOf, type NxosState } from './state.ts'

interface Undo {
  readonly state: NxosState
  readonly session: NxosSession
  readonly options: NxosOptions
  readonly failure: Failure
}

/**
 * Rolls back to the run's checkpoint, then sends the earlier tasks of the run again, so that only the failed task is undone.
 * The failure comes back with what became of everything.
 */
export async function undoTask({ state, session, options, failure }: Undo): Promise<Failure> {
  options.progress('undoing', `rollback to ${state.checkpoint}`)
  dropSnapshot(state)
  state.standing = null
  const wrong = await rollBack((lines, seconds) => session.exchange(lines, seconds), state.checkpoint)
  if (wrong) return spoil(state, options, rollbackFailed({ state, options, failure }, wrong))
  if (state.applied.length === 0) {
    return { ...failure, aftermath: 'Undone: rolled back to the checkpoint; the switch is as it was before this run.' }
  }
  const lost = await replay(state, session, options)
  if (lost) return spoil(state, options, replayFailed({ state, failure }, lost))
  const count = state.applied.length
  return {
    ...failure,
    aftermath: `Undone: rolled back to the checkpoint, and the ${count === 1 ? 'task' : `${count} tasks`} before it sent again; they stay.`,
  }
}

/** Sends again what earlier tasks of this run had written. */
async function replay(state: NxosState, session: NxosSession, options: NxosOptions): Promise<Failure | null> {
  const closed = await enterConfiguration(state, session, options)
  if (closed) return closed
  const commands = state.applied.flatMap(linesOf)
  const result = await configure(lines => session.exchange(lines), AT_TOP, commands)
  state.standing = result.standing
  if (result.broken) return result.broken
  if (!result.refused) return null
  const { said, context } = result.refused
  const line = maskedLine(result.refused.line, context.at(-1))
  return {
    code: 'rejected',
    message: `'${line}' was refused the second time.`,
    device: { said: maskedText(said), line, context: maskedContexts(context) },
  }
}

function spoil(state: NxosState, { endpoint }: NxosOptions, failure: Failure): Failure {
  state.spoiled = {
    code: 'unsafe',
    message: `${endpoint.host} is in an unknown state after a failed undo; weft writes nothing more to it in this run.`,
    ...(failure.remedy === undefined ? {} : { remedy: failure.remedy }),
    aftermath: 'Nothing was written.',
  }
  return failure
}

function rollbackFailed({ state, options, failure }: Omit<Undo, 'session'>, wrong: Failure): Failure {
  const { host } = options.endpoint
  return {
    ...failure,
    message: `${failure.message} THE ROLLBACK FAILED TOO.`,
    device: {
      ...failure.device,
      said: `${failure.device?.said ?? ''}\n--- rollback running-config checkpoint ${state.checkpoint}:\n${wrong.device?.said ?? wrong.message}`.trim(),
    },
    remedy: `Compare by hand on ${host}: show diff rollback-patch running-config checkpoint ${state.checkpoint}; repair, then: rollback running-config checkpoint ${state.checkpoint}; at the end: no checkpoint ${state.checkpoint}.`,
    aftermath: `NOT undone: the lines of this task before the refused one are still in the running-config, or half of the rollback is; which is unknown. Nothing was saved to startup-config. The checkpoint ${state.checkpoint} is kept on the switch.`,
  }
}

function replayFailed({ state, failure }: Pick<Undo, 'state' | 'failure'>, wrong: Failure): Failure {
  return {
    ...failure,
    message: `${failure.message} Then the earlier tasks could not be brought back.`,
    device: {
      ...failure.device,
      said: `${failure.device?.said ?? ''}\n--- sending the earlier tasks again:\n${wrong.device?.said ?? wrong.message}`.trim(),
    },
    remedy: `Run the same command again: it applies what is missing. The checkpoint ${state.checkpoint} is kept.`,
    aftermath: `The task is undone. Of the ${state.applied.length} tasks before it, which were undone by the same rollback, only a part was sent again.`,
  }
}

/** Rolls back to the checkpoint: everything that this run wrote goes. Null = the switch is as it was before the run. */
export async function revertRun(state: NxosState, session: NxosSession, options: NxosOptions): Promise<Failure | null> {
  if (!state.checkpointed) return null
  options.progress('undoing', `rollback to ${state.checkpoint}`)
  dropSnapshot(state)
  state.standing = null
  const wrong = await rollBack((lines, seconds) => session.exchange(lines, seconds), state.checkpoint)
  if (wrong) return spoil(state, options, rollbackFailed({ state, options, failure: wrong }, wrong))
  state.applied.length = 0
  return null
}
