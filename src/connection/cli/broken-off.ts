import type { Failure } from '../../model/failure.ts'
import type { Excess, Limits } from './limits.ts'

const SHOWN_LINES = 5
const SHOWN_LETTERS = 500

/** What was heard of a command before it was given up. */
export interface Unanswered {
  /** The host as the inventory has it. */
  readonly name: string
  readonly limits: Limits
  readonly excess: Excess
  /** The command that was running; none = before the first prompt. */
  readonly command: { readonly line: string; readonly output: readonly string[] } | undefined
  /** The line that had begun. */
  readonly partial: string
}

/** The failure of a session that ended by itself. */
export function lost(name: string, what: string): Failure {
  return {
    code: 'unreachable',
    message: `${name} ${what}.`,
    remedy: "Look at 'show users' and 'show logging' on the switch: a cleared line, a reload, or a broken path.",
  }
}

/** The failure of a device that stopped talking, or does not come to an end; the last lines that it said are shown. */
export function unanswered({ name, limits, excess, command, partial }: Unanswered): Failure {
  const seen = [...(command?.output.slice(-SHOWN_LINES) ?? []), partial].filter(line => line.trim() !== '')
  const said = seen.map(line => line.slice(0, SHOWN_LETTERS)).join('\n')
  const device = { said, ...(command ? { line: command.line } : {}) }
  return { ...WORDS[excess](name, limits, command ? `'${command.line}'` : null), device }
}

type Words = (name: string, limits: Limits, command: string | null) => Failure

const WORDS: Readonly<Record<Excess, Words>> = {
  silence: (name, { silenceSeconds }, command) => ({
    code: 'timeout',
    message: `${name} said nothing for ${silenceSeconds} s${command ? ` in the middle of ${command}` : ' before its first prompt'}.`,
    remedy: 'Raise weft_timeout (ansible_command_timeout) for a slow device; otherwise look at its console.',
  }),
  time: (name, { totalSeconds }, command) => ({
    code: 'timeout',
    message: `${name} had not finished ${command ?? 'its greeting'} after ${totalSeconds} s.`,
    remedy: 'Raise weft_timeout (ansible_command_timeout) for a slow device; otherwise look at its console.',
  }),
  size: (name, { bytes }, command) => ({
    code: 'unparseable',
    message: `${name} said more than ${Math.round(bytes / 1024 / 1024)} MB in ${command ? `answer to ${command}` : 'its greeting'}.`,
    remedy:
      'Ask for less (| include, | section, one object); if it was a short command, look at the console of the device.',
  }),
}
