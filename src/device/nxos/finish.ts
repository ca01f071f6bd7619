import { refusalIn } from '../../connection/cli/rejection.ts'
import type { NxosSession } from '../../connection/cli/session.ts'
import type { Answer } from '../../connection/cli/terminal.ts'
import { readConfig } from '../../diff/cli/read.ts'
import { SAVE, type SAVED } from '../../diff/cli/save.ts'
import { unmetChanges } from '../../diff/cli/verify.ts'
import type { TaskWrite } from '../../model/device.ts'
import type { Failure } from '../../model/failure.ts'
import { SLOW_SECONDS } from './checkpoint.ts'
import type { NxosOptions } from './open.ts'
import { dropSnapshot, type NxosState } from './state.ts'

type Work = readonly TaskWrite<'nxos'>[]

const SHOW = 'show running-config'

/**
 * Ends the writing of a run in one round trip: saves, removes the checkpoint, reads the configuration again and holds it against what was
 * written. After a failed undo nothing is saved and the checkpoint stays.
 * @returns the first thing that went wrong.
 */
export async function finishRun(state: NxosState, session: NxosSession, options: NxosOptions): Promise<Failure | null> {
  if (state.spoiled || (!state.checkpointed && !wantsSave(state))) return null
  options.progress('saving', SAVE)
  const remove = `no checkpoint ${state.checkpoint}`
  const lines = [
    ...(state.standing ? ['end'] : []),
    ...(wantsSave(state) ? [SAVE] : []),
    ...(state.checkpointed ? [remove] : []),
    ...(state.applied.some(isTyped) ? [SHOW] : []),
  ]
  const { answers, failure } = await session.exchange(lines, SLOW_SECONDS)
  state.standing = null
  if (failure) return { ...failure, aftermath: notSaved(options, answers) }
  state.checkpointed = false
  dropSnapshot(state)
  const done = state.applied.splice(0)
  const answer = (line: string) => answers.find(candidate => candidate.line === line)
  return (
    saveFailure(options, answer(SAVE)) ??
    verifyFailure(done, options, answer(SHOW)) ??
    removeFailure(state, options, answer(remove))
  )
}

function wantsSave(state: NxosState): boolean {
  return state.applied.some(
    ({ commands, changes }) =>
      commands.some(command => command.save !== 'never') ||
      changes.some(change => (change as typeof SAVED).after?.saved),
  )
}

function isTyped({ commands }: TaskWrite<'nxos'>): boolean {
  return commands.length > 0
}

function notSaved({ endpoint }: NxosOptions, answers: readonly Answer[]): string {
  const saved = answers.some(answer => answer.line === SAVE && refusalIn(answer.output) === null)
  return saved
    ? `The changes are in place and saved; they were not verified. Look at ${endpoint.host} by hand.`
    : `The changes are in the running-config; whether they were saved is unknown. On ${endpoint.host}: ${SAVE}`
}

function saveFailure({ endpoint }: NxosOptions, answer: Answer | undefined): Failure | null {
  if (!answer) return null
  const text = answer.output.join('\n').trim()
  const refused = refusalIn(answer.output) ?? answer.asked ?? null
  if (refused === null && /copy complete|100%/i.test(text)) return null
  return {
    code: 'rejected',
    message: `${endpoint.host} did not save its configuration.`,
    device: { said: text, line: SAVE },
    remedy: `Free space ('dir bootflash:'), end other configuration sessions, then on ${endpoint.host}: ${SAVE}. A second run finds nothing to change, and saves only for a task with save_when: modified.`,
    aftermath: 'The changes are in the running-config; a reload would lose them.',
  }
}

function verifyFailure(done: Work, { endpoint }: NxosOptions, answer: Answer | undefined): Failure | null {
  if (!answer) return null
  const changes = done.flatMap(task => task.changes)
  const unmet = unmetChanges(readConfig(answer.output.join('\n')), changes)
  const [first] = unmet
  if (!first) return null
  const more = unmet.length > 1 ? `, and ${unmet.length - 1} more` : ''
  return {
    code: 'stale',
    message: `${endpoint.host} took a line and does not show it: ${first.said}${more}.`,
    device: { said: unmet.map(entry => entry.said).join('\n'), line: first.line, context: [...first.context] },
    remedy: `Somebody else may have changed it, or this release keeps the line in another form: compare with 'show running-config' on ${endpoint.host}, and plan again.`,
    aftermath: 'The other changes of the run are in place and saved.',
  }
}

function removeFailure(state: NxosState, { endpoint }: NxosOptions, answer: Answer | undefined): Failure | null {
  const said = answer && refusalIn(answer.output)
  if (!said) return null
  return {
    code: 'rejected',
    message: `${endpoint.host} did not remove weft's checkpoint ${state.checkpoint}.`,
    device: { said, line: answer.line },
    remedy: `On ${endpoint.host}: no checkpoint ${state.checkpoint}`,
    aftermath: 'All changes are in place, saved and verified.',
  }
}
