import type { Variables } from './value.ts'

/** A host of the inventory with its variables merged (all < groups by depth < host), untemplated. */
export interface Host {
  readonly name: string
  /** Every group it is in, parents included, 'all' included, in order of precedence. */
  readonly groups: readonly string[]
  readonly variables: Variables
  /** Names among them whose value add_host gave: data, not templates. */
  readonly data?: ReadonlySet<string>
}

/** How to reach a host: ansible_* and weft_* variables resolved into one shape. Secrets stay in here and in the connection. */
export interface Endpoint {
  readonly host: string
  readonly platform: 'nxos' | 'apic' | 'kube' | 'linux' | 'local'
  readonly address: string
  readonly port?: number
  readonly user?: string
  readonly password?: string
  readonly privateKeyFile?: string
  readonly passphrase?: string
  readonly useAgent?: boolean
  readonly jump?: Endpoint
  readonly knownHosts?: string
  /** 'yes' refuses unknown host keys (default), 'first-use' records them, 'no' is warned about. */
  readonly hostKeyChecking?: 'yes' | 'first-use' | 'no'
  readonly timeoutSeconds?: number
  readonly tls?: { readonly verify: boolean; readonly caFile?: string }
  readonly kubeconfig?: string
  readonly context?: string
}

/** Names of the machine that weft runs on, which need not be in an inventory. */
export function isLocalhost(name: string): boolean {
  return name === 'localhost' || name === '127.0.0.1' || name === '::1'
}
