import { Client, type ClientChannel } from 'ssh2'
import type { LabSwitch } from '../../../src/lab/nxos/switch.ts'

export const user = 'admin'
export const password = 'lab-password'

/** A terminal on a lab switch, bytes as they come. */
export interface ShellClient {
  readonly client: Client
  readonly channel: ClientChannel
  /** All that came so far, or since the last `take`. */
  read(): string
  /** Sends a text and waits until what came since then fits; answers that. Throws after two seconds. */
  ask(text: string, until: RegExp): Promise<string>
  /** Resolves when the far side has closed. */
  readonly closed: Promise<void>
  end(): void
}

/** Logs in and opens a shell; `pty: false` asks for none. */
export async function openShell(lab: LabSwitch, options: { pty?: boolean; wait?: RegExp } = {}): Promise<ShellClient> {
  const client = await login(lab.port)
  const pty = options.pty === false ? false : { rows: 24, cols: 80 }
  const channel = await new Promise<ClientChannel>((resolve, reject) =>
    client.shell(pty, (error, opened) => (error ? reject(error) : resolve(opened))),
  )
  let text = ''
  channel.on('data', (data: Buffer) => {
    text += data.toString('utf8')
  })
  const closed = new Promise<void>(resolve => client.on('close', () => resolve()))
  const until = async (pattern: RegExp) => {
    const start = Date.now()
    while (!pattern.test(text)) {
      if (Date.now() - start > 2000) throw new Error(`no ${pattern} in ${JSON.stringify(text)}`)
      await new Promise(resolve => setTimeout(resolve, 2))
    }
    return text
  }
  await until(options.wait ?? /# $/)
  return {
    client,
    channel,
    closed,
    read: () => text,
    ask: (sent, pattern) => {
      text = ''
      channel.write(sent)
      return until(pattern)
    },
    end: () => client.end(),
  }
}

/** Logs in with a password; rejects with ssh2's error. */
export function login(port: number, secret = password): Promise<Client> {
  const client = new Client()
  return new Promise((resolve, reject) => {
    client.on('ready', () => resolve(client))
    client.on('connect', () => client.setNoDelay(true))
    client.on('error', reject)
    client.connect({ host: '127.0.0.1', port, username: user, password: secret })
  })
}

/** One command on the exec channel. */
export async function execute(port: number, command: string): Promise<string> {
  const client = await login(port)
  const text = await new Promise<string>((resolve, reject) =>
    client.exec(command, (error, channel) => {
      if (error) return reject(error)
      let all = ''
      channel.on('data', (data: Buffer) => {
        all += data.toString('utf8')
      })
      channel.on('close', () => resolve(all))
    }),
  )
  client.end()
  return text
}
