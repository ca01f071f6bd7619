import { AT_TOP, type Configured, configure } from '../../connection/cli/configure.ts'
import { applyCli } from '../../diff/cli/apply.ts'
import { maskedContexts, maskedLine, maskedText } from '../../diff/cli/secret.ts'
import type { Work } from '../../model/device.ts'
import type { Failure } from '../../model/failure.ts'
import type { Outcome } from '../../model/intent.ts'
import { makeCheckpoint } from './checkpoint.ts'
import { enterConfiguration } from './enter.ts'
import type { NxosOptions } from './options.ts'
import { type Pending, resumed } from './resume.ts'
import { linesOf, type NxosState } from './state.ts'
import { undoTask } from './undo.ts'
import { isLost, type Wire } from './wire.ts'

interface Carrying {
  readonly state: NxosState
  readonly wire: Wire
  readonly options: NxosOptions
}

/** A switch that loses the session again and again is not written to. */
const MOST_LOST = 3

/** Sends the lines of intents; the first that is refused is undone. After a lost session it goes on with what is left of them. */
export function carryLines(carrying: Carrying, works: readonly Work<'nxos'>[]): Promise<readonly Outcome[]> {
  return carry(
    carrying,
    works.map(work => ({ work, lines: linesOf(work) })),
    MOST_LOST,
  )
}

async function carry(carrying: Carrying, pending: readonly Pending[], tries: number): Promise<readonly Outcome[]> {
  const { state, wire, options } = carrying
  const closed = state.spoiled ?? (await prepare(carrying))
  if (closed && (state.spoiled || !isLost(closed))) return failedFrom(0, pending.length, closed)
  const result = closed ? unbegun(closed) : await sent(carrying, pending)
  state.standing = result.broken ? null : result.standing
  const done = finished(pending, result.acknowledged)
  state.applied.push(...pending.slice(0, done).map(({ work }) => work))
  if (!result.refused && !result.broken && done === pending.length) {
    await remember(state, pending)
    return pending.map(() => ({ state: 'applied' }))
  }
  const rest = pending.slice(done)
  const touched = started(rest, (result.sent ?? 0) - count(pending.slice(0, done)))
  if (result.broken) {
    const { acknowledged, broken: failure } = result
    const next = await resumed({ writing: carrying, rest, touched, failure, acknowledged, mayGoOn: tries > 0 })
    const more = 'todo' in next ? await carry(carrying, next.todo, tries - 1) : next.outcomes
    return [...pending.slice(0, done).map((): Outcome => ({ state: 'applied' })), ...more]
  }
  // Lines of the next intents may have gone out with the refused one.
  const works = rest.slice(0, Math.max(1, touched)).map(({ work }) => work)
  const failure = await undoTask({ state, wire, options, works, failure: refusedFailure(options, result) })
  return failedFrom(done, pending.length, failure)
}

async function sent({ state, wire, options }: Carrying, pending: readonly Pending[]): Promise<Configured> {
  const commands = pending.flatMap(({ lines }) => lines)
  options.progress('writing', `${commands.length} lines`)
  return configure(wire.exchange, state.standing ?? AT_TOP, commands)
}

function unbegun(broken: Failure): Configured {
  return { acknowledged: 0, standing: AT_TOP, broken, sent: 0 }
}

/** The intents before `index` are applied, that one failed, the others were not sent. */
function failedFrom(index: number, length: number, failure: Failure): Outcome[] {
  return Array.from({ length }, (_, at) =>
    at < index ? { state: 'applied' } : at === index ? { state: 'failed', failure } : { state: 'unsent' },
  )
}

/** Checkpoint, then configuration mode; a round trip each, once per run. */
async function prepare({ state, wire, options }: Carrying): Promise<Failure | null> {
  if (!state.checkpointed) {
    options.progress('writing', `checkpoint ${state.checkpoint}`)
    const refused = await makeCheckpoint(wire, options.endpoint.host, state.checkpoint)
    if (refused) return refused
    state.checkpointed = true
  }
  return state.standing ? null : enterConfiguration(state, wire, options)
}

function count(pending: readonly Pending[]): number {
  return pending.reduce((sum, { lines }) => sum + lines.length, 0)
}

/** How many intents the acknowledged lines complete. */
function finished(pending: readonly Pending[], acknowledged: number): number {
  const cut = pending.findIndex((_, index) => count(pending.slice(0, index + 1)) > acknowledged)
  return cut < 0 ? pending.length : cut
}

/** How many intents had a line among the first `sent`, or had been begun over an earlier session. */
function started(pending: readonly Pending[], sent: number): number {
  const last = pending.findLastIndex(({ isBegun }, index) => isBegun || count(pending.slice(0, index)) < sent)
  return last + 1
}

async function remember(state: NxosState, pending: readonly Pending[]): Promise<void> {
  if (!state.live) return
  const live = applyCli(
    await state.live,
    pending.flatMap(({ work }) => work.differences),
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
