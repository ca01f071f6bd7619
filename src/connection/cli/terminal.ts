import type { Duplex } from 'node:stream'
import { StringDecoder } from 'node:string_decoder'
import type { Failure } from '../../model/failure.ts'
import { lost, unanswered } from './broken-off.ts'
import { type Expected, expectedCommand } from './expected-command.ts'
import { type Limits, limitsFor, type Watch, watchAnswer } from './limits.ts'
import { type LineSplitter, lineSplitter } from './line-splitter.ts'
import { type Prompt, readPrompt } from './prompt.ts'
import { answerTo, isQuestion, mayAsk, refusalOf } from './question.ts'

/** What a switch answered to one line: its output without echo and prompt, and the prompt behind it. */
export interface Answer {
  readonly line: string
  readonly output: readonly string[]
  readonly prompt: Prompt
  /** A question that weft does not know; it was declined. */
  readonly asked?: string
}

/** The answers that came, in order, and why no more came. */
export interface Exchange {
  readonly answers: readonly Answer[]
  readonly failure: Failure | null
}

export interface Terminal {
  /** Sends lines ahead of their answers: one round trip for all of them, however many. */
  exchange(lines: readonly string[], timeoutSeconds: number): Promise<Exchange>
  /** Waits for the first prompt; what came before it (banners). */
  greeting(timeoutSeconds: number): Promise<{ text: string; failure: Failure | null }>
  /** Names that a prompt may begin with; empty = any. */
  expectHosts(hosts: readonly string[]): void
}

/** A prompt is short, also behind what a pager has written and erased; what is longer is output. */
const LONGEST_PROMPT = 4096
/** A message of the day has some dozens of lines; what a device says unasked is not kept without end. */
const MOST_GREETED = 500

// A terminal's input buffer holds 4096 bytes; what is sent ahead of the answers stays well below it.
const AHEAD_BYTES = 2000

/** What the handlers of one channel share. */
interface Wire {
  readonly channel: Duplex
  readonly name: string
  readonly splitter: LineSplitter
  /** What came before the first command. */
  readonly greeted: string[]
  hosts: readonly string[]
  running: Running | null
  gone: Failure | null
  /** Runs while an answer is waited for. */
  watch: Watch | null
  readonly limits: (seconds: number) => Limits
}

interface Running {
  readonly todo: string[]
  readonly waiting: Expected[]
  readonly answers: Answer[]
  aheadBytes: number
  end(failure: Failure | null): void
}

/** Speaks with a switch's command line over a shell channel. `name` is the host as the inventory has it. */
export function terminal(channel: Duplex, name: string, limits: (seconds: number) => Limits = limitsFor): Terminal {
  const splitter = lineSplitter(line => {
    if (wire.running) hear(wire, wire.running, line)
    else if (wire.greeted.length < MOST_GREETED) wire.greeted.push(line)
  })
  const wire: Wire = { channel, name, splitter, greeted: [], hosts: [], running: null, gone: null, watch: null, limits }
  const decoder = new StringDecoder('utf8')
  channel.on('data', (chunk: Buffer) => {
    // What was given up is not listened to any more.
    if (wire.gone) return
    wire.watch?.heard(chunk.length)
    splitter.feed(decoder.write(chunk))
    lookAtPartial(wire)
  })
  const end = (what: string) => {
    wire.gone ??= lost(name, what)
    wire.running?.end(wire.gone)
  }
  channel.on('close', () => end('closed the session'))
  channel.on('error', (error: Error) => end(`broke the session off: ${error.message}`))
  return {
    expectHosts: names => {
      wire.hosts = names
    },
    exchange: (lines, timeoutSeconds) => exchange(wire, lines, timeoutSeconds),
    greeting: timeoutSeconds => greeting(wire, timeoutSeconds),
  }
}

function exchange(wire: Wire, lines: readonly string[], timeoutSeconds: number): Promise<Exchange> {
  return new Promise(resolve => {
    const answers: Answer[] = []
    const finish = (failure: Failure | null) => {
      if (wire.running !== running) return
      wire.running = null
      unwatch()
      resolve({ answers, failure })
    }
    const running: Running = { todo: [...lines], waiting: [], answers, aheadBytes: 0, end: finish }
    const unwatch = watch(wire, timeoutSeconds, finish)
    wire.running = running
    if (wire.gone || lines.length === 0) finish(wire.gone)
    else send(wire, running)
  })
}

function greeting(wire: Wire, timeoutSeconds: number): Promise<{ text: string; failure: Failure | null }> {
  return new Promise(resolve => {
    const finish = (failure: Failure | null) => {
      wire.channel.off('data', look).off('close', closed)
      unwatch()
      resolve({ text: [...wire.greeted, wire.splitter.end().text].join('\n'), failure })
    }
    const look = () => {
      if (wire.splitter.end().length <= LONGEST_PROMPT && readPrompt(wire.splitter.partial(), [])?.rest === '')
        finish(null)
    }
    const closed = () => finish(wire.gone)
    const unwatch = watch(wire, timeoutSeconds, finish)
    wire.channel.on('data', look).on('close', closed)
    if (wire.gone) closed()
    else look()
  })
}

/** Ends when a limit of the answer is passed; the answer stops the watch. */
function watch(wire: Wire, seconds: number, onEnd: (failure: Failure) => void): () => void {
  const limits = wire.limits(seconds)
  const watched = watchAnswer(
    limits,
    excess => {
      const command = wire.running?.waiting[0]
      const partial = wire.splitter.end().text
      wire.gone = unanswered({ name: wire.name, limits, excess, command, partial })
      wire.watch = null
      onEnd(wire.gone)
    },
    () => {
      takeBarePrompt(wire)
      followName(wire)
    },
  )
  wire.watch = watched
  return watched.stop
}

/**
 * A device that waits at a prompt of another name has another name: somebody renamed it, or a rollback did. What was taken for output
 * is looked at again.
 */
function followName(wire: Wire): void {
  const { running, hosts } = wire
  const current = running?.waiting[0]
  if (!running || !current?.started || hosts.length === 0 || wire.splitter.end().length > LONGEST_PROMPT) return
  const found = readPrompt(wire.splitter.partial(), [])
  if (found?.rest !== '' || hosts.includes(found.prompt.host)) return
  wire.hosts = [...hosts, found.prompt.host]
  for (const line of current.output.splice(0)) hear(wire, running, line)
  lookAtPartial(wire)
}

/** A prompt that a line end followed is taken for one when nothing comes behind it: a banner may hold such a line. */
function takeBarePrompt(wire: Wire): void {
  const { running, hosts, splitter } = wire
  const [current, next] = running?.waiting ?? []
  const found = readPrompt(current?.output.at(-1) ?? '', hosts)
  if (!running || !current || next || found?.rest.trim() !== '' || splitter.end().length > 0) return
  current.output.pop()
  complete(wire, running, { command: current, prompt: found.prompt })
}

/** Sends as many of the lines as may go ahead of their answers. */
function send({ channel }: Wire, running: Running): void {
  let text = ''
  for (let line = running.todo[0]; line !== undefined; line = running.todo[0]) {
    const last = running.waiting.at(-1)
    if (last && (mayAsk(last.line) || running.aheadBytes + line.length >= AHEAD_BYTES)) break
    running.todo.shift()
    running.waiting.push(expectedCommand(line))
    running.aheadBytes += line.length + 1
    text += `${line}\n`
  }
  if (text !== '') channel.write(text)
}

/** A whole line: an echo, output, or a prompt with the echo of the next command behind it. */
function hear(wire: Wire, running: Running, line: string): void {
  const current = running.waiting[0]
  if (!current) return
  const found = readPrompt(line, wire.hosts)
  if (!current.started) {
    current.hearEcho(found?.rest ?? line)
    return
  }
  const next = running.waiting[1]
  // Behind the last command the true prompt has no end of line.
  if (found && next && (found.rest.trim() === '' || next.isEcho(found.rest))) {
    complete(wire, running, { command: current, prompt: found.prompt })
    next.hearEcho(found.rest)
  } else current.output.push(line)
}

/** A line that has not ended: a pager, the last prompt, a question. */
function lookAtPartial(wire: Wire): void {
  const end = wire.splitter.end()
  if (end.text.endsWith('--More--')) {
    wire.splitter.drop('--More--'.length)
    wire.channel.write(' ')
    return
  }
  const { running } = wire
  const current = running?.waiting[0]
  if (!running || !current?.started) return
  const mayBePrompt = end.length <= LONGEST_PROMPT && /[#>] $/.test(end.text)
  const found = mayBePrompt ? readPrompt(wire.splitter.partial(), wire.hosts) : null
  if (found?.rest === '') {
    if (running.waiting.length > 1) return
    wire.splitter.clear()
    complete(wire, running, { command: current, prompt: found.prompt })
  } else if (isQuestion(current.line, end.text)) reply(wire, running, { command: current, question: end.text })
}

function complete(wire: Wire, running: Running, { command, prompt }: { command: Expected; prompt: Prompt }): void {
  running.waiting.shift()
  running.aheadBytes -= command.line.length + 1
  const { line, output, asked } = command
  running.answers.push(asked === undefined ? { line, output, prompt } : { line, output, prompt, asked })
  send(wire, running)
  if (running.waiting.length === 0) running.end(null)
}

/** A known question is answered. An unknown one is declined, and nothing more is sent: the next line would have been the answer. */
function reply(wire: Wire, running: Running, { command, question }: { command: Expected; question: string }): void {
  wire.splitter.clear()
  const answer = answerTo(command.line, question)
  wire.channel.write(answer === null ? refusalOf(question) : `${answer}\n`)
  if (answer !== null) return
  command.asked = question.trim()
  running.waiting.length = 1
  running.todo.length = 0
}
