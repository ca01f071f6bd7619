import type { Failure } from '../../model/failure.ts'
import type { Endpoint } from '../../model/host.ts'

/** What was seen of a login that did not succeed. */
export interface LoginTrouble {
  readonly banner: string
  readonly error?: Error & { code?: string; level?: string }
  readonly hostKey?: Failure
  readonly handshake?: boolean
  readonly closed?: boolean
  readonly interrupted?: boolean
  readonly beforeConnecting?: boolean
}

/**
 * The words of a device that has no session left (NX-OS: 32 by default, `session-limit`; it closes the socket behind them).
 * Threads: netmiko#1893, netmiko#2098.
 */
const SESSION_LIMIT =
  /session[- ]limit|(maximum|max\.?) (number of )?(\w+ )?sessions|too many (\w+ )?(sessions|connections|users)|no (free|more) (vty|sessions)|all vtys? (are )?in use/i

/** True when a text is a device's word for "no session left". */
export function saysSessionLimit(text: string): boolean {
  return SESSION_LIMIT.test(text)
}

/** The cause of a FailureError: the device closed without a word, which is also what one does that has no free session. */
export const MAY_BE_FULL = 'closed without a word'

/** Whether a login ended as one at a device without a free session may end: closed before it was done, and nothing said. */
export function mayBeFull({ error, hostKey, interrupted, beforeConnecting, closed }: LoginTrouble): boolean {
  if (hostKey || interrupted || beforeConnecting) return false
  if (error?.level === 'client-authentication' || error?.level === 'client-timeout') return false
  const isReset = error?.code === 'ECONNRESET' || error?.code === 'EPIPE'
  return closed === true || isReset || /lost before handshake|ended by|closed/i.test(error?.message ?? '')
}

/** The failure that a login's troubles mean, each with its own remedy. Pure. */
export function loginFailure(endpoint: Endpoint, trouble: LoginTrouble): Failure {
  const { error, banner } = trouble
  if (trouble.interrupted) return { code: 'interrupted', message: `The login to ${endpoint.host} was stopped.` }
  if (trouble.hostKey) return trouble.hostKey
  if (saysSessionLimit(`${banner}\n${error?.message ?? ''}`))
    return sessionLimit(endpoint, banner || (error?.message ?? ''))
  if (trouble.beforeConnecting) return badKey(endpoint, error?.message ?? '')
  if (error?.level === 'client-authentication') return denied(endpoint)
  if (error?.level === 'client-timeout') return timedOut(endpoint)
  const known = error?.code ? NETWORK[error.code] : undefined
  if (known) return unreachable(endpoint, known.what, known.remedy)
  if (banner !== '' || trouble.handshake) return closedAfterBanner(endpoint, banner)
  return unreachable(
    endpoint,
    error?.message ?? 'the connection was closed before SSH began',
    NETWORK.ECONNRESET?.remedy,
  )
}

/** The failure of a device that is at its session limit. */
export function sessionLimit(endpoint: Endpoint, said: string): Failure {
  return {
    code: 'busy',
    message: `${endpoint.host} has no free session.`,
    device: { said: said.trim() },
    remedy:
      "End idle sessions on the switch ('show users', 'clear line NAME') or raise 'line vty' 'session-limit'; weft itself uses one session.",
  }
}

const NETWORK: Readonly<Record<string, { what: string; remedy: string }>> = {
  ENOTFOUND: { what: 'its name does not resolve', remedy: 'Set ansible_host to an address, or correct the name.' },
  EAI_AGAIN: {
    what: 'the name service does not answer',
    remedy: 'Check DNS on this machine, or set ansible_host to an address.',
  },
  ECONNREFUSED: {
    what: 'it refused the connection',
    remedy: "Check address and port, and 'feature ssh' on the switch.",
  },
  EHOSTUNREACH: {
    what: 'there is no route to it',
    remedy: 'Check the route from this machine, or set weft_jump to a jump host.',
  },
  ENETUNREACH: {
    what: 'its network is not reachable',
    remedy: 'Check the route from this machine, or set weft_jump to a jump host.',
  },
  ETIMEDOUT: {
    what: 'it did not answer',
    remedy: 'Check the route and access lists between this machine and the switch.',
  },
  ECONNRESET: {
    what: 'it closed the connection',
    remedy: 'Check access lists on vty, and whether the device is up (show users, show logging).',
  },
}

function unreachable(endpoint: Endpoint, what: string, remedy: string | undefined): Failure {
  const way = endpoint.jump ? ` through ${endpoint.jump.host}` : ''
  const where = `${endpoint.address}:${endpoint.port ?? 22}${way}`
  return {
    code: 'unreachable',
    message: `${endpoint.host} (${where}) is not reachable: ${what}.`,
    ...(remedy === undefined ? {} : { remedy }),
  }
}

function closedAfterBanner(endpoint: Endpoint, banner: string): Failure {
  return {
    ...unreachable(
      endpoint,
      'it closed the connection before the login was done',
      "Often the session limit or an access list: look at 'show users' and 'show logging' on the switch.",
    ),
    ...(banner === '' ? {} : { device: { said: banner.trim() } }),
  }
}

function denied(endpoint: Endpoint): Failure {
  const tried = [
    ...(endpoint.privateKeyFile ? [`key ${endpoint.privateKeyFile}`] : []),
    ...(endpoint.password === undefined ? [] : ['password']),
    ...(endpoint.useAgent === false || !process.env.SSH_AUTH_SOCK ? [] : ['agent']),
  ]
  return {
    code: 'denied',
    message: `${endpoint.host} refused the login of ${endpoint.user ?? 'the current user'} (${tried.join(', ') || 'no credentials given'}).`,
    remedy:
      'Check ansible_user with ansible_password, ansible_ssh_private_key_file or the ssh agent (weft doctor shows which are found).',
  }
}

function timedOut(endpoint: Endpoint): Failure {
  return {
    code: 'timeout',
    message: `${endpoint.host} (${endpoint.address}:${endpoint.port ?? 22}) accepted the connection and then went silent during the login.`,
    remedy: 'Try it by hand with ssh -v; raise weft_timeout for a slow device.',
  }
}

function badKey(endpoint: Endpoint, message: string): Failure {
  const encrypted = /passphrase|encrypted|integrity|decrypt/i.test(message)
  return {
    code: 'invalid',
    message: `The private key of ${endpoint.host} (${endpoint.privateKeyFile}) cannot be used: ${encrypted ? 'its passphrase is missing or wrong' : message}.`,
    remedy: encrypted
      ? 'Set weft_passphrase, or load the key into the ssh agent and leave weft_key out.'
      : 'Use a key in OpenSSH or PEM format.',
  }
}
