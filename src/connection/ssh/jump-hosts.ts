import type { Duplex } from 'node:stream'
import type { Client } from 'ssh2'
import { type Failure, FailureError } from '../../model/failure.ts'
import type { Endpoint } from '../../model/host.ts'
import { login } from './login.ts'

/** Connections to jump hosts, one each, shared by the devices behind it. */
export interface JumpHosts {
  /** A socket from the last jump host to the endpoint, or undefined where the endpoint needs none. */
  socketTo(endpoint: Endpoint, signal: AbortSignal): Promise<Duplex | undefined>
  close(): void
}

/**
 * Makes the jump hosts of a run. A jump host is logged in to when the first device needs it, and its connection ends with the last
 * socket through it; the next device logs in again.
 */
export function jumpHosts(): JumpHosts {
  const open = new Map<string, Promise<Client>>()
  const clientOf = (jump: Endpoint, signal: AbortSignal): Promise<Client> => {
    const name = nameOf(jump)
    const known = open.get(name)
    if (known) return known
    const opening = socketTo(jump, signal).then(socket =>
      login({ endpoint: jump, signal, ...(socket ? { socket } : {}) }).catch(error => {
        throw onTheWay(error)
      }),
    )
    open.set(name, opening)
    const forget = () => open.delete(name)
    opening.then(client => client.on('close', forget).on('error', forget), forget)
    return opening
  }
  const users = new Map<Client, number>()
  const socketTo: JumpHosts['socketTo'] = async (endpoint, signal) => {
    const { jump } = endpoint
    if (!jump) return undefined
    const client = await clientOf(jump, signal)
    const count = (by: number) => {
      const left = (users.get(client) ?? 0) + by
      users.set(client, left)
      if (left > 0) return
      open.delete(nameOf(jump))
      client.end()
    }
    count(1)
    const channel = await forward(client, endpoint).catch(error => {
      count(-1)
      throw error
    })
    return channel.once('close', () => count(-1))
  }
  return {
    socketTo,
    close: () => {
      for (const opening of open.values()) opening.then(endClient, () => {})
      open.clear()
    },
  }
}

/** The failure of a jump host says that it is one: its credentials are not those of the devices behind it. */
function onTheWay(error: unknown): unknown {
  if (!(error instanceof FailureError)) return error
  const { failure } = error
  return new FailureError(
    {
      ...failure,
      message: `On the way, at the jump host: ${failure.message}`,
      ...(failure.code === 'denied' ? { remedy: CREDENTIALS } : {}),
    },
    error.cause,
  )
}

const CREDENTIALS =
  'A jump host does not get the credentials of the device. Load its key into the ssh agent, or write weft_jump: { host, user, key } (or password).'

function endClient(client: Client): void {
  client.end()
}

/** Two devices share a jump host when everything about reaching it is the same. */
function nameOf(jump: Endpoint): string {
  return JSON.stringify(jump)
}

const DEFAULT_TIMEOUT_SECONDS = 30

function forward(client: Client, endpoint: Endpoint): Promise<Duplex> {
  const seconds = endpoint.timeoutSeconds ?? DEFAULT_TIMEOUT_SECONDS
  return new Promise((resolve, reject) => {
    const fail = (what: string) => reject(new FailureError(noWay(endpoint, what)))
    let isLate = false
    const timer = setTimeout(() => {
      isLate = true
      fail(`it did not answer for ${seconds} s`)
    }, seconds * 1000)
    client.forwardOut('127.0.0.1', 0, endpoint.address, endpoint.port ?? 22, (error, channel) => {
      clearTimeout(timer)
      if (isLate) return channel?.close()
      if (error) fail(error.message)
      else resolve(channel)
    })
  })
}

function noWay(endpoint: Endpoint, what: string): Failure {
  return {
    code: 'unreachable',
    message: `The jump host ${endpoint.jump?.host} could not open a connection to ${endpoint.host} (${endpoint.address}:${endpoint.port ?? 22}): ${what}.`,
    remedy: 'Check the route from the jump host to the device, and AllowTcpForwarding in its sshd_config.',
  }
}
