import type { Client, ClientChannel } from 'ssh2'
import { type Failure, FailureError } from '../../model/failure.ts'
import type { Endpoint } from '../../model/host.ts'
import { saysSessionLimit, sessionLimit } from '../ssh/login-failure.ts'
import { type Terminal, terminal } from './terminal.ts'

/**
 * Opens the command line on a connection and waits for its first prompt.
 * @throws FailureError unreachable, busy, timeout.
 */
export async function openShell(client: Client, endpoint: Endpoint, seconds: number): Promise<Terminal> {
  const shell = terminal(await openChannel(client, endpoint), endpoint.host)
  const { text, failure } = await shell.greeting(seconds)
  if (saysSessionLimit(text) && failure) throw new FailureError(sessionLimit(endpoint, text))
  if (failure?.code === 'timeout') throw new FailureError(failure)
  if (failure) throw new FailureError({ ...noShell(endpoint, 'it closed the shell'), ...said(text) })
  return shell
}

function openChannel(client: Client, endpoint: Endpoint): Promise<ClientChannel> {
  return new Promise((resolve, reject) => {
    const closed = () => reject(new FailureError(noShell(endpoint, 'it closed the connection after the login')))
    client.once('close', closed)
    client.shell({ term: 'vt100', cols: 511, rows: 1000 }, (error, channel) => {
      client.removeListener('close', closed)
      if (error) reject(new FailureError(noShell(endpoint, error.message)))
      else resolve(channel)
    })
  })
}

function noShell(endpoint: Endpoint, what: string): Failure {
  return {
    code: 'unreachable',
    message: `${endpoint.host} accepted the login, but gave no shell: ${what}.`,
    remedy: "Often the session limit: look at 'show users' on the switch; check the role of the user.",
  }
}

function said(text: string): Pick<Failure, 'device'> | object {
  return text.trim() === '' ? {} : { device: { said: text.trim() } }
}
