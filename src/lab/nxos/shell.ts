import type { ServerChannel } from 'ssh2'
import { createDelayLine } from './delay-line.ts'
import { faultFits } from './faults.ts'
import { createKeyQueue } from './key-queue.ts'
import { createLineEditor, type LineEditor } from './line-editor.ts'
import { createPager, type Pager } from './pager.ts'
import { createSession, type Reply, type Session } from './session.ts'
import type { SwitchState } from './state.ts'
import type { TerminalSettings } from './terminal-settings.ts'
import { createWriter, type Writer } from './writer.ts'

export interface ShellOptions {
  readonly state: SwitchState
  readonly user: string
  readonly channel: ServerChannel
  /** True when the client asked for a terminal: only then there is an echo and paging. */
  readonly pty: boolean
  readonly terminal: TerminalSettings
  readonly banner: string
  /** Ends the session as a switch does. */
  readonly end: () => void
  /** Cuts the connection without a word. */
  readonly drop: () => void
  /** Renews the keys of the connection. */
  readonly rekey: () => void
}

interface Shell extends ShellOptions {
  readonly session: Session
  readonly writer: Writer
  readonly editor: LineEditor
  pager: Pager | null
  /** Typed, but not yet shown. */
  echo: string
  /** Something was answered since the switch last waited. */
  answered: boolean
  commands: number
  /** The session is over, or hangs: what is still typed has no effect. */
  deaf: boolean
}

/** Ctrl-D, and what stands for a client that has closed its side: lines before it are still taken. */
const endOfInput = '\x04'

/** The interactive command line on an SSH channel, with the bytes of a real NX-OS terminal. */
export function openShell(options: ShellOptions): void {
  const { state, user, channel, terminal } = options
  const shell: Shell = {
    ...options,
    session: createSession({ state, user, terminal, shell: true }),
    writer: createWriter(channel, { faults: () => state.faults, rekey: options.rekey }),
    editor: createLineEditor(),
    pager: null,
    echo: '',
    answered: false,
    commands: 0,
    deaf: false,
  }
  const keys = createKeyQueue({ handle: character => onKey(shell, character), empty: () => flushEcho(shell) })
  const wire = createDelayLine({
    // The wire has its own; this one only puts together what comes at a time.
    latencyMs: () => 0,
    deliver: keys.push,
    idle: () => {
      if (shell.answered && !keys.waiting) state.counters.roundTrips++
      shell.answered = keys.waiting && shell.answered
    },
  })
  shell.writer.send(`${options.banner}${prompt(shell)}`, '')
  channel.on('data', (data: Buffer) => wire.push(data.toString('utf8')))
  channel.on('end', () => wire.push(endOfInput))
  channel.on('close', wire.close)
  channel.on('error', wire.close)
}

/** Handles one typed character; answers how long the switch is busy with it (milliseconds). */
function onKey(shell: Shell, character: string): number {
  if (character === endOfInput) shell.end()
  else if (shell.deaf) return 0
  else if (shell.pager) turnPage(shell, shell.pager, character)
  else return edit(shell, character)
  return 0
}

function turnPage(shell: Shell, pager: Pager, character: string): void {
  const turned = pager.press(character)
  shell.answered = true
  if (!turned) return
  if (turned.done) shell.pager = null
  shell.writer.send(`${turned.text}${turned.done ? prompt(shell) : ''}`, '')
}

function edit(shell: Shell, character: string): number {
  const { echo, line } = shell.editor.type(character)
  if (shell.pty) shell.echo += echo
  if (line === undefined) return 0
  flushEcho(shell)
  return onLine(shell, line) + (shell.state.faults.slowMs ?? 0)
}

function flushEcho(shell: Shell): void {
  if (shell.echo !== '') shell.writer.send(shell.echo, '')
  shell.echo = ''
}

/** Takes a line; answers how long the switch is busy with it (milliseconds). */
function onLine(shell: Shell, line: string): number {
  if (drops(shell, line, false)) return 0
  const reply = shell.session.run(line)
  shell.answered = true
  if (line.trim() !== '') shell.commands++
  if (drops(shell, line, true)) return 0
  if (!reply.takes) {
    answer(shell, line, reply)
    return 0
  }
  const { ms, effect } = reply.takes
  setTimeout(() => {
    if (shell.channel.destroyed) return
    effect()
    answer(shell, line, reply)
  }, ms)
  return ms
}

/** Cuts the connection where a fault says so. */
function drops(shell: Shell, line: string, taken: boolean): boolean {
  const { state } = shell
  const { drop, disconnectAfterCommands: most } = state.faults
  const isDropped = drop !== undefined && drop.taken === taken && state.dropped !== state.faults
  const isMeant =
    isDropped &&
    (drop.pattern === undefined
      ? drop.number === shell.commands + (taken ? 0 : 1)
      : faultFits(drop.pattern, line.trim()))
  if (isMeant) state.dropped = state.faults
  if (!isMeant && !(taken && most !== undefined && shell.commands > most)) return false
  shell.deaf = true
  shell.drop()
  return true
}

function answer(shell: Shell, line: string, reply: Reply): void {
  const { pty, terminal } = shell
  const text = reply.text.replaceAll('\n', '\r\n')
  shell.pager = pty ? createPager(text, terminal.length) : null
  const tail = reply.question || reply.leave || shell.pager ? '' : prompt(shell)
  const sent = shell.writer.send(`${pty ? '\r\r\n' : ''}${shell.pager?.first ?? text}${tail}`, line.trim())
  shell.deaf = !sent || reply.leave === true
  if (reply.leave) shell.end()
}

function prompt({ pty, session }: Shell): string {
  return pty ? `\r${session.prompt()}` : session.prompt()
}
