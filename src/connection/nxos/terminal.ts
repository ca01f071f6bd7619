import type { Duplex } from 'node:stream'
import { StringDecoder } from 'node:string_decoder'
import type { Failure } from '../../model/failure.ts'
import { type Expected, expectedCommand } from './expected-command.ts'
import { lineSplitter } from './line-splitter.ts'
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
  /** Set once the channel is gone. */
  broken(): Failure | null
}

// A terminal's input buffer holds 4096 bytes; what is sent ahead of the answers stays well below it.
const AHEAD_BYTES = 2000
const SHOWN_LINES = 5

interface Running {
  readonly todo: string[]
  readonly waiting: Expected[]
  readonly answers: Answer[]
  aheadBytes: number
  end(failure: Failure | null): void
}

/** Speaks with a switch's command line over a shell channel. `name` is the host as the inventory has it. */
export function terminal(channel: Duplex, name: string): Terminal {
  const decoder = new StringDecoder('utf8')
  const greeted: string[] = []
  let hosts: readonly string[] = []
  let running: Running | null = null
  let gone: Failure | null = null
  let heard = Date.now()
  const splitter = lineSplitter(line => {
    if (running) hear(running, line)
    else greeted.push(line)
  })

  const hear = (exchange: Running, line: string) => {
    const current = exchange.waiting[0]
    const found = readPrompt(line, hosts)
    if (!current) return
    if (!current.started) return current.hearEcho(found?.rest ?? line)
    const next = exchange.waiting[1]
    if (found && (found.rest.trim() === '' || next?.isEcho(found.rest))) {
      complete(exchange, current, found.prompt)
      next?.hearEcho(found.rest)
    } else current.output.push(line)
  }

  const complete = (exchange: Running, command: Expected, prompt: Prompt, asked?: string) => {
    exchange.waiting.shift()
    exchange.aheadBytes -= command.line.length + 1
    const { line, output } = command
    exchange.answers.push(asked === undefined ? { line, output, prompt } : { line, output, prompt, asked })
    if (asked !== undefined) exchange.todo.length = exchange.waiting.length = 0
    send(exchange)
    if (exchange.waiting.length === 0) exchange.end(null)
  }

  const send = (exchange: Running) => {
    let text = ''
    for (let line = exchange.todo[0]; line !== undefined; line = exchange.todo[0]) {
      const last = exchange.waiting.at(-1)
      if (last && (mayAsk(last.line) || exchange.aheadBytes + line.length >= AHEAD_BYTES)) break
      exchange.todo.shift()
      exchange.waiting.push(expectedCommand(line))
      exchange.aheadBytes += line.length + 1
      text += `${line}\n`
    }
    if (text !== '') channel.write(text)
  }

  const lookAtPartial = () => {
    const partial = splitter.partial()
    if (partial.endsWith('--More--')) {
      splitter.drop('--More--'.length)
      channel.write(' ')
      return
    }
    const current = running?.waiting[0]
    if (!running || !current?.started) return
    const found = partial.endsWith('# ') || partial.endsWith('> ') ? readPrompt(partial, hosts) : null
    if (found && found.rest === '') {
      if (running.waiting.length > 1) return
      splitter.clear()
      complete(running, current, found.prompt, current.asked)
    } else if (isQuestion(partial)) reply(current, partial)
  }

  const reply = (command: Expected, question: string) => {
    splitter.clear()
    const answer = answerTo(command.line, question)
    if (answer === null) command.asked = question.trim()
    channel.write(answer === null ? refusalOf(question) : `${answer}\n`)
    if (answer === null && running) running.waiting.length = 1
    if (answer === null && running) running.todo.length = 0
  }

  channel.on('data', (chunk: Buffer) => {
    heard = Date.now()
    splitter.feed(decoder.write(chunk))
    lookAtPartial()
  })
  const end = (what: string) => {
    gone ??= lost(name, what)
    running?.end(gone)
  }
  channel.on('close', () => end('closed the session'))
  channel.on('error', (error: Error) => end(`broke the session off: ${error.message}`))

  const watch = (seconds: number, onSilence: () => void) => {
    heard = Date.now()
    const timer = setInterval(
      () => {
        if (Date.now() - heard >= seconds * 1000) onSilence()
      },
      Math.min(1000, seconds * 250),
    )
    return () => clearInterval(timer)
  }

  return {
    expectHosts: names => {
      hosts = names
    },
    broken: () => gone,
    exchange: (lines, timeoutSeconds) =>
      new Promise(resolve => {
        const answers: Answer[] = []
        const finish = (failure: Failure | null) => {
          if (running !== exchange) return
          running = null
          unwatch()
          resolve({ answers, failure })
        }
        const exchange: Running = { todo: [...lines], waiting: [], answers, aheadBytes: 0, end: finish }
        const unwatch = watch(timeoutSeconds, () => {
          gone = silent({ name, seconds: timeoutSeconds, command: exchange.waiting[0], partial: splitter.partial() })
          finish(gone)
        })
        running = exchange
        if (gone || lines.length === 0) return finish(gone)
        send(exchange)
      }),
    greeting: timeoutSeconds =>
      new Promise(resolve => {
        const finish = (failure: Failure | null) => {
          clearInterval(poll)
          channel.removeListener('data', look)
          unwatch()
          resolve({ text: [...greeted, splitter.partial()].join('\n'), failure })
        }
        const look = () => {
          const partial = splitter.partial()
          const found = readPrompt(partial, [])
          if (found?.rest === '') finish(null)
        }
        const unwatch = watch(timeoutSeconds, () => {
          gone = silent({ name, seconds: timeoutSeconds, command: undefined, partial: splitter.partial() })
          finish(gone)
        })
        const poll = setInterval(() => gone && finish(gone), 50)
        channel.on('data', look)
        look()
      }),
  }
}

function lost(name: string, what: string): Failure {
  return {
    code: 'unreachable',
    message: `${name} ${what}.`,
    remedy: "Look at 'show users' and 'show logging' on the switch: a cleared line, a reload, or a broken path.",
  }
}

interface Silence {
  readonly name: string
  readonly seconds: number
  readonly command: Expected | undefined
  readonly partial: string
}

function silent({ name, seconds, command, partial }: Silence): Failure {
  const seen = [...(command?.output.slice(-SHOWN_LINES) ?? []), partial].filter(line => line.trim() !== '')
  const during = command ? ` in the middle of '${command.line}'` : ' before its first prompt'
  return {
    code: 'timeout',
    message: `${name} said nothing for ${seconds} s${during}.`,
    device: { said: seen.join('\n'), ...(command ? { line: command.line } : {}) },
    remedy: 'Raise weft_timeout (ansible_command_timeout) for a slow device; otherwise look at its console.',
  }
}
