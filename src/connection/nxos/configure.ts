import type { Failure } from '../../model/failure.ts'
import type { CliLine } from '../../model/nxos.ts'
import { opensContext, provesContext } from './context-mode.ts'
import { refusalIn } from './rejection.ts'
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
}

interface Step {
  readonly kind: 'exit' | 'open' | 'leaf'
  readonly text: string
  /** The contexts around the line. */
  readonly context: readonly string[]
  /** Index of the command that it serves. */
  readonly command: number
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
  for (const batch of batches(start.path, commands)) {
    const { answers, failure } = await send(batch.map(step => step.text))
    for (const [index, step] of batch.entries()) {
      const answer = answers[index]
      if (!answer) break
      const said = refusal(step, answer, standing)
      if (said !== null) {
        return { acknowledged, standing, refused: { said, line: step.text, context: step.context } }
      }
      standing = moved(standing, step, answer)
      if (isLastOf(step, commands)) acknowledged = step.command + 1
    }
    if (failure) return { acknowledged, standing, broken: failure }
  }
  return { acknowledged, standing }
}

function isLastOf(step: Step, commands: readonly CliLine[]): boolean {
  const command = commands[step.command]
  return step.kind !== 'exit' && command !== undefined && step.context.length === command.parents.length
}

/** Steps in round trips: each ends with a line that opens a context, the last one with the last line. */
function batches(start: readonly string[], commands: readonly CliLine[]): Step[][] {
  const all: Step[][] = [[]]
  for (const step of steps(start, commands)) {
    all.at(-1)?.push(step)
    if (step.kind === 'open') all.push([])
  }
  return all.filter(batch => batch.length > 0)
}

function steps(start: readonly string[], commands: readonly CliLine[]): Step[] {
  const found: Step[] = []
  let path = [...start]
  for (const [command, { parents, line }] of commands.entries()) {
    const target = [...parents, line]
    const opens = opensContext(parents, line) || isEntered(target, commands[command + 1])
    // A context that is open already need not be opened again, unless the line is there to create it.
    const shared = sharedLength(path, parents)
    for (; path.length > shared; path.pop()) {
      found.push({ kind: 'exit', text: 'exit', context: path.slice(0, -1), command })
    }
    for (const opener of parents.slice(shared)) {
      found.push({ kind: 'open', text: opener, context: [...path], command })
      path.push(opener)
    }
    found.push({ kind: opens ? 'open' : 'leaf', text: line, context: parents, command })
    if (opens) path = target
  }
  return found
}

function isEntered(target: readonly string[], next: CliLine | undefined): boolean {
  return next !== undefined && sharedLength(next.parents, target) === target.length
}

function sharedLength(one: readonly string[], other: readonly string[]): number {
  let length = 0
  while (length < one.length && length < other.length && one[length] === other[length]) length++
  return length
}

/** The device's words when it did not do what the step is for. */
function refusal(step: Step, answer: Answer, standing: Standing): string | null {
  if (answer.asked !== undefined) return `${answer.asked} (a question that weft does not answer)`
  const said = refusalIn(answer.output)
  if (said !== null) return said
  const { mode } = answer.prompt
  const words = answer.output.join('\n').trim()
  if (step.kind === 'open') {
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
  if (step.kind === 'leaf') return standing
  return {
    path: [...step.context, step.text],
    modes: [...standing.modes.slice(0, depth + 1), answer.prompt.mode],
  }
}
