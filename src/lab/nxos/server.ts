import { timingSafeEqual } from 'node:crypto'
import type { AuthContext, Connection, PseudoTtyInfo, ServerChannel, Session as SshSession } from 'ssh2'
import type { Faults } from './faults.ts'
import { createSession } from './session.ts'
import { openShell } from './shell.ts'
import type { OpenSession, SwitchState } from './state.ts'
import { createWriter } from './writer.ts'

/** Who may log in: passwords by user, and public keys (OpenSSH text) that are good for every user. */
export interface Access {
  readonly users: Readonly<Record<string, string>>
  readonly keys: readonly {
    readonly type: string
    readonly blob: Buffer
    verify(data: Buffer, signature: Buffer, algorithm?: string): boolean | Error
  }[]
}

/** Serves one client connection. */
export function serveConnection(
  connection: Connection,
  from: string,
  host: { state: SwitchState; access: Access },
): void {
  const { state, access } = host
  let user = ''
  connection.on('authentication', context => {
    user = context.username
    const refuse = () => context.reject(['publickey', 'password', 'keyboard-interactive'])
    if (state.faults.refuseAuth) return refuse()
    if (context.method !== 'keyboard-interactive') return allowed(context, access) ? context.accept() : refuse()
    context.prompt([{ prompt: 'Password: ', echo: false }], answers => {
      return isPassword(access, user, answers[0]) ? context.accept() : refuse()
    })
  })
  connection.on('ready', () => {
    state.counters.logins++
    state.note(`login of ${user} from ${from}`)
    connection.on('session', accept => serveSession(accept(), { state, user, from, connection }))
  })
  // A client that goes away in the middle of something is no error of the lab.
  connection.on('error', () => {})
}

function allowed(context: AuthContext, access: Access): boolean {
  if (context.method === 'password') return isPassword(access, context.username, context.password)
  if (context.method !== 'publickey' || access.users[context.username] === undefined) return false
  const key = access.keys.find(
    each => each.type === context.key.algo.replace(/^rsa-sha2-.*$/, 'ssh-rsa') && each.blob.equals(context.key.data),
  )
  if (!key) return false
  if (!context.signature || !context.blob) return true
  return key.verify(context.blob, context.signature, context.hashAlgo) === true
}

function isPassword(access: Access, user: string, given: string | undefined): boolean {
  const [known, typed] = [Buffer.from(access.users[user] ?? ''), Buffer.from(given ?? '')]
  return access.users[user] !== undefined && known.length === typed.length && timingSafeEqual(known, typed)
}

interface Client {
  readonly state: SwitchState
  readonly user: string
  readonly from: string
  readonly connection: Connection
}

function serveSession(ssh: SshSession, client: Client): void {
  if (client.state.faults.mute) {
    // Taken, and never answered.
    ssh.on('pty', () => {}).on('shell', () => {})
    ssh.on('exec', () => {})
    return
  }
  const terminal = { length: 0, width: 511 }
  let pty = false
  const size = (info: Pick<PseudoTtyInfo, 'rows' | 'cols'>) => {
    terminal.length = info.rows || 24
    terminal.width = info.cols || 80
  }
  ssh.on('pty', (accept, _reject, info) => {
    pty = true
    size(info)
    accept?.()
  })
  ssh.on('env', accept => accept?.())
  ssh.on('window-change', accept => accept?.())
  ssh.on('shell', accept => {
    const channel = accept()
    const end = () => endChannel(channel, client)
    if (overLimit(channel, client)) return end()
    if (client.state.faults.closeAfterBanner) {
      channel.write(loginBanner)
      return end()
    }
    track(channel, client)
    openShell({
      ...client,
      channel,
      pty,
      terminal,
      banner: loginBanner,
      end,
      drop: () => client.connection.end(),
      rekey: () => client.connection.rekey(),
    })
  })
  ssh.on('exec', (accept, reject, info) => {
    if (client.state.faults.noExec) return void reject?.()
    if (client.state.faults.closeAfterBanner) return void client.connection.end()
    const channel = accept()
    if (overLimit(channel, client)) return endChannel(channel, client)
    track(channel, client)
    runCommand(channel, client, info.command)
  })
}

const loginBanner = 'Cisco NX-OS Software\r\nweft lab switch\r\n'

/** `ssh host 'show version'`: commands may be joined by ` ; `. No echo, no prompt, no paging. */
function runCommand(channel: ServerChannel, client: Client, command: string): void {
  const { state, user } = client
  const session = createSession({ state, user, terminal: { length: 0, width: 511 }, shell: false })
  const writer = createWriter(channel, { faults: () => state.faults, rekey: () => client.connection.rekey() })
  const lines = command.split(/ ; |\n/)
  const isSent = lines.every(line => {
    const reply = session.run(line)
    reply.takes?.effect()
    return writer.send(reply.text, line.trim())
  })
  if (!isSent) return
  state.counters.roundTrips++
  writer.whenSent(() => (state.faults.closeAfterExec ? endChannel(channel, client) : endOutput(channel, state.faults)))
}

/** The 33rd session is told so and closed, behind the login. */
function overLimit(channel: ServerChannel, { state }: Client): boolean {
  const limit = state.faults.sessionLimit ?? 32
  if (state.sessions.size < limit) return false
  state.note('session limit reached')
  channel.write(`${loginBanner}CLI session limit ${limit} reached. Exiting.\r\n`)
  return true
}

function track(channel: ServerChannel, { state, user, from }: Client): void {
  const taken = new Set([...state.sessions].map(session => session.line))
  let number = 0
  while (taken.has(`pts/${number}`)) number++
  const session: OpenSession = { user, line: `pts/${number}`, since: new Date(), from }
  state.sessions.add(session)
  state.counters.sessionsNow = state.sessions.size
  state.counters.sessionsMost = Math.max(state.counters.sessionsMost, state.sessions.size)
  channel.on('close', () => {
    state.sessions.delete(session)
    state.counters.sessionsNow = state.sessions.size
  })
}

/**
 * Ends a session as a switch does: the channel first, then the connection. OpenSSH throws away output that it has not
 * printed yet when the disconnect comes together with it, so the client gets the time to close its side.
 */
function endChannel(channel: ServerChannel, { connection }: Client): void {
  if (channel.writableEnded) return
  const late = setTimeout(() => connection.end(), 2000)
  channel.on('close', () => {
    clearTimeout(late)
    setTimeout(() => connection.end(), 50)
  })
  endOutput(channel)
}

/** Ends a channel; the connection stays for another, as with OpenSSH's server. */
function endOutput(channel: ServerChannel, faults: Faults = {}): void {
  if (!faults.noExitStatus) channel.exit(0)
  channel.end()
  // ssh2 tells of the close only when what came in was read.
  channel.resume()
}
