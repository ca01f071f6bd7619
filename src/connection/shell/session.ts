import type { Duplex } from 'node:stream'
import type { Client } from 'ssh2'
import { FailureError } from '../../model/failure.ts'
import type { Endpoint } from '../../model/host.ts'
import { isLost, LostError } from '../machine/lost.ts'
import type { Limits } from '../machine/machine.ts'
import type { JumpHosts } from '../ssh/jump-hosts.ts'
import { login } from '../ssh/login.ts'
import { type Asking, ask, type Said } from './channel.ts'

export interface SessionOptions {
  readonly endpoint: Endpoint
  readonly jumps: JumpHosts
  readonly signal: AbortSignal
  readonly onLogin?: () => void
}

/** One connection to a node, made at the first question and again after a loss. */
export interface NodeSession {
  /** A question that changes nothing: after a loss it is asked once more. */
  ask(asking: Question): Promise<Said>
  /** Something that may change the node: a loss is a failure, and what became of it is for the caller to find out. */
  act(asking: Question): Promise<Said>
  /** A TCP connection from the node; null where nothing listens there. */
  forward(address: string, port: number): Promise<Duplex | null>
  close(): Promise<void>
}

export interface Question {
  readonly line: string
  readonly stdin?: Buffer
  readonly limits: Limits
}

/** OpenSSH allows ten sessions on a connection (MaxSessions). */
const CHANNELS = 8

export function nodeSession({ endpoint, jumps, signal, onLogin }: SessionOptions): NodeSession {
  let client: Promise<Client> | null = null
  const turn = turns(CHANNELS)
  const connected = () => {
    client ??= logIn()
    return client
  }
  const logIn = async () => {
    try {
      onLogin?.()
      const socket = await jumps.socketTo(endpoint, signal)
      const open = await login({ endpoint, signal, ...(socket ? { socket } : {}) })
      const forget = () => {
        client = null
      }
      return open.on('close', forget).on('error', forget)
    } catch (error) {
      client = null
      throw error
    }
  }
  const act = (question: Question) =>
    turn(async () => {
      const asking: Asking = { ...question, signal }
      const open = await connected()
      return ask(open, asking).catch(error => {
        throw error instanceof LostError ? lost(endpoint, error) : error
      })
    })
  return {
    act,
    ask: question => act(question).catch(error => (isLost(error) ? act(question) : Promise.reject(error))),
    forward: async (address, port) => forward(await connected(), { endpoint, address, port }),
    async close() {
      const open = await client?.catch(() => null)
      client = null
      open?.end()
    },
  }
}

function lost(endpoint: Endpoint, error: LostError): FailureError {
  const failure = {
    code: 'unreachable' as const,
    message: `The connection to ${endpoint.host} (${endpoint.address}) was lost: ${error.message}.`,
    remedy: 'Check the node and the way to it, then plan again.',
  }
  return new FailureError(failure, error)
}

function forward(
  client: Client,
  { endpoint, address, port }: { endpoint: Endpoint; address: string; port: number },
): Promise<Duplex | null> {
  return new Promise((resolve, reject) => {
    client.forwardOut('127.0.0.1', 0, address, port, (error, channel) => {
      if (!error) return resolve(channel)
      // RFC 4254, 5.1: 1 = administratively prohibited, 2 = connect failed.
      if ((error as Error & { reason?: number }).reason !== 1) return resolve(null)
      reject(
        new FailureError({
          code: 'denied',
          message: `${endpoint.host} does not let weft look at ${address}:${port} from there: ${error.message}.`,
          remedy: 'Set AllowTcpForwarding local in its sshd_config, or look from here: delegate_to: localhost.',
        }),
      )
    })
  })
}

/** So many at a time, in the order of asking. */
function turns(most: number): <T>(work: () => Promise<T>) => Promise<T> {
  let running = 0
  const waiting: (() => void)[] = []
  return async work => {
    if (running >= most) await new Promise<void>(go => waiting.push(go))
    else running++
    try {
      return await work()
    } finally {
      const next = waiting.shift()
      if (next) next()
      else running--
    }
  }
}
