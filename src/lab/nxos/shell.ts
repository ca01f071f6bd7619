import type { ServerChannel } from 'ssh2'
import { createDelayLine } from './delay-line.ts'
import { createLineEditor } from './line-editor.ts'
import { createPager, type Pager } from './pager.ts'
import { createSession } from './session.ts'
import type { SwitchState } from './state.ts'
import type { TerminalSettings } from './terminal-settings.ts'
import { createWriter } from './writer.ts'

export interface ShellOptions {
  readonly state: SwitchState
  readonly user: string
  readonly channel: ServerChannel
  /** True when the client asked for a terminal: only then there is an echo and paging. */
  readonly pty: boolean
  readonly terminal: TerminalSettings
  readonly banner: string
  readonly end: () => void
}

/** Ctrl-D, and what stands for a client that has closed its side: lines before it are still taken. */
const endOfInput = '\x04'

/** The interactive command line on an SSH channel, with the bytes of a real NX-OS terminal. */
export function openShell(options: ShellOptions): void {
  const { state, user, channel, pty, terminal } = options
  const session = createSession({ state, user, terminal, shell: true })
  const writer = createWriter(channel, () => state.faults)
  const editor = createLineEditor()
  const backlog: string[] = []
  let pager: Pager | null = null
  let answered = false
  let busy = false
  let commands = 0

  const showPrompt = () => (pty ? `\r${session.prompt()}` : session.prompt())

  const onLine = (line: string) => {
    const reply = session.run(line)
    answered = true
    if (line.trim() !== '') commands++
    const drop = state.faults.disconnectAfterCommands
    if (drop !== undefined && commands > drop) return options.end()
    const text = reply.text.replaceAll('\n', '\r\n')
    pager = pty ? createPager(text, terminal.length) : null
    const tail = reply.question || reply.leave || pager ? '' : showPrompt()
    writer.send(`${pty ? '\r\r\n' : ''}${pager?.first ?? text}${tail}`, line.trim())
    if (reply.leave) options.end()
  }

  const onKey = (character: string) => {
    if (character === endOfInput) return options.end()
    if (pager) {
      const turned = pager.press(character)
      answered = true
      if (!turned) return
      if (turned.done) pager = null
      writer.send(`${turned.text}${turned.done ? showPrompt() : ''}`, '')
      return
    }
    const { echo, line } = editor.type(character)
    if (pty && echo !== '') pendingEcho += echo
    if (line === undefined) return
    flushEcho()
    onLine(line)
  }

  let pendingEcho = ''
  const flushEcho = () => {
    if (pendingEcho !== '') writer.send(pendingEcho, '')
    pendingEcho = ''
  }

  const work = () => {
    while (backlog.length > 0 && !busy) {
      const character = backlog.shift() as string
      onKey(character)
      if (state.faults.slowMs && /[\r\n]/.test(character)) pause(state.faults.slowMs)
    }
    if (!busy) flushEcho()
  }

  const pause = (milliseconds: number) => {
    busy = true
    setTimeout(() => {
      busy = false
      work()
      idle()
    }, milliseconds)
  }

  const idle = () => {
    if (busy || !answered) return
    answered = false
    state.counters.roundTrips++
  }

  const wire = createDelayLine({
    latencyMs: () => state.latencyMs,
    deliver: piece => {
      for (const character of piece) backlog.push(character)
      work()
    },
    idle,
  })

  writer.send(`${options.banner}${showPrompt()}`, '')
  channel.on('data', (data: Buffer) => wire.push(data.toString('utf8')))
  channel.on('close', () => wire.close())
  channel.on('end', () => wire.push(endOfInput))
  channel.on('error', () => wire.close())
}
