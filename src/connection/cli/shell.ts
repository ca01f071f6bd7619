import type { Client, ClientChannel } from 'ssh2'
import { type Failure, FailureError } from '../../model/failure.ts'
import type { Endpoint } from '../../model/host.ts'
import { MAY_BE_FULL, saysSessionLimit, sessionLimit } from '../ssh/login-failure.ts'
import { type Terminal, terminal } from './terminal.ts'

/**
 * Opens the command line on a connection and waits for its first prompt.
 * @throws FailureError unreachable, busy, timeout, unparseable (a greeting without end).
 */
export async function openShell(client: Client, endpoint: Endpoint, seconds: number): Promise<Terminal> {
  const shell = terminal(await openChannel(client, endpoint, seconds), endpoint.host)
  const { text, failure } = await shell.greeting(seconds)
  if (saysSessionLimit(text) && failure) throw new FailureError(sessionLimit(endpoint, text))
  if (failure && failure.code !== 'unreachable') throw new FailureError(failure)
  if (failure) throw new FailureError({ ...noShell(endpoint, 'it closed the shell'), ...said(text) })
  return shell
}

function openChannel(client: Client, endpoint: Endpoint, seconds: number): Promise<ClientChannel> {
  return new Promise((resolve, reject) => {
    const end = (failure: Failure, cause?: string) => {
      clearTimeout(timer)
      client.removeListener('close', closed)
      reject(new FailureError(failure, cause))
    }
    const closed = () => end(noShell(endpoint, 'it closed the connection after the login'), MAY_BE_FULL)
    const timer = setTimeout(
      () => end({ ...noShell(endpoint, `it did not answer for ${seconds} s`), code: 'timeout' }),
      seconds * 1000,
    )
    client.once('close', closed)
    client.shell({ term: 'vt100', cols: 511, rows: 1000 }, (error, channel) => {
      if (error) return end(noShell(endpoint, error.message))
      clearTimeout(timer)
      client.removeListener('close', closed)
      resolve(channel)
    })
  })
}

function noShell(endpoint: Endpoint, what: string): Failure {
  return {
    code: 'unreachable',
    message: `${endpoint.host} accepted the login, but opened no shell: ${what}.`,
    remedy: "Often the session limit: look at 'show users' on the switch; check the role of the user.",
  }
}

function said(text: string): Pick<Failure, 'device'> | object {
  return text.trim() === '' ? {} : { device: { said: text.trim() } }
}
