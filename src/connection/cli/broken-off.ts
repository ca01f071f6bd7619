import type { Failure } from '../../model/failure.ts'

const SHOWN_LINES = 5

/** What was heard of a command before the silence. */
export interface Silence {
  /** The host as the inventory has it. */
  readonly name: string
  readonly seconds: number
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

/** The failure of a device that stopped talking; the last lines that it said are shown. */
export function silent({ name, seconds, command, partial }: Silence): Failure {
  const seen = [...(command?.output.slice(-SHOWN_LINES) ?? []), partial].filter(line => line.trim() !== '')
  const during = command ? ` in the middle of '${command.line}'` : ' before its first prompt'
  return {
    code: 'timeout',
    message: `${name} said nothing for ${seconds} s${during}.`,
    device: { said: seen.join('\n'), ...(command ? { line: command.line } : {}) },
    remedy: 'Raise weft_timeout (ansible_command_timeout) for a slow device; otherwise look at its console.',
  }
}

/** Calls back once when nothing was heard for so long. */
export function watchSilence(seconds: number, onSilence: () => void): { heard(): void; stop(): void } {
  let last = Date.now()
  const look = () => {
    if (Date.now() - last >= seconds * 1000) onSilence()
  }
  const timer = setInterval(look, Math.min(1000, seconds * 250))
  return {
    heard: () => {
      last = Date.now()
    },
    stop: () => clearInterval(timer),
  }
}
