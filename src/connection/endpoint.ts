import { FailureError } from '../model/failure.ts'
import { type Endpoint, isLocalhost } from '../model/host.ts'
import type { Kind } from '../model/kind.ts'
import type { Value, Variables } from '../model/value.ts'
import { jumpOf } from './jump.ts'

type Platform = Endpoint['platform']

/** Every name that a fact about a connection goes by; the first one that is set counts. weft's own short name is first. */
const NAMES = {
  address: ['weft_host', 'ansible_host', 'ansible_ssh_host'],
  port: ['weft_port', 'ansible_port', 'ansible_ssh_port'],
  httpPort: ['weft_port', 'ansible_httpapi_port', 'ansible_port'],
  user: ['weft_user', 'ansible_user', 'ansible_ssh_user'],
  password: ['weft_password', 'ansible_password', 'ansible_ssh_password', 'ansible_ssh_pass', 'ansible_httpapi_pass'],
  key: ['weft_key', 'ansible_ssh_private_key_file', 'ansible_private_key_file'],
  passphrase: ['weft_passphrase', 'ansible_ssh_private_key_passphrase', 'ansible_private_key_passphrase'],
  agent: ['weft_agent'],
  knownHosts: ['weft_known_hosts'],
  hostKeys: ['weft_host_keys'],
  hostKeyChecking: ['ansible_host_key_checking', 'ansible_ssh_host_key_checking'],
  tls: ['weft_tls', 'ansible_httpapi_use_ssl'],
  verifyTls: ['weft_verify_tls', 'ansible_httpapi_validate_certs'],
  ca: ['weft_ca', 'ansible_httpapi_ca_path'],
  kubeconfig: ['weft_kubeconfig', 'ansible_kubeconfig', 'kubeconfig'],
  context: ['weft_context', 'ansible_kube_context', 'ansible_context'],
  timeout: ['weft_timeout', 'ansible_command_timeout', 'ansible_timeout', 'ansible_ssh_timeout'],
  platform: ['weft_platform', 'ansible_network_os'],
  connection: ['ansible_connection'],
} as const
type Fact = keyof typeof NAMES

/**
 * The variables of a host that say how to reach it, resolved into one shape. All values must be rendered.
 * `kind` is what the module needs; `overrides` (connection arguments of a task) win over the host's variables.
 * @throws FailureError invalid: a value of the wrong type or a platform weft does not know.
 */
export function endpointOf(host: string, variables: Variables, kind: Kind, overrides: Variables = {}): Endpoint {
  const merged = { ...variables, ...overrides }
  // Whoever asks for it, it is one machine.
  if (kind === 'linux' && isHere(host, merged)) return { host, platform: 'local', address: 'local' }
  const text = (fact: Fact) => textOf(host, merged, fact)
  const hostKeyChecking = hostKeyCheckingOf(host, merged)
  const found = {
    port: portOf(host, merged, kind),
    user: text('user'),
    password: text('password'),
    privateKeyFile: text('key'),
    passphrase: text('passphrase'),
    useAgent: flag(host, merged, 'agent') ?? true,
    jump: jumpOf(host, merged, hostKeyChecking),
    knownHosts: text('knownHosts'),
    hostKeyChecking,
    timeoutSeconds: numberOf(host, merged, 'timeout'),
    tls: kind === 'apic' ? tlsOf(host, merged) : undefined,
    kubeconfig: text('kubeconfig'),
    context: text('context'),
  }
  return { host, platform: kind, address: text('address') ?? host, ...withoutUndefined(found) }
}

/**
 * Whether files and processes of a host are those of the machine that weft runs on: where it says so (ansible_connection: local), for
 * switches, APICs and clusters (as with Ansible's network_cli, httpapi and netconf), and for localhost, unless SSH is asked for.
 * @throws FailureError invalid: a way to a host that weft has not
 */
function isHere(host: string, variables: Variables): boolean {
  const platform = platformOf(host, variables)
  if (platform !== undefined) return platform !== 'linux'
  const connection = connectionOf(host, variables)
  if (connection === undefined) return isLocalhost(host) && (textOf(host, variables, 'address') ?? host) === host
  if (HERE.has(connection)) return true
  if (BY_SSH.has(connection)) return false
  throw invalid(
    host,
    `${host} is reached by '${connection}', which weft does not know.`,
    `Known: ${[...HERE, ...BY_SSH].join(', ')}.`,
  )
}

const HERE = new Set(['local', 'network_cli', 'httpapi', 'netconf'])
const BY_SSH = new Set(['ssh', 'smart', 'paramiko', 'paramiko_ssh'])

function connectionOf(host: string, variables: Variables): string | undefined {
  return textOf(host, variables, 'connection')?.replace(/^ansible\.(builtin|netcommon)\./, '')
}

/**
 * What a host is, as its inventory says: weft_platform, or ansible_network_os and ansible_connection; undefined where it says
 * nothing. `cisco.nxos.nxos`, `nxos` and `network_cli` with either are nxos, `cisco.aci.aci` is apic.
 */
export function platformOf(host: string, variables: Variables): Platform | undefined {
  const named = textOf(host, variables, 'platform')
  if (named) {
    const platform = PLATFORMS[named.toLowerCase()]
    if (platform) return platform
    throw invalid(
      host,
      `${host} is of platform '${named}', which weft does not know.`,
      `Known: ${Object.keys(PLATFORMS).join(', ')}.`,
    )
  }
  return connectionOf(host, variables) === 'local' ? 'local' : undefined
}

const PLATFORMS: Readonly<Record<string, Platform>> = {
  nxos: 'nxos',
  'cisco.nxos.nxos': 'nxos',
  apic: 'apic',
  aci: 'apic',
  'cisco.aci.aci': 'apic',
  kube: 'kube',
  kubernetes: 'kube',
  linux: 'linux',
  local: 'local',
}

function portOf(host: string, variables: Variables, kind: Kind): number | undefined {
  return numberOf(host, variables, kind === 'apic' ? 'httpPort' : 'port')
}

function hostKeyCheckingOf(host: string, variables: Variables): Endpoint['hostKeyChecking'] {
  const [name, value] = lookUp(variables, 'hostKeys')
  if (value !== undefined) {
    const word = value === true ? 'yes' : value === false ? 'no' : value
    if (word === 'yes' || word === 'first-use' || word === 'no') return word
    throw invalid(host, `${name} of ${host} is '${String(value)}'.`, 'Allowed: yes, first-use, no.')
  }
  const checking = flag(host, variables, 'hostKeyChecking')
  return checking === undefined ? sshOption(variables) : checking ? 'yes' : 'no'
}

/** `-o StrictHostKeyChecking=no` in ansible_ssh_common_args means what it means to OpenSSH. */
function sshOption(variables: Variables): Endpoint['hostKeyChecking'] {
  const said = /StrictHostKeyChecking[= ](yes|no|off|accept-new)/i.exec(
    String(variables.ansible_ssh_common_args ?? ''),
  )?.[1]
  if (!said) return undefined
  return said.toLowerCase() === 'accept-new' ? 'first-use' : said.toLowerCase() === 'yes' ? 'yes' : 'no'
}

function tlsOf(host: string, variables: Variables): Endpoint['tls'] {
  if (flag(host, variables, 'tls') === false) return undefined
  const caFile = textOf(host, variables, 'ca')
  return { verify: flag(host, variables, 'verifyTls') ?? true, ...(caFile === undefined ? {} : { caFile }) }
}

function lookUp(variables: Variables, fact: Fact): readonly [name: string, value: Value | undefined] {
  for (const name of NAMES[fact]) {
    const value = variables[name]
    if (value !== undefined && value !== null && value !== '') return [name, value]
  }
  return [NAMES[fact][0], undefined]
}

function textOf(host: string, variables: Variables, fact: Fact): string | undefined {
  const [name, value] = lookUp(variables, fact)
  if (value === undefined) return undefined
  if (typeof value === 'string' || typeof value === 'number') return String(value)
  throw invalid(host, `${name} of ${host} must be a text.`, `Write ${name} as a text in quotes.`)
}

function numberOf(host: string, variables: Variables, fact: Fact): number | undefined {
  const [name, value] = lookUp(variables, fact)
  if (value === undefined) return undefined
  const number = typeof value === 'string' ? Number(value) : value
  if (typeof number === 'number' && Number.isFinite(number) && number > 0) return number
  throw invalid(host, `${name} of ${host} must be a number above 0.`, `Write ${name} as a plain number.`)
}

function flag(host: string, variables: Variables, fact: Fact): boolean | undefined {
  const [name, value] = lookUp(variables, fact)
  if (value === undefined) return undefined
  if (typeof value === 'boolean') return value
  const word = String(value).toLowerCase()
  if (['yes', 'true', 'on', '1'].includes(word)) return true
  if (['no', 'false', 'off', '0'].includes(word)) return false
  throw invalid(host, `${name} of ${host} must be true or false.`, `Write ${name} as true or false.`)
}

function invalid(host: string, message: string, remedy: string): FailureError {
  return new FailureError({ code: 'invalid', message, remedy: `${remedy} See 'weft inventory --host ${host}'.` })
}

function withoutUndefined<T extends object>(value: T): { [K in keyof T]?: Exclude<T[K], undefined> } {
  return Object.fromEntries(Object.entries(value).filter(([, entry]) => entry !== undefined)) as never
}
