import { constants } from 'node:os'
import type { Client, ClientChannel } from 'ssh2'
import { FailureError } from '../../model/failure.ts'
import { collect } from '../machine/collect.ts'
import { overLimit, stopped } from '../machine/complaint.ts'
import { LostError } from '../machine/lost.ts'
import type { Limits } from '../machine/machine.ts'

export interface Said {
  readonly rc: number
  readonly stdout: Buffer
  readonly stderr: Buffer
}

export interface Asking {
  readonly line: string
  readonly stdin?: Buffer | undefined
  readonly limits: Limits
  readonly signal: AbortSignal
}

/**
 * One line in the login shell of a node, on a channel of its own, to its end. A process that is stopped or goes beyond a limit gets
 * the signals TERM and KILL, as far as the server passes signals on (OpenSSH since 7.9).
 * @throws LostError, FailureError
 */
export async function ask(client: Client, { line, stdin, limits, signal }: Asking): Promise<Said> {
  if (signal.aborted) throw stopped()
  const lost = lossOf(client)
  try {
    return await Promise.race([started(client, { line, stdin, limits, signal }), lost.promise])
  } finally {
    lost.forget()
  }
}

/** The end of a fast process comes in the same breath as the channel: who listens later has missed it. */
function started(client: Client, { line, ...asking }: Asking): Promise<Said> {
  return new Promise((resolve, reject) => {
    client.exec(line, (error, channel) => {
      if (!error) return converse(channel, asking).then(resolve, reject)
      reject(
        new FailureError({
          code: 'failed',
          message: `The node does not run commands over SSH: ${error.message}.`,
          remedy: 'Check the shell of the user, and ForceCommand and MaxSessions in its sshd_config.',
          aftermath: 'Nothing was started.',
        }),
      )
    })
  })
}

function converse(channel: ClientChannel, { stdin, limits, signal }: Omit<Asking, 'line'>): Promise<Said> {
  return new Promise((resolve, reject) => {
    let rc: number | null = null
    const end = (failure: FailureError) => {
      settle()
      endProcess(channel)
      reject(failure)
    }
    const stop = () => end(stopped())
    const late = setTimeout(
      () => end(new FailureError(overLimit('it took longer than', `${limits.seconds} s`))),
      limits.seconds * 1000,
    )
    const settle = () => {
      clearTimeout(late)
      signal.removeEventListener('abort', stop)
    }
    const tooMuch = () => end(new FailureError(overLimit('it printed more than', `${limits.bytes} bytes`)))
    signal.addEventListener('abort', stop)
    const stdout = collect(channel, limits.bytes, tooMuch)
    const stderr = collect(channel.stderr, limits.bytes, tooMuch)
    channel.on('exit', (code: number | null, name?: string) => {
      rc = code ?? -(constants.signals[`SIG${name?.replace(/^SIG/, '')}` as NodeJS.Signals] ?? 1)
    })
    channel.on('error', () => {})
    channel.once('close', () => {
      settle()
      if (rc === null) reject(new LostError('the channel was closed'))
      else resolve({ rc, stdout: stdout(), stderr: stderr() })
    })
    channel.end(stdin ?? '')
  })
}

function endProcess(channel: ClientChannel): void {
  const send = (name: string) => {
    try {
      channel.signal(name)
    } catch {} // the channel is closed
  }
  send('TERM')
  setTimeout(() => {
    send('KILL')
    channel.close()
  }, 500).unref()
}

function lossOf(client: Client): { promise: Promise<never>; forget: () => void } {
  let lose = () => {}
  const promise = new Promise<never>((_, reject) => {
    lose = () => reject(new LostError('the connection was closed'))
    client.once('close', lose)
  })
  promise.catch(() => {})
  return { promise, forget: () => client.removeListener('close', lose) }
}
