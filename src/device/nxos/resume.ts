import { type LeftOver, leftOver } from '../../diff/cli/left-over.ts'
import { renderCli } from '../../diff/cli/render.ts'
import { maskedContexts, maskedLine } from '../../diff/cli/secret.ts'
import type { Work } from '../../model/device.ts'
import type { Failure } from '../../model/failure.ts'
import type { Outcome } from '../../model/intent.ts'
import type { CliLine } from '../../model/nxos.ts'
import type { NxosOptions } from './options.ts'
import { readSettled } from './read-again.ts'
import { dropSnapshot, type NxosState } from './state.ts'
import { undoTask } from './undo.ts'
import { dropSession, isLost, type Wire } from './wire.ts'

/** An intent and what of its lines is still to be sent. */
export interface Pending {
  readonly work: Work<'nxos'>
  readonly lines: readonly CliLine[]
  /** A session was lost while it was under way. */
  readonly isBegun?: true
}

/** A session that was lost in the middle of a write. */
export interface Lost {
  readonly writing: { readonly state: NxosState; readonly wire: Wire; readonly options: NxosOptions }
  /** The tasks that are not acknowledged to the end. */
  readonly rest: readonly Pending[]
  /** How many of them had a line under way. */
  readonly touched: number
  readonly failure: Failure
  /** Lines that were acknowledged since the write began. */
  readonly acknowledged: number
  /** False when it was lost too often. */
  readonly mayGoOn: boolean
}

type Next = { readonly todo: readonly Pending[] } | { readonly outcomes: Outcome[] }

/**
 * After a lost session: logs in again, looks at what of the lines is there, and answers what is still to be sent; or, where that cannot
 * be known, takes back the tasks that were under way and answers the outcomes.
 */
export async function resumed(lost: Lost): Promise<Next> {
  const { writing, rest, touched, failure, mayGoOn } = lost
  const { state, wire, options } = writing
  if (!isLost(failure) || !mayGoOn) return unknown(lost)
  const away = await wire.reconnect()
  if (away) return unknown({ ...lost, failure: { ...failure, message: `${failure.message} ${away.message}` } })
  if (touched === 0) return { todo: rest }
  const read = await readSettled(wire)
  if ('failure' in read) return unknown(lost)
  dropSnapshot(state)
  const begun = rest.slice(0, touched).map(({ work }) => work)
  const left = leftOver(
    begun.map(({ differences }) => differences),
    read.live,
  )
  const found = begun.map((work, index) => tell(work, left.todo[index] ?? []))
  for (const text of found) options.progress('reading', `after the lost session: ${text}`)
  const unclear = whyUnclear(begun, left)
  if (unclear === null) {
    const some = begun.map((work, index) => ({
      work,
      lines: renderCli(left.todo[index] ?? []),
      isBegun: true as const,
    }))
    return { todo: [...some, ...rest.slice(touched)] }
  }
  const message = `${failure.message} ${unclear} (${found.join('; ')})`
  const undone = await undoTask({ ...writing, works: begun, failure: { ...failure, message } })
  return {
    outcomes: rest.map((_, index) => (index === 0 ? { state: 'failed', failure: undone } : { state: 'unsent' })),
  }
}

/** Why the rest cannot simply be sent. */
function whyUnclear(begun: readonly Work<'nxos'>[], { strange }: LeftOver): string | null {
  const blind = begun.find(
    ({ differences, commands }) =>
      (differences.length === 0 && commands.some(command => 'line' in command)) ||
      differences.some(({ after }) => isTyped(after)),
  )
  if (blind) return `What became of '${blind.title}' cannot be seen in the configuration.`
  return strange.length > 0 ? `Somebody else has changed the same meanwhile: ${strange.join(', ')}.` : null
}

/** A line that is typed as it stands, or whose place counts. */
function isTyped(value: unknown): boolean {
  const { verbatim, moved } = (value ?? {}) as { verbatim?: boolean; moved?: boolean }
  return verbatim === true || moved === true
}

/** What is there of a task: applied, not, or half and which lines are missing. */
function tell(work: Work<'nxos'>, todo: LeftOver['todo'][number]): string {
  if (todo.length === 0) return `'${work.title}' is applied`
  if (todo.length === work.differences.length) return `'${work.title}' is not applied`
  const lines = renderCli(todo).map(({ parents, line }) =>
    [...maskedContexts(parents), maskedLine(line, parents.at(-1))].join(' / '),
  )
  return `'${work.title}' is half applied, without: ${lines.join('; ')}`
}

/** Nobody can say what became of the tasks that were under way: the session is gone, and no new one tells. */
function unknown({ writing, rest, touched, failure, acknowledged }: Lost): Next {
  const { state, options } = writing
  const { host } = options.endpoint
  dropSnapshot(state)
  dropSession(state)
  state.spoiled = {
    ...failure,
    message: `${host} went away in the middle of a write; weft writes nothing more to it in this run.`,
  }
  const told: Failure = {
    ...failure,
    remedy: `Look at 'show running-config' and 'show checkpoint summary' on ${host}; to go back to before this run: rollback running-config checkpoint ${state.checkpoint} (which also takes back what others have typed since). Then run the same command again.`,
    aftermath: `${touched === 0 ? 'Nothing of this task was sent.' : `Unknown: ${acknowledged} lines were acknowledged, what was sent behind them may be there or not.`} Nothing is saved to startup-config; the checkpoint ${state.checkpoint} is kept.`,
  }
  const first = touched === 0 ? 'failed' : 'unknown'
  return {
    outcomes: rest.map((_, index) =>
      index < Math.max(1, touched) ? { state: first, failure: told } : { state: 'unsent' },
    ),
  }
}
