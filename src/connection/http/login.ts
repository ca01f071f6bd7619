import { type Failure, FailureError } from '../../model/failure.ts'
import type { Endpoint } from '../../model/host.ts'
import type { Progress } from '../../model/progress.ts'
import { type ApicError, isApicError, type Page, readAnswer } from './answer.ts'
import type { Http, HttpAnswer, HttpRequest } from './http.ts'

/** The token of a run: one login, refreshed at 60 % of its life. */
export interface Login {
  /** A token that is good now. Concurrent callers share one login or refresh. */
  token(): Promise<string>
  /** Forgets the token; where one is given that the APIC refused, only if it is still that one. */
  drop(token?: string): void
}

export interface LoginOptions {
  readonly endpoint: Endpoint
  readonly http: Http
  /** Sends with backing off on 503, without a token. */
  readonly send: (wanted: HttpRequest) => Promise<HttpAnswer>
  /** Milliseconds; for the tests. */
  readonly now: () => number
  readonly progress: Progress
}

interface Token {
  readonly text: string
  readonly since: number
  readonly life: number
}

/** The share of a token's life after which it is renewed. */
const RENEW_AT = 0.6

/** @throws FailureError denied (wrong user or password), and whatever the request may throw. */
export function openLogin(options: LoginOptions): Login {
  let current: Token | null = null
  let underway: Promise<Token> | null = null
  const renew = async () => {
    const age = current ? options.now() - current.since : Number.POSITIVE_INFINITY
    if (current && age < current.life * RENEW_AT) return current
    const renewed = current && age < current.life ? await refresh(options, current) : null
    current = renewed ?? (await login(options))
    return current
  }
  return {
    async token() {
      underway ??= renew().finally(() => {
        underway = null
      })
      return (await underway).text
    },
    drop(token) {
      if (token === undefined || current?.text === token) current = null
    },
  }
}

async function login(options: LoginOptions): Promise<Token> {
  const { endpoint } = options
  if (!endpoint.user || endpoint.password === undefined) throw new FailureError(noCredentials(endpoint))
  options.progress('connecting', `logging in to ${endpoint.address} as ${endpoint.user}`)
  const body = JSON.stringify({ aaaUser: { attributes: { name: endpoint.user, pwd: endpoint.password } } })
  const answer = readAnswer(await options.send({ method: 'POST', path: '/api/aaaLogin.json', body }))
  if (isApicError(answer)) throw new FailureError(refused(endpoint, answer))
  return toToken(answer, options)
}

/** A new token for the old one, or null when the APIC does not renew it (maximum lifetime reached). */
async function refresh(options: LoginOptions, token: Token): Promise<Token | null> {
  const headers = { cookie: `APIC-cookie=${token.text}` }
  const answer = readAnswer(await options.send({ method: 'GET', path: '/api/aaaRefresh.json', headers }))
  return isApicError(answer) ? null : toToken(answer, options)
}

function toToken(answer: Page, { endpoint, now }: LoginOptions): Token {
  const attributes = answer.answers[0]?.attributes
  if (!attributes?.token) {
    throw new FailureError({
      code: 'unparseable',
      message: `The APIC ${endpoint.address} accepted the login but gave no token.`,
    })
  }
  return { text: attributes.token, since: now(), life: Number(attributes.refreshTimeoutSeconds || 600) * 1000 }
}

function noCredentials(endpoint: Endpoint): Failure {
  return {
    code: 'denied',
    message: `There is no ${endpoint.user ? 'password' : 'user'} for the APIC ${endpoint.host}.`,
    remedy: 'Set weft_user and weft_password (ansible_user, ansible_password) for the host, the password in a vault.',
  }
}

function refused(endpoint: Endpoint, error: ApicError): Failure {
  const denied = error.status === 401 || error.status === 403
  return {
    code: denied ? 'denied' : 'rejected',
    message: `The APIC ${endpoint.host} refused the login of ${endpoint.user}.`,
    device: { said: error.text },
    remedy: denied
      ? 'Check user and password; with an external login domain the user is written apic:DOMAIN\\USER.'
      : 'The login was refused for another reason than the password: see what the APIC said.',
  }
}
