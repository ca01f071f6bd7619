import type { Failure } from '../../model/failure.ts'
import type { CliLine } from '../../model/nxos.ts'
import { opensContext, provesContext } from './context-mode.ts'
import { refusalInConfiguration } from './rejection.ts'
import type { Answer, Exchange } from './terminal.ts'

/** Where the session stands in configuration mode: the contexts that are open and the mode of each, 'config' first. */
export interface Standing {
  readonly path: readonly string[]
  readonly modes: readonly string[]
}

/** Configuration mode with no context open. */
export const AT_TOP: Standing = { path: [], modes: ['config'] }

/** What became of the commands: how many the device has acknowledged, and why it ended before the last. */
export interface Configured {
  readonly acknowledged: number
  readonly standing: Standing
  readonly refused?: { readonly said: string; readonly line: string; readonly context: readonly string[] }
  /** The connection failed: what was sent behind the acknowledged commands is unknown. */
  readonly broken?: Failure
  /** How many commands were under way or done when it ended early: those behind a refused one may have been taken. */
  readonly sent?: number
}

/** open: must open a context, what follows is inside it; either: may open one; leaf: stays where it is. */
interface Step {
  readonly kind: 'exit' | 'open' | 'either' | 'leaf'
  readonly text: string
  /** The contexts around the line. */
  readonly context: readonly string[]
  /** How many commands are done when this line is acknowledged. */
  readonly completes: number
}

export type Send = (lines: readonly string[]) => Promise<Exchange>

/**
 * Sends configuration lines, each in its contexts. A line that opens a context ends a round trip: what goes inside waits for the
 * prompt that proves it. Lines within a context go out together with the way to the next one. Contexts are left by `exit`, never by
 * typing a parent's line: NX-OS looks a line up in the inner mode first (`address-family` inside a neighbor).
 */
export async function configure(send: Send, start: Standing, commands: readonly CliLine[]): Promise<Configured> {
  let standing = start
  let acknowledged = 0
  while (acknowledged < commands.length) {
    const batch = nextBatch(standing.path, commands, acknowledged)
    const sent = Math.max(acknowledged, batch.at(-1)?.completes ?? 0)
    const { answers, failure } = await send(batch.map(step => step.text))
    for (const [index, step] of batch.entries()) {
      const answer = answers[index]
      if (!answer) break
      const said = refusal(step, answer, standing)
      if (said !== null) {
        return { acknowledged, standing, refused: { said, line: step.text, context: step.context }, sent }
      }
      standing = moved(standing, step, answer)
      acknowledged = Math.max(acknowledged, step.completes)
    }
    if (failure) return { acknowledged, standing, broken: failure, sent }
  }
  return { acknowledged, standing }
}

/** The lines of the next round trip, from command `first` on: up to a line that opens a context, or to the end. */
function nextBatch(start: readonly string[], commands: readonly CliLine[], first: number): Step[] {
  const batch: Step[] = []
  const path = [...start]
  for (let command = first; command < commands.length; command++) {
    const { parents, line } = commands[command] ?? { parents: [], line: '' }
    const shared = sharedLength(path, parents)
    while (path.length > shared) {
      path.pop()
      batch.push({ kind: 'exit', text: 'exit', context: [...path], completes: command })
    }
    const opener = parents[shared]
    if (opener !== undefined) return [...batch, { kind: 'open', text: opener, context: path, completes: command }]
    const kind = kindOf(commands, command)
    batch.push({ kind, text: line, context: parents, completes: command + 1 })
    if (kind !== 'leaf') return batch
  }
  return batch
}

function kindOf(commands: readonly CliLine[], index: number): Step['kind'] {
  const { parents, line } = commands[index] ?? { parents: [], line: '' }
  const next = commands[index + 1]
  const entered = next !== undefined && sharedLength(next.parents, [...parents, line]) === parents.length + 1
  return entered ? 'open' : opensContext(parents, line) ? 'either' : 'leaf'
}

function sharedLength(one: readonly string[], other: readonly string[]): number {
  let length = 0
  while (length < one.length && length < other.length && one[length] === other[length]) length++
  return length
}

/** The device's words when it did not do what the step is for. */
function refusal(step: Step, answer: Answer, standing: Standing): string | null {
  if (answer.asked !== undefined) return `${answer.asked} (a question that weft does not answer)`
  const said = refusalInConfiguration(answer.output)
  if (said !== null) return said
  const { mode } = answer.prompt
  const words = answer.output.join('\n').trim()
  if (step.kind === 'open' || (step.kind === 'either' && mode !== standing.modes.at(-1))) {
    const before = standing.modes[step.context.length] ?? 'config'
    if (provesContext({ parents: step.context, line: step.text, before, mode })) return null
    return words || `its prompt shows (${mode}): the context was not opened`
  }
  const expected = step.kind === 'exit' ? standing.modes[step.context.length] : standing.modes.at(-1)
  return mode === expected ? null : words || `its prompt shows (${mode}) where (${expected}) was due`
}

function moved(standing: Standing, step: Step, answer: Answer): Standing {
  const depth = step.context.length
  if (step.kind === 'exit') return { path: standing.path.slice(0, depth), modes: standing.modes.slice(0, depth + 1) }
  const stays = step.kind === 'either' && answer.prompt.mode === standing.modes.at(-1)
  if (step.kind === 'leaf' || stays) return standing
  return {
    path: [...step.context, step.text],
    modes: [...standing.modes.slice(0, depth + 1), answer.prompt.mode],
  }
}
