import { type AddressInfo, createServer, type Socket } from 'node:net'
import type { Connection } from 'ssh2'
import type { CliTree } from '../../model/nxos.ts'
import { bannerText } from './banner.ts'
import { putVlanList, vlansOf } from './config/global-effects.ts'
import { loadConfig } from './config/load.ts'
import { printConfig } from './config/print.ts'
import { type ControlPlane, quietControlPlane } from './control-plane.ts'
import type { Faults } from './faults.ts'
import { type HostKey, sharedHostKey } from './host-key.ts'
import { longWire } from './long-wire.ts'
import { type Access, serveConnection } from './server.ts'
import { extraLines } from './show/running.ts'
import type { Counters, SwitchState } from './state.ts'

export interface SwitchOptions {
  readonly name: string
  /** The start configuration, as `show running-config` prints one. */
  readonly config: string
  /** Passwords by user name. */
  readonly users: Readonly<Record<string, string>>
  /** Public keys in OpenSSH's form; good for every user of `users`. */
  readonly authorizedKeys?: readonly string[]
  /** 0 or left out = a free one. */
  readonly port?: number
  readonly host?: '127.0.0.1'
  /** A private key in PEM or OpenSSH form; left out = one that all switches of the process share. */
  readonly hostKey?: string
  readonly model?: string
  readonly version?: string
  readonly serial?: string
  readonly latencyMs?: number
  readonly faults?: Faults
  /** Called with each line of the switch's log. */
  readonly log?: (line: string) => void
  readonly control?: ControlPlane
}

export interface LabSwitch {
  readonly name: string
  readonly port: number
  /** 'ssh-ed25519 AAAA…', as in known_hosts. */
  readonly hostKey: string
  readonly counters: Readonly<Counters>
  readonly log: readonly string[]
  /** The last lines that were typed on it, by whoever. */
  readonly typed: readonly string[]
  running(): CliTree
  runningText(): string
  startupText(): string
  checkpoints(): string[]
  setFaults(faults: Faults): void
  setLatency(milliseconds: number): void
  /** Calls back at every change of the running configuration; the answer ends that. */
  onChange(callback: (running: CliTree) => void): () => void
  close(): Promise<void>
}

/** Starts a switch on 127.0.0.1. Throws when the port is taken or a key cannot be read. */
export async function startSwitch(options: SwitchOptions): Promise<LabSwitch> {
  const { default: ssh2 } = await import('ssh2')
  const key = options.hostKey === undefined ? sharedHostKey(ssh2) : readKey(ssh2, options.hostKey)
  const state = createState(options)
  const banner = bannerText(state.running)
  const access: Access = { users: options.users, keys: (options.authorizedKeys ?? []).map(text => parsed(ssh2, text)) }
  const connections = new Set<Connection>()
  const ssh = new ssh2.Server(
    { hostKeys: [key.private], ident: 'Cisco-1.25', ...(banner === '' ? {} : { banner }) },
    (connection, info) => {
      connections.add(connection)
      connection.on('close', () => connections.delete(connection))
      serveConnection(connection, info.ip, { state, access })
    },
  )
  // With Nagle's algorithm each small packet of the login would wait for the acknowledgement of the one before (40 ms).
  const server = createServer({ noDelay: true }, socket => {
    const { closed, closeAtLimit, sessionLimit = 32 } = state.faults
    if (closed || (closeAtLimit && connections.size >= sessionLimit)) return socket.destroy()
    return ssh.injectSocket(longWire(socket, () => state.latencyMs) as Socket)
  })
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(options.port ?? 0, options.host ?? '127.0.0.1', () => resolve())
  })
  const close = async () => {
    for (const connection of connections) connection.end()
    await new Promise<void>(resolve => server.close(() => resolve()))
  }
  return face(state, { port: (server.address() as AddressInfo).port, hostKey: key.public, close })
}

function createState(options: SwitchOptions): SwitchState {
  const loaded = loadConfig(options.config)
  const running = putVlanList(loaded, vlansOf(loaded))
  const log: string[] = []
  return {
    name: options.name,
    model: options.model ?? 'C9300v',
    version: options.version ?? '10.3(4a)',
    serial:
      options.serial ?? `9LAB${Buffer.from(options.name).toString('hex').slice(-7).toUpperCase().padStart(7, '0')}`,
    booted: new Date(),
    control: options.control ?? quietControlPlane,
    checkpoints: new Map(),
    sessions: new Set(),
    counters: { logins: 0, sessionsNow: 0, sessionsMost: 0, commands: 0, roundTrips: 0, contexts: 0 },
    log,
    typed: [],
    listeners: new Set(),
    running,
    startup: running,
    configuredAt: null,
    faults: options.faults ?? {},
    dropped: null,
    latencyMs: options.latencyMs ?? 0,
    note: line => {
      log.push(line)
      options.log?.(line)
    },
  }
}

function face(state: SwitchState, at: { port: number; hostKey: string; close: () => Promise<void> }): LabSwitch {
  return {
    name: state.name,
    ...at,
    counters: state.counters,
    log: state.log,
    typed: state.typed,
    running: () => state.running,
    runningText: () => printConfig(state.running) + extraLines(state),
    startupText: () => printConfig(state.startup),
    checkpoints: () => [...state.checkpoints.keys()],
    setFaults: faults => {
      state.faults = faults
    },
    setLatency: milliseconds => {
      state.latencyMs = milliseconds
    },
    onChange: callback => {
      state.listeners.add(callback)
      return () => state.listeners.delete(callback)
    },
  }
}

function readKey(ssh2: typeof import('ssh2'), text: string): HostKey {
  const key = parsed(ssh2, text)
  return { private: text, public: `${key.type} ${key.getPublicSSH().toString('base64')}` }
}

function parsed(ssh2: typeof import('ssh2'), text: string) {
  const key = ssh2.utils.parseKey(text)
  if (key instanceof Error) throw key
  return Object.assign(key, { blob: key.getPublicSSH() })
}
