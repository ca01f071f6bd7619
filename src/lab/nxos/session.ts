import { startBanner } from './banner.ts'
import { type Applied, applyLine, type Standing } from './config/apply.ts'
import type { ExecAnswer } from './exec/command.ts'
import { isMaintained } from './exec/maintenance.ts'
import { runExec } from './exec/run.ts'
import { rejection } from './faults.ts'
import { isMismatch, type Mismatch, matchLine } from './grammar/match.ts'
import { modeNamed } from './grammar/modes.ts'
import { compilePattern } from './grammar/pattern.ts'
import { hostname, type SwitchState, setRunning } from './state.ts'
import type { TerminalSettings } from './terminal-settings.ts'

/** What a line got: text with plain newlines. `question` = the text ends in a question and no prompt follows. */
export interface Reply {
  readonly text: string
  readonly leave?: boolean
  readonly question?: boolean
  readonly takes?: ExecAnswer['takes']
}

/** One user at the command line: where they stand, and what their next line does. */
export interface Session {
  prompt(): string
  run(line: string): Reply
}

export interface SessionOptions {
  readonly state: SwitchState
  readonly user: string
  readonly terminal: TerminalSettings
  /** False on the exec channel, where no prompt is shown for the caret to be counted from. */
  readonly shell: boolean
}

interface Seat extends SessionOptions {
  /** The contexts that are open, outermost first; none = exec mode. */
  standings: readonly Standing[]
  asked: ExecAnswer['ask'] | undefined
}

/** Starts a session in exec mode. */
export function createSession(options: SessionOptions): Session {
  const seat: Seat = { ...options, standings: [], asked: undefined }
  return { prompt: () => promptOf(seat), run: line => run(seat, line) }
}

function promptOf({ state, standings }: Seat): string {
  return `${hostname(state)}${isMaintained(state) ? '(maint-mode)' : ''}${modeText(standings.at(-1))}# `
}

function modeText(standing: Standing | undefined): string {
  if (!standing) return ''
  const { prompt } = modeNamed(standing.mode)
  if (standing.paths.length > 1 && prompt === 'config-if') return '(config-if-range)'
  return `(${standing.line.startsWith('address-family ipv6') ? prompt.replace('ipv4', 'ipv6') : prompt})`
}

/** A lab that runs for days must not keep all that was ever typed. */
const MOST_TYPED = 10_000

function run(seat: Seat, typed: string): Reply {
  const line = typed.trim()
  if (seat.asked) return answer(seat, seat.asked(typed.trimEnd()))
  if (line === '' || line.startsWith('!')) return { text: '' }
  seat.state.counters.commands++
  seat.state.typed.push(line)
  if (seat.state.typed.length > MOST_TYPED) seat.state.typed.shift()
  const rejected = rejection(seat.state.faults, line)
  if (rejected !== null) return { text: `${rejected}\n` }
  const banner = seat.standings.length > 0 ? startBanner(seat.state, line) : null
  if (banner) return answer(seat, banner)
  return enter(seat, line) ?? leave(seat, line) ?? execute(seat, typed)
}

function answer(seat: Seat, reply: ExecAnswer): Reply {
  seat.asked = reply.ask
  const { text, leave, ask, takes } = reply
  return { text, leave: leave === true, question: ask !== undefined, ...(takes ? { takes } : {}) }
}

const top: Standing = { mode: 'config', line: '', paths: [[]] }
const entering = [{ pattern: compilePattern('configure [terminal]') }]
const leaving = [{ pattern: compilePattern('exit') }, { pattern: compilePattern('end') }]

/** `configure terminal`, which works in every mode. */
function enter(seat: Seat, line: string): Reply | null {
  if (!line.startsWith('conf') || isMismatch(matchLine(line, entering))) return null
  const text = seat.standings.length > 0 ? '' : 'Enter configuration commands, one per line. End with CNTL/Z.\n'
  seat.standings = [top]
  return { text }
}

/** `exit` and `end` of a configuration mode; in exec mode `exit` is a command of its own. */
function leave(seat: Seat, line: string): Reply | null {
  const match = seat.standings.length === 0 || line === 'e' ? null : matchLine(line, leaving)
  if (!match || isMismatch(match)) return null
  seat.standings = match.words[0] === 'end' ? [] : seat.standings.slice(0, -1)
  return { text: '' }
}

/** A configuration line where one is possible, else an exec command: NX-OS takes both in configuration mode. */
function execute(seat: Seat, typed: string): Reply {
  const { state, standings } = seat
  const line = typed.trim()
  const applied: Applied | null = standings.length > 0 ? applyLine(state.running, standings, line) : null
  if (applied && 'config' in applied) return accept(seat, applied)
  if (applied && 'refused' in applied) return { text: `${applied.refused}\n` }
  const done = runExec(seat, line)
  if (!isMismatch(done)) return answer(seat, done)
  return { text: caret(seat, typed, applied && applied.column >= done.column ? applied : done) }
}

function accept(seat: Seat, applied: Extract<Applied, { config: unknown }>): Reply {
  setRunning(seat.state, applied.config)
  const kept = seat.standings.slice(0, seat.standings.length - applied.depth)
  seat.standings = applied.enter ? [...kept, applied.enter] : kept
  if (applied.enter) seat.state.counters.contexts++
  return { text: applied.said }
}

/** The caret below the word at fault, counted from the prompt and broken at the width of the terminal. */
function caret(seat: Seat, typed: string, mismatch: Mismatch): string {
  const indent = typed.length - typed.trimStart().length
  const column = (seat.shell ? promptOf(seat).length : 0) + indent + mismatch.column
  const { width } = seat.terminal
  const blanks = ' '.repeat(column)
  const broken = column >= width ? `${blanks.slice(0, width)}\n${blanks.slice(width)}` : blanks
  return `${broken}^\n${mismatch.error}\n`
}
