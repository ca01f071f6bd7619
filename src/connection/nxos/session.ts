import type { Client, ClientChannel } from 'ssh2'
import { type Failure, FailureError, toFailure } from '../../model/failure.ts'
import type { Endpoint } from '../../model/host.ts'
import type { JumpHosts } from '../ssh/jump-hosts.ts'
import { login } from '../ssh/login.ts'
import { saysSessionLimit, sessionLimit } from '../ssh/login-failure.ts'
import { type Exchange, type Terminal, terminal } from './terminal.ts'

export interface SessionOptions {
  readonly endpoint: Endpoint
  readonly jumps: JumpHosts
  readonly signal: AbortSignal
  readonly onWait: (text: string) => void
}

/** One shell on a switch. */
export interface NxosSession {
  /** Sends lines in one round trip. The terminal's own settings ride along with the first. */
  exchange(lines: readonly string[], timeoutSeconds?: number): Promise<Exchange>
  /** Round trips so far; the login is not counted. */
  roundTrips(): number
  close(): Promise<void>
}

const SETUP = ['terminal length 0', 'terminal width 511']
const ANSWER_SECONDS = 30
const FIRST_PAUSE_MS = 250
const LONGEST_PAUSE_MS = 8000

/**
 * Logs in and opens a shell. A device that has no session left is asked again, with growing pauses, until weft_timeout ends.
 * @throws FailureError unreachable, denied, busy, timeout, interrupted.
 */
export async function openSession(options: SessionOptions): Promise<NxosSession> {
  const patience = (options.endpoint.timeoutSeconds ?? ANSWER_SECONDS) * 1000
  const started = Date.now()
  for (let pause = FIRST_PAUSE_MS; ; pause = Math.min(pause * 2, LONGEST_PAUSE_MS)) {
    try {
      return await openOnce(options)
    } catch (error) {
      const failure = toFailure(error)
      const wait = pause * (0.75 + Math.random() / 2)
      if (failure.code !== 'busy' || Date.now() - started + wait > patience) throw error
      options.onWait(`${failure.message} Asking again in ${(wait / 1000).toFixed(1)} s.`)
      await pauseFor(wait, options.signal)
    }
  }
}

async function openOnce({ endpoint, jumps, signal }: SessionOptions): Promise<NxosSession> {
  const socket = await jumps.socketTo(endpoint, signal)
  const client = await login({ endpoint, signal, ...(socket ? { socket } : {}) })
  // An error of the transport also closes the channel, which says what it interrupted.
  client.on('error', () => {})
  try {
    const channel = await openShell(client, endpoint)
    return await greet({ client, channel, endpoint, signal })
  } catch (error) {
    client.end()
    throw error
  }
}

function openShell(client: Client, endpoint: Endpoint): Promise<ClientChannel> {
  return new Promise((resolve, reject) => {
    const closed = () => reject(new FailureError(shellFailure(endpoint, 'it closed the connection after the login')))
    client.once('close', closed)
    client.shell({ term: 'vt100', cols: 511, rows: 1000 }, (error, channel) => {
      client.removeListener('close', closed)
      if (error) reject(new FailureError(shellFailure(endpoint, error.message)))
      else resolve(channel)
    })
  })
}

interface Greeted {
  readonly client: Client
  readonly channel: ClientChannel
  readonly endpoint: Endpoint
  readonly signal: AbortSignal
}

async function greet({ client, channel, endpoint, signal }: Greeted): Promise<NxosSession> {
  const shell = terminal(channel, endpoint.host)
  const seconds = endpoint.timeoutSeconds ?? ANSWER_SECONDS
  const { text, failure } = await shell.greeting(seconds)
  if (saysSessionLimit(text) && failure) throw new FailureError(sessionLimit(endpoint, text))
  if (failure?.code === 'timeout') throw new FailureError(failure)
  if (failure) throw new FailureError({ ...shellFailure(endpoint, 'it closed the shell'), ...said(text) })
  return session({ client, shell, endpoint, signal })
}

interface Open {
  readonly client: Client
  readonly shell: Terminal
  readonly endpoint: Endpoint
  readonly signal: AbortSignal
}

function session({ client, shell, endpoint, signal }: Open): NxosSession {
  const seconds = endpoint.timeoutSeconds ?? ANSWER_SECONDS
  const stop = () => client.destroy()
  signal.addEventListener('abort', stop)
  let count = 0
  let host: string | undefined
  let last: Promise<unknown> = Promise.resolve()
  const exchange = async (lines: readonly string[], timeoutSeconds?: number): Promise<Exchange> => {
    const setup = host === undefined ? SETUP : []
    if (host !== undefined) shell.expectHosts([host, ...newNames(lines)])
    count++
    const { answers, failure } = await shell.exchange([...setup, ...lines], timeoutSeconds ?? seconds)
    host = answers.at(-1)?.prompt.host ?? host
    return {
      answers: answers.slice(setup.length),
      failure: failure && signal.aborted ? stopped(endpoint, failure) : failure,
    }
  }
  return {
    roundTrips: () => count,
    // One at a time: a terminal has one cursor.
    exchange: (lines, timeoutSeconds) => {
      const next = last.then(() => exchange(lines, timeoutSeconds))
      last = next
      return next
    },
    close: async () => {
      signal.removeEventListener('abort', stop)
      client.end()
    },
  }
}

function stopped(endpoint: Endpoint, failure: Failure): Failure {
  return {
    ...failure,
    code: 'interrupted',
    message: `The session on ${endpoint.host} was broken off: the run was stopped.`,
  }
}

/** A new hostname changes the prompt at once. */
function newNames(lines: readonly string[]): string[] {
  return lines.flatMap(line => {
    const named = /^\s*(?:hostname|switchname) (\S+)/.exec(line)?.[1]
    return named ? [named] : /^\s*no (?:hostname|switchname)/.test(line) ? ['switch'] : []
  })
}

function shellFailure(endpoint: Endpoint, what: string): Failure {
  return {
    code: 'unreachable',
    message: `${endpoint.host} accepted the login, but gave no shell: ${what}.`,
    remedy: "Often the session limit: look at 'show users' on the switch; check the role of the user.",
  }
}

function said(text: string): Pick<Failure, 'device'> | object {
  return text.trim() === '' ? {} : { device: { said: text.trim() } }
}

function pauseFor(milliseconds: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const stop = () => {
      clearTimeout(timer)
      reject(new FailureError({ code: 'interrupted', message: 'Stopped while waiting for a free session.' }))
    }
    const timer = setTimeout(() => {
      signal.removeEventListener('abort', stop)
      resolve()
    }, milliseconds)
    signal.addEventListener('abort', stop, { once: true })
  })
}
