import { AT_TOP, type Configured, configure } from '../../connection/cli/configure.ts'
import type { NxosSession } from '../../connection/cli/session.ts'
import { applyCli } from '../../diff/cli/apply.ts'
import { maskedContexts, maskedLine, maskedText } from '../../diff/cli/secret.ts'
import { untypeableAmong } from '../../diff/cli/typeable.ts'
import type { Work } from '../../model/device.ts'
import { type Failure, toFailure } from '../../model/failure.ts'
import type { Outcome } from '../../model/intent.ts'
import { makeCheckpoint } from './checkpoint.ts'
import { enterConfiguration } from './enter.ts'
import type { NxosOptions } from './open.ts'
import { dropSnapshot, linesOf, type NxosState } from './state.ts'
import { undoTask } from './undo.ts'

type Works = readonly Work<'nxos'>[]

/** Where intents are carried out. */
interface Writing {
  readonly state: NxosState
  readonly session: NxosSession
  readonly options: NxosOptions
  /** Types one command in exec mode; throws FailureError. */
  readonly exec: (command: string) => Promise<readonly string[]>
}

/** Sends intents in order over one session; the first that is refused is undone, and nothing behind it is sent or counts. */
export async function writeTasks(writing: Writing, work: Works): Promise<readonly Outcome[]> {
  // Before the first of them is sent: half of a line that a switch reads otherwise is not known afterwards.
  const refused = untypeableAmong(work.flatMap(linesOf))
  if (refused) return failedFirst(work, refused.failure)
  const outcomes: Outcome[] = []
  while (outcomes.length < work.length) {
    const rest = work.slice(outcomes.length)
    const typed = rest.findIndex(each => isExec(each) !== isExec(rest[0]))
    const group = typed < 0 ? rest : rest.slice(0, typed)
    outcomes.push(...(isExec(group[0]) ? await execute(writing, group) : await writeLines(writing, group)))
    if (outcomes.some(({ state }) => state !== 'applied')) break
  }
  return work.map((_, index) => outcomes[index] ?? { state: 'unsent' })
}

function isExec(work: Work<'nxos'> | undefined): boolean {
  return work?.commands.some(command => 'exec' in command) ?? false
}

/** Exec-mode commands (clear, copy, system mode …): what they print is the outcome. */
async function execute({ exec }: Writing, works: Works): Promise<Outcome[]> {
  const outcomes: Outcome[] = []
  for (const { commands } of works) {
    try {
      const said: string[] = []
      for (const command of commands) if ('exec' in command) said.push((await exec(command.exec)).join('\n'))
      outcomes.push({ state: 'applied', said })
    } catch (error) {
      const failure = toFailure(error)
      const state = failure.code === 'rejected' ? 'failed' : 'unknown'
      outcomes.push({
        state,
        failure: { aftermath: 'What it did before is not known to weft, and is not undone.', ...failure },
      })
      break
    }
  }
  return outcomes
}

async function writeLines({ state, session, options }: Writing, work: Works): Promise<readonly Outcome[]> {
  if (!state.spoiled && work.every(task => linesOf(task).length === 0)) {
    // Only to be saved, which the commit does.
    state.applied.push(...work)
    return work.map(() => ({ state: 'applied' }))
  }
  const ready = state.spoiled ?? (await prepare(state, session, options))
  if (ready) return failedFirst(work, ready)
  const commands = work.flatMap(linesOf)
  options.progress('writing', `${commands.length} lines`)
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

function outcome(index: number, done: number, failure: Failure): Outcome {
  return index < done ? { state: 'applied' } : index === done ? { state: 'failed', failure } : { state: 'unsent' }
}

/** The first task failed, the others were not sent. */
export function failedFirst(work: Works, failure: Failure): Outcome[] {
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
function finishedTasks(work: Works, acknowledged: number): number {
  let left = acknowledged
  const cut = work.findIndex(task => {
    left -= linesOf(task).length
    return left < 0
  })
  return cut < 0 ? work.length : cut
}

async function remember(state: NxosState, work: Works): Promise<void> {
  if (!state.live) return
  const live = applyCli(
    await state.live,
    work.flatMap(task => task.differences),
  )
  state.live = Promise.resolve(live)
  if (!state.staged) state.planned = live
}

function refusedFailure({ endpoint }: NxosOptions, { refused }: Configured): Failure {
  if (!refused) return { code: 'defect', message: `weft lost count of the lines that ${endpoint.host} acknowledged.` }
  const context = maskedContexts(refused.context)
  const line = maskedLine(refused.line, refused.context.at(-1))
  const where = context.length > 0 ? ` in '${context.join(' / ')}'` : ''
  return {
    code: 'rejected',
    message: `${endpoint.host} refused '${line}'${where}.`,
    device: { said: maskedText(refused.said), line, context },
    remedy: 'Correct the line; nothing after it was counted as applied.',
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
