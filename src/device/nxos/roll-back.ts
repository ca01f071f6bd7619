import type { Failure } from '../../model/failure.ts'
import { rollBack } from './checkpoint.ts'
import type { NxosOptions } from './options.ts'
import { linesOf, type NxosState } from './state.ts'
import { typeLines, type Undoing } from './type-lines.ts'

interface Rolling extends Undoing {
  readonly failure: Failure
  /** Why the opposite lines did not do. */
  readonly why: string
  readonly host: string
}

/** A rollback knows no owner of a line. */
const OTHERS = 'What anybody else has typed on the switch since the checkpoint is gone with it.'

/**
 * Rolls back to the run's checkpoint, then sends the earlier tasks of the run again. The failure comes back with what became of
 * everything.
 */
export async function rolledBack(rolling: Rolling): Promise<Failure> {
  const { state, wire, options, failure, why } = rolling
  options.progress('undoing', `rollback to ${state.checkpoint}`)
  const wrong = await rollBack(wire, state.checkpoint)
  if (wrong) return spoil(state, options, rollbackFailed(rolling, wrong))
  const how = `Undone: rolled back to the checkpoint, as taking back line by line did not do (${why})`
  if (state.applied.length === 0)
    return { ...failure, aftermath: `${how}; the switch is as it was before this run. ${OTHERS}` }
  const lost = await typeLines(rolling, state.applied.flatMap(linesOf))
  if (lost) return spoil(state, options, replayFailed(rolling, lost))
  const count = state.applied.length
  const sent = `the ${count === 1 ? 'task' : `${count} tasks`} before it sent again; they stay`
  return { ...failure, aftermath: `${how}, and ${sent}. ${OTHERS}` }
}

/** Rolls back to the checkpoint: everything that this run wrote goes. Null = the switch is as it was before the run. */
export async function revertedByRollback(undoing: Omit<Undoing, 'works'>): Promise<Failure | null> {
  const { state, wire, options } = undoing
  options.progress('undoing', `rollback to ${state.checkpoint}`)
  const wrong = await rollBack(wire, state.checkpoint)
  if (wrong) {
    const rolling = { ...undoing, works: [], failure: wrong, why: '', host: options.endpoint.host }
    return spoil(state, options, rollbackFailed(rolling, wrong))
  }
  state.applied.length = 0
  return null
}

/** Nothing more is written to a switch of which nobody knows how it is. */
export function spoil(state: NxosState, { endpoint }: NxosOptions, failure: Failure): Failure {
  state.spoiled = {
    code: 'unsafe',
    message: `${endpoint.host} is in an unknown state after a failed undo; weft writes nothing more to it in this run.`,
    ...(failure.remedy === undefined ? {} : { remedy: failure.remedy }),
    aftermath: 'Nothing was written.',
  }
  return failure
}

function rollbackFailed({ state, failure, host }: Rolling, wrong: Failure): Failure {
  return {
    ...failure,
    message: `${failure.message} THE ROLLBACK FAILED TOO.`,
    device: {
      ...failure.device,
      said: `${failure.device?.said ?? ''}\n--- rollback running-config checkpoint ${state.checkpoint}:\n${wrong.device?.said ?? wrong.message}`.trim(),
    },
    remedy: `Compare by hand on ${host}: show diff rollback-patch running-config checkpoint ${state.checkpoint}; repair, then: rollback running-config checkpoint ${state.checkpoint}, which also takes back what others have typed since; at the end: no checkpoint ${state.checkpoint}.`,
    aftermath: `NOT undone: the lines of this task before the refused one are still in the running-config, or half of the undo is; which is unknown. Nothing was saved to startup-config. The checkpoint ${state.checkpoint} is kept on the switch.`,
  }
}

function replayFailed({ state, failure }: Rolling, wrong: Failure): Failure {
  return {
    ...failure,
    message: `${failure.message} Then the earlier tasks could not be brought back.`,
    device: {
      ...failure.device,
      said: `${failure.device?.said ?? ''}\n--- sending the earlier tasks again:\n${wrong.device?.said ?? wrong.message}`.trim(),
    },
    remedy: `Run the same command again: it applies what is missing. The checkpoint ${state.checkpoint} is kept.`,
    aftermath: `The task is undone. Of the ${state.applied.length} tasks before it, which were undone by the same rollback, only a part was sent again. ${OTHERS}`,
  }
}
