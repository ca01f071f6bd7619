import type { Client } from 'ssh2'
import { type Failure, FailureError, toFailure } from '../../model/failure.ts'
import type { Endpoint } from '../../model/host.ts'
import type { JumpHosts } from '../ssh/jump-hosts.ts'
import { login } from '../ssh/login.ts'
import { saysSessionLimit, sessionLimit } from '../ssh/login-failure.ts'
import { limitsFor } from './limits.ts'
import { type Printed, runOneCommand } from './one-command.ts'
import { ANSWER_SECONDS, patiently } from './patience.ts'
import type { Exchange, Terminal } from './terminal.ts'

export interface SessionOptions {
  readonly endpoint: Endpoint
  readonly jumps: JumpHosts
  readonly signal: AbortSignal
  readonly onWait: (text: string) => void
}

/** One connection to a switch, and at most one channel at a time on it. */
export interface NxosSession {
  /** What one command prints: on a channel of its own as long as no shell is open, which costs a device and weft less. */
  show(command: string): Promise<Shown>
  /** Sends lines to the shell in one round trip; the first opens it, and the terminal's own settings ride along. */
  exchange(lines: readonly string[], timeoutSeconds?: number): Promise<Exchange>
  close(): Promise<void>
}

/** What a command printed. */
export interface Shown extends Printed {
  /** A question that weft does not know; it was declined. */
  readonly asked?: string
}

const SETUP = ['terminal length 0', 'terminal width 511']
const LONGEST_REFUSAL = 12

/** What a session knows. */
interface Seat extends SessionOptions {
  readonly seconds: number
  /** Null when the device or the stop of a run has ended it; it is logged in again where a channel is opened. */
  client: Client | null
  shell: Terminal | null
  /** The name in the prompt. */
  host: string | undefined
  /** The device gives no channel for one command. */
  shellOnly: boolean
}

/**
 * Logs in. A device that has no session left is asked again, with growing pauses, until weft_timeout ends.
 * @throws FailureError unreachable, denied, busy, timeout, interrupted.
 */
export async function openSession(options: SessionOptions): Promise<NxosSession> {
  const seconds = options.endpoint.timeoutSeconds ?? ANSWER_SECONDS
  const seat: Seat = { ...options, seconds, client: null, shell: null, host: undefined, shellOnly: false }
  const stop = () => seat.client?.destroy()
  options.signal.addEventListener('abort', stop)
  // One at a time: a terminal has one cursor.
  let last: Promise<unknown> = Promise.resolve()
  const inTurn = <T>(work: () => Promise<T>): Promise<T> => {
    const next = last.then(work)
    last = next
    return next
  }
  const deaf = () => options.signal.removeEventListener('abort', stop)
  await patiently(options, () => connected(seat)).catch(error => {
    deaf()
    throw error
  })
  return {
    show: command => inTurn(() => show(seat, command)),
    exchange: (lines, timeoutSeconds) => inTurn(() => exchange(seat, lines, timeoutSeconds ?? seconds)),
    close: async () => {
      deaf()
      seat.client?.end()
    },
  }
}

/** The connection as it stands, or a new one. */
async function connected(seat: Seat): Promise<Client> {
  if (seat.client) return seat.client
  const { endpoint, jumps, signal } = seat
  const socket = await jumps.socketTo(endpoint, signal)
  const client = await login({ endpoint, signal, ...(socket ? { socket } : {}) })
  // An error of the transport also closes the channel, which says what it interrupted.
  client.on('error', () => {})
  client.on('close', () => {
    if (seat.client === client) seat.client = null
  })
  seat.client = client
  return client
}

async function show(seat: Seat, command: string): Promise<Shown> {
  try {
    if (!seat.shell && !seat.shellOnly) {
      const printed = await patiently(seat, () => printedBy(seat, command))
      if (printed && (isExcess(printed.failure) || printed.output.length > 0)) return ended(seat, printed)
      // Refused, or not a word said: the shell knows more.
      seat.shellOnly = true
    }
    const { answers, failure } = await exchange(seat, [command], seat.seconds)
    return { output: [], ...answers[0], failure }
  } catch (error) {
    return { output: [], failure: toFailure(error) }
  }
}

/** @throws FailureError busy: the device has no free session. */
async function printedBy(seat: Seat, command: string): Promise<Printed | null> {
  const { endpoint, seconds } = seat
  const client = await connected(seat)
  const printed = await runOneCommand(client, { name: endpoint.host, command, limits: limitsFor(seconds) })
  const said = printed && printed.output.length <= LONGEST_REFUSAL ? printed.output.join('\n') : ''
  // `session-limit 16` is a line of a configuration.
  if (!saysSessionLimit(said.replace(/^\s*session-limit \d+/gm, ''))) return printed
  client.end()
  seat.client = null
  throw new FailureError(sessionLimit(endpoint, said))
}

async function exchange(seat: Seat, lines: readonly string[], seconds: number): Promise<Exchange> {
  try {
    seat.shell ??= await patiently(seat, () => shellOf(seat))
  } catch (error) {
    return { answers: [], failure: toFailure(error) }
  }
  const setup = seat.host === undefined ? SETUP : []
  if (seat.host !== undefined) seat.shell.expectHosts(namesFrom(seat.host, lines))
  const { answers, failure } = await seat.shell.exchange([...setup, ...lines], seconds)
  seat.host = answers.at(-1)?.prompt.host ?? seat.host
  return ended(seat, { answers: answers.slice(setup.length), failure })
}

async function shellOf(seat: Seat): Promise<Terminal> {
  const client = await connected(seat)
  // A switch that is in sync needs none.
  const { openShell } = await import('./shell.ts')
  try {
    return await openShell(client, seat.endpoint, seat.seconds)
  } catch (error) {
    client.end()
    seat.client = null
    throw error
  }
}

function isExcess(failure: Failure | null): boolean {
  return failure?.code === 'timeout' || failure?.code === 'unparseable'
}

/** What a stop of the run broke off was not the device's doing. What was given up is cut, so that no more of it comes. */
function ended<T extends { readonly failure: Failure | null }>(seat: Seat, result: T): T {
  const { signal, endpoint } = seat
  if (isExcess(result.failure)) {
    seat.client?.destroy()
    // Its end is told a moment later; until then it would be taken for one that stands.
    seat.client = null
  }
  if (!result.failure || !signal.aborted) return result
  const message = `The session on ${endpoint.host} was broken off: the run was stopped.`
  return { ...result, failure: { ...result.failure, code: 'interrupted', message } }
}

/**
 * A new hostname changes the prompt at once. A rollback may bring back any; there the terminal takes what looks like a prompt.
 */
function namesFrom(known: string, lines: readonly string[]): string[] {
  if (lines.some(line => /^\s*rollback /.test(line))) return []
  const named = lines.flatMap(line => {
    const name = /^\s*(?:hostname|switchname) "?([^\s"]+)/.exec(line)?.[1]
    return name ? [name] : /^\s*no (?:hostname|switchname)/.test(line) ? ['switch'] : []
  })
  return [known, ...named]
}
