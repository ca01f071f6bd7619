import { compilePattern, type Pattern } from '../grammar/pattern.ts'
import type { Output } from '../pipe.ts'
import type { SwitchState } from '../state.ts'
import type { TerminalSettings } from '../terminal-settings.ts'

export interface ExecRequest {
  readonly state: SwitchState
  readonly user: string
  readonly terminal: TerminalSettings
  /** The command in canonical words: ['show', 'ip', 'route', 'vrf', 'blue']. */
  readonly words: readonly string[]
}

/** What an exec command does beside answering. */
export interface ExecAnswer extends Output {
  /** A question: the next line that is typed goes to `reply`. */
  readonly ask?: (reply: string) => ExecAnswer
  readonly leave?: true
  /** The command takes so many milliseconds, and has its effect at their end. */
  readonly takes?: { readonly ms: number; readonly effect: () => void }
}

export interface ExecCommand {
  readonly pattern: Pattern
  readonly feature?: string
  readonly run: (request: ExecRequest) => ExecAnswer
}

/** An exec command: its notation (see compilePattern), what it answers, and the feature that it needs. */
export function command(line: string, run: ExecCommand['run'], feature?: string): ExecCommand {
  return { pattern: compilePattern(line), run, ...(feature === undefined ? {} : { feature }) }
}

/** The word behind a keyword: after(words, 'vrf') of `show ip route vrf blue` is 'blue'. */
export function after(words: readonly string[], keyword: string): string | undefined {
  const index = words.indexOf(keyword)
  return index < 0 ? undefined : words[index + 1]
}
