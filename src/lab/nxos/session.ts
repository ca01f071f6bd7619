import { type Applied, applyLine, type Standing } from './config/apply.ts'
import type { ExecAnswer } from './exec/command.ts'
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
}

/** One user at the command line: where they stand, and what their next line does. */
export interface Session {
  prompt(): string
  run(line: string): Reply
}

const top: Standing = { mode: 'config', line: '', paths: [[]] }
const enterConfig = [{ pattern: compilePattern('configure [terminal]') }]
const leaving = [{ pattern: compilePattern('exit') }, { pattern: compilePattern('end') }]

/** Starts a session in exec mode. `widthOfPrompt` is 0 where no prompt is shown (the exec channel). */
export function createSession(options: {
  state: SwitchState
  user: string
  terminal: TerminalSettings
  shell: boolean
}): Session {
  const { state, user, terminal, shell } = options
  let standings: readonly Standing[] = []
  let asked: ExecAnswer['ask']

  const prompt = () => `${hostname(state)}${promptOf(standings.at(-1))}# `

  const run = (typed: string): Reply => {
    const line = typed.trim()
    if (asked) return answer(asked(line))
    if (line === '' || line.startsWith('!')) return { text: '' }
    state.counters.commands++
    const rejected = rejection(state.faults, line)
    if (rejected !== null) return { text: `${rejected}\n` }
    return move(line) ?? execute(typed, line)
  }

  const answer = (reply: ExecAnswer): Reply => {
    asked = reply.ask
    return { text: reply.text, leave: reply.leave === true, question: reply.ask !== undefined }
  }

  const move = (line: string): Reply | null => {
    if (standings.length === 0) {
      if (line.length < 4 || isMismatch(matchLine(line, enterConfig))) return null
      standings = [top]
      return { text: 'Enter configuration commands, one per line. End with CNTL/Z.\n' }
    }
    const match = matchLine(line, leaving)
    if (isMismatch(match) || line === 'e')
      return line.startsWith('conf') && !isMismatch(matchLine(line, enterConfig)) ? restart() : null
    standings = match.words[0] === 'end' ? [] : standings.slice(0, -1)
    return { text: '' }
  }

  const restart = (): Reply => {
    standings = [top]
    return { text: '' }
  }

  const execute = (typed: string, line: string): Reply => {
    const applied: Applied | null = standings.length > 0 ? applyLine(state.running, standings, line) : null
    if (applied && 'config' in applied) return accept(applied)
    if (applied && 'refused' in applied) return { text: `${applied.refused}\n` }
    const done = runExec({ state, user, terminal }, line)
    if (!isMismatch(done)) return answer(done)
    const worst = applied && applied.column >= done.column ? applied : done
    return { text: caret(worst, typed) }
  }

  const accept = (applied: Extract<Applied, { config: unknown }>): Reply => {
    setRunning(state, applied.config)
    const kept = standings.slice(0, standings.length - applied.depth)
    standings = applied.enter ? [...kept, applied.enter] : kept
    return { text: applied.said }
  }

  const caret = (mismatch: Mismatch, typed: string): string => {
    const indent = typed.length - typed.trimStart().length
    const column = (shell ? prompt().length : 0) + indent + mismatch.column
    const blanks = ' '.repeat(column)
    const broken =
      column >= terminal.width ? `${blanks.slice(0, terminal.width)}\n${blanks.slice(terminal.width)}` : blanks
    return `${broken}^\n${mismatch.error}\n`
  }

  return { prompt, run }
}

function promptOf(standing: Standing | undefined): string {
  if (!standing) return ''
  const { prompt } = modeNamed(standing.mode)
  if (standing.paths.length > 1 && prompt === 'config-if') return '(config-if-range)'
  return `(${standing.line.startsWith('address-family ipv6') ? prompt.replace('ipv4', 'ipv6') : prompt})`
}
