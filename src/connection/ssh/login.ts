import { readFile } from 'node:fs/promises'
import type { Duplex } from 'node:stream'
import type { Client, ConnectConfig } from 'ssh2'
import SshClient from 'ssh2/lib/client.js'
import { FailureError } from '../../model/failure.ts'
import type { Endpoint } from '../../model/host.ts'
import { fromHome } from '../home.ts'
import { type HostKeyCheck, hostKeyCheck } from './host-key.ts'
import { type LoginTrouble, loginFailure, MAY_BE_FULL, mayBeFull } from './login-failure.ts'

export interface LoginOptions {
  readonly endpoint: Endpoint
  readonly signal: AbortSignal
  /** A socket through a jump host; the login opens its own without it. */
  readonly socket?: Duplex
}

const DEFAULT_TIMEOUT_SECONDS = 30
const MOST_BANNER = 10_000

/**
 * Logs in by SSH: host key, then key file, password, keyboard-interactive, agent, as far as the endpoint has them.
 * The caller ends the client.
 * @throws FailureError unreachable, denied, busy (session limit), timeout, invalid (key file), interrupted.
 */
export async function login({ endpoint, signal, socket }: LoginOptions): Promise<Client> {
  const check = await hostKeyCheck(endpoint)
  const privateKey = endpoint.privateKeyFile ? await readKey(endpoint, endpoint.privateKeyFile) : undefined
  const client = new SshClient()
  const trouble: { seen: LoginTrouble } = { seen: { banner: '' } }
  const note = (more: Partial<LoginTrouble>) => {
    trouble.seen = { ...trouble.seen, ...more }
  }
  const config = configOf({ endpoint, check, privateKey, socket, note })
  return new Promise((resolve, reject) => {
    const fail = (error: Partial<LoginTrouble>) => {
      note(error)
      client.destroy()
      settle()
      reject(new FailureError(loginFailure(endpoint, trouble.seen), mayBeFull(trouble.seen) ? MAY_BE_FULL : undefined))
    }
    const stop = () => fail({ interrupted: true })
    const settle = () => signal.removeEventListener('abort', stop)
    if (signal.aborted) return stop()
    signal.addEventListener('abort', stop)
    client.on('banner', text => note({ banner: (trouble.seen.banner + text).slice(0, MOST_BANNER) }))
    client.on('handshake', () => note({ handshake: true }))
    client.on('keyboard-interactive', (_name, _instructions, _language, prompts, answer) =>
      answer(prompts.map(() => endpoint.password ?? '')),
    )
    client.on('error', error => fail({ error }))
    client.on('close', () => fail({ closed: true }))
    client.on('ready', () => {
      settle()
      client.removeAllListeners('error').removeAllListeners('close')
      resolve(client)
    })
    connect(client, config, fail)
  })
}

/** ssh2 throws at once for a key that it cannot read (wrong passphrase). */
function connect(client: Client, config: ConnectConfig, fail: (trouble: Partial<LoginTrouble>) => void): void {
  try {
    client.connect(config)
    // ssh2 leaves Nagle's algorithm on: a small packet would wait for the acknowledgement of the one before (40 ms).
    client.setNoDelay(true)
  } catch (error) {
    fail({ error: error instanceof Error ? error : new Error(String(error)), beforeConnecting: true })
  }
}

async function readKey(endpoint: Endpoint, path: string): Promise<Buffer> {
  const file = fromHome(path)
  return readFile(file).catch(error => {
    throw new FailureError({
      code: 'invalid',
      message: `The private key of ${endpoint.host} cannot be read: ${file}: ${error.code ?? error.message}.`,
      remedy: 'Correct weft_key (ansible_ssh_private_key_file), or the permissions of the file.',
    })
  })
}

interface ConfigInput {
  readonly endpoint: Endpoint
  readonly check: HostKeyCheck
  readonly privateKey: Buffer | undefined
  readonly socket: Duplex | undefined
  readonly note: (trouble: Partial<LoginTrouble>) => void
}

function configOf({ endpoint, check, privateKey, socket, note }: ConfigInput): ConnectConfig {
  const agent = endpoint.useAgent === false ? undefined : process.env.SSH_AUTH_SOCK
  const withPassword = endpoint.password !== undefined
  let good: Buffer | null = null
  return {
    host: endpoint.address,
    port: endpoint.port ?? 22,
    username: endpoint.user ?? process.env.USER ?? 'admin',
    ...(withPassword ? { password: endpoint.password, tryKeyboard: true } : {}),
    ...(privateKey ? { privateKey } : {}),
    ...(endpoint.passphrase === undefined ? {} : { passphrase: endpoint.passphrase }),
    ...(agent ? { agent } : {}),
    ...(socket ? { sock: socket as NonNullable<ConnectConfig['sock']> } : {}),
    // A wrong guess counts as a failed login on a switch: what the user named is tried first, the agent's keys last.
    authHandler: [
      ...(privateKey ? (['publickey'] as const) : []),
      ...(withPassword ? (['password', 'keyboard-interactive'] as const) : []),
      ...(agent ? (['agent'] as const) : []),
      ...(privateKey || withPassword || agent ? [] : (['none'] as const)),
    ],
    readyTimeout: (endpoint.timeoutSeconds ?? DEFAULT_TIMEOUT_SECONDS) * 1000,
    keepaliveInterval: 10_000,
    keepaliveCountMax: 3,
    ...algorithmsFor(check.preferredTypes),
    hostVerifier: (key: Buffer, answer: (good: boolean) => void) => {
      // A server that renews its keys in the middle of an answer goes on at once: it must not wait for a file to be read.
      if (good?.equals(key)) return answer(true)
      check.judge(key).then(
        failure => {
          if (failure) note({ hostKey: failure })
          else good = Buffer.from(key)
          answer(failure === null)
        },
        error => {
          note({ error })
          answer(false)
        },
      )
    },
  }
}

/**
 * ssh2's own order, the host's known key types first, and behind them what NX-OS 6 and 7 offer and nothing newer (SHA-1 key exchange, CBC).
 */
function algorithmsFor(known: readonly string[]): Pick<ConnectConfig, 'algorithms'> {
  const types = known.flatMap(type => (type === 'ssh-rsa' ? ['rsa-sha2-512', 'rsa-sha2-256', 'ssh-rsa'] : [type]))
  const usable = types.filter(type => HOST_KEY_TYPES.includes(type))
  const algorithms = {
    kex: { append: ['diffie-hellman-group14-sha1', 'diffie-hellman-group-exchange-sha1'], prepend: [], remove: [] },
    cipher: { append: ['aes256-cbc', 'aes128-cbc'], prepend: [], remove: [] },
    ...(usable.length > 0 ? { serverHostKey: [...new Set([...usable, ...HOST_KEY_TYPES])] } : {}),
  }
  return { algorithms: algorithms as NonNullable<ConnectConfig['algorithms']> }
}

const HOST_KEY_TYPES = [
  'ssh-ed25519',
  'ecdsa-sha2-nistp256',
  'ecdsa-sha2-nistp384',
  'ecdsa-sha2-nistp521',
  'rsa-sha2-512',
  'rsa-sha2-256',
  'ssh-rsa',
]
