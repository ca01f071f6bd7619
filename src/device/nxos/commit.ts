import { refusalIn } from '../../connection/cli/rejection.ts'
import type { Answer } from '../../connection/cli/terminal.ts'
import { readConfig } from '../../diff/cli/read.ts'
import { SAVE } from '../../diff/cli/save.ts'
import { unmetChanges } from '../../diff/cli/verify.ts'
import type { Work } from '../../model/device.ts'
import type { Failure } from '../../model/failure.ts'
import { SLOW_SECONDS } from './checkpoint.ts'
import type { NxosOptions } from './options.ts'
import { dropSnapshot, type NxosState } from './state.ts'
import type { Wire } from './wire.ts'

const SHOW = 'show running-config'

/** Reads the configuration again and holds it against what was written. Null where all is there, or nothing was typed. */
export async function verifyRun(state: NxosState, wire: Wire, options: NxosOptions): Promise<Failure | null> {
  if (state.spoiled || !state.applied.some(isTyped)) return null
  options.progress('reading', SHOW)
  const { answers, failure } = await wire.again([SHOW], SLOW_SECONDS)
  if (failure) return { ...failure, aftermath: notVerified(options) }
  dropSnapshot(state)
  return verifyFailure(state.applied, options, answers.at(-1))
}

/** Saves, and only when that is proven removes the checkpoint: the net is there until the landing. */
export async function commitRun(state: NxosState, wire: Wire, options: NxosOptions): Promise<Failure | null> {
  if (state.spoiled || (!state.checkpointed && state.adopted.length === 0 && !wantsSave(state))) return null
  if (wantsSave(state)) {
    options.progress('saving', SAVE)
    const { answers, failure } = await wire.again([SAVE], SLOW_SECONDS)
    if (failure) return { ...failure, aftermath: notSaved(options) }
    const refused = saveFailure(state, options, answers.at(-1))
    if (refused) return refused
  }
  state.applied.length = 0
  return removeCheckpoints(state, wire, options)
}

/** This run's own, and those of earlier runs that it has taken up. */
async function removeCheckpoints(state: NxosState, wire: Wire, options: NxosOptions): Promise<Failure | null> {
  const names = [state.checkpointed ? state.checkpoint : null, ...state.adopted.map(({ net }) => net)]
  let refused: Failure | null = null
  for (const name of names.filter(each => each !== null)) {
    const remove = `no checkpoint ${name}`
    const { answers, failure } = await wire.again([remove], SLOW_SECONDS)
    if (failure)
      return {
        ...failure,
        aftermath: 'All changes are in place, verified and saved; the checkpoint may still be there.',
      }
    refused ??= removeFailure(name, options, answers.at(-1))
  }
  state.checkpointed = false
  state.adopted.length = 0
  return refused
}

function wantsSave({ applied, adopted }: NxosState): boolean {
  return adopted.some(({ saves }) => saves) || applied.some(({ commands, unsaved }) => commands.length > 0 && !unsaved)
}

function isTyped({ commands }: Work<'nxos'>): boolean {
  return commands.some(command => 'line' in command)
}

function notVerified({ endpoint }: NxosOptions): string {
  return `The changes were acknowledged; whether ${endpoint.host} shows them is unknown. They are not saved.`
}

function notSaved({ endpoint }: NxosOptions): string {
  return `The changes are in the running-config; whether they were saved is unknown. On ${endpoint.host}: ${SAVE}`
}

function saveFailure(state: NxosState, { endpoint }: NxosOptions, answer: Answer | undefined): Failure | null {
  if (!answer) return null
  const text = answer.output.join('\n').trim()
  const refused = refusalIn(answer.output) ?? answer.asked ?? null
  if (refused === null && /copy complete|100%/i.test(text)) return null
  return {
    code: 'rejected',
    message: `${endpoint.host} did not save its configuration.`,
    device: { said: text, line: SAVE },
    remedy: `Free space ('dir bootflash:'), end other configuration sessions, then on ${endpoint.host}: ${SAVE}. A second run finds nothing to change, and saves only for a task with save_when: modified.`,
    aftermath: `The changes are in the running-config; a reload would lose them.${state.checkpointed ? ` The checkpoint ${state.checkpoint} is kept.` : ''}`,
  }
}

function verifyFailure(
  done: readonly Work<'nxos'>[],
  { endpoint }: NxosOptions,
  answer: Answer | undefined,
): Failure | null {
  if (!answer) return null
  const changes = done.flatMap(task => task.differences)
  const unmet = unmetChanges(readConfig(answer.output.join('\n')), changes)
  const [first] = unmet
  if (!first) return null
  const more = unmet.length > 1 ? `, and ${unmet.length - 1} more` : ''
  return {
    code: 'stale',
    message: `${endpoint.host} accepted a line but does not show it: ${first.said}${more}.`,
    device: { said: unmet.map(entry => entry.said).join('\n'), line: first.line, context: [...first.context] },
    remedy: `Somebody else may have changed it, or this release keeps the line in another form: compare with 'show running-config' on ${endpoint.host}, and plan again.`,
    aftermath: 'The other changes of the run are in place. Nothing was saved yet.',
  }
}

function removeFailure(name: string, { endpoint }: NxosOptions, answer: Answer | undefined): Failure | null {
  const said = answer && refusalIn(answer.output)
  // Somebody was faster, the run was killed before it had made one, or a session was lost before the answer had come.
  if (!said || /does not exist|not found/i.test(said)) return null
  return {
    code: 'rejected',
    message: `${endpoint.host} did not remove weft's checkpoint ${name}.`,
    device: { said, line: answer.line },
    remedy: `On ${endpoint.host}: no checkpoint ${name}`,
    aftermath: 'All changes are in place, saved and verified.',
  }
}
