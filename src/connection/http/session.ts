import type { ApicAnswer } from '../../model/apic.ts'
import { type Failure, FailureError } from '../../model/failure.ts'
import type { Endpoint } from '../../model/host.ts'
import type { Progress } from '../../model/progress.ts'
import { pause } from '../pause.ts'
import { type ApicError, isApicError, type Page, readAnswer } from './answer.ts'
import { type HttpAnswer, type HttpRequest, openHttp } from './http.ts'
import { openLogin } from './login.ts'
import { backoff, openPace } from './pace.ts'
import { readPages } from './pages.ts'

export interface SessionOptions {
  readonly endpoint: Endpoint
  readonly progress: Progress
  readonly signal: AbortSignal
  /** Milliseconds of the first wait after a 503; doubles from there. */
  readonly backoffMilliseconds?: number
  /** A clock in milliseconds, for the tests. */
  readonly now?: () => number
}

/** A session with an APIC: logged in at the first request. */
export interface ApicSession {
  /** All pages of a query. Path may hold a query of its own. */
  get(path: string, query?: Readonly<Record<string, string>>): Promise<readonly ApicAnswer[]>
  /** Posts one tree, which the APIC takes whole or not at all. */
  post(path: string, body: unknown): Promise<void>
  /** Forgets the login: the next request logs in again. */
  logOut(): void
  close(): void
}

/** Tries after a 503, the first included. */
const TRIES = 7

/**
 * @throws FailureError from every request: unreachable, timeout, busy (503 to the end), denied, rejected (with the APIC's own
 * words), unparseable (HTML and the like), interrupted.
 */
export function openSession(options: SessionOptions): ApicSession {
  const { endpoint, signal, progress } = options
  const http = openHttp(endpoint, signal)
  const pace = openPace()
  const patient = (wanted: HttpRequest) =>
    patiently({
      send: () => pace.run(() => http.send(wanted)),
      slower: () => pace.busy(),
      options,
    })
  const login = openLogin({ endpoint, http, send: patient, now: options.now ?? Date.now, progress })
  const ask = async (wanted: HttpRequest, again = true): Promise<Page> => {
    const token = await login.token()
    const sent = await patient({ ...wanted, headers: { cookie: `APIC-cookie=${token}` } })
    const answer = readAnswer(sent)
    if (!isApicError(answer)) {
      pace.good()
      return answer
    }
    if (again && isTokenError(answer)) {
      login.drop(token)
      return ask(wanted, false)
    }
    throw new FailureError(failureOf(sent, answer, endpoint))
  }
  return {
    get: (path, query) => readPages(page => ask({ method: 'GET', path: page }), path, query),
    post: async (path, body) => {
      await ask({ method: 'POST', path, body: JSON.stringify(body) })
    },
    logOut: () => login.drop(),
    close: () => http.close(),
  }
}

interface Patience {
  readonly send: () => Promise<HttpAnswer>
  readonly slower: () => void
  readonly options: SessionOptions
}

/** Repeats what the APIC had no room for (503), later and later. */
async function patiently({ send, slower, options }: Patience): Promise<HttpAnswer> {
  for (let attempt = 1; ; attempt++) {
    const answer = await send()
    if (answer.status !== 503 && answer.status !== 429) return answer
    slower()
    if (attempt === TRIES) throw new FailureError(stayedBusy(answer))
    const wait = backoff(attempt, options.backoffMilliseconds ?? 500)
    options.progress(
      'waiting',
      `the APIC has no room (${answer.status}), trying again in ${(wait / 1000).toFixed(1)} s`,
    )
    await pause(wait, options.signal)
  }
}

function stayedBusy(http: HttpAnswer): Failure {
  const answer = /json/.test(http.contentType) ? readAnswer(http) : null
  return {
    code: 'busy',
    message: `The APIC has no room for ${http.asked}: HTTP status ${http.status} ${TRIES} times in a row.`,
    ...(answer && isApicError(answer) ? { device: { said: answer.text } } : {}),
    remedy: 'Wait until other clients of the APIC are done, or run with fewer --forks.',
  }
}

/** 403 'Token was invalid (Error: Token timeout)', 401 'Token timeout'; not 403 for a missing privilege. */
function isTokenError(error: ApicError): boolean {
  return (error.status === 403 || error.status === 401) && /token|need a valid webtoken cookie/i.test(error.text)
}

function failureOf(sent: HttpAnswer, error: ApicError, endpoint: Endpoint): Failure {
  const denied = error.status === 401 || error.status === 403
  return {
    code: denied ? 'denied' : 'rejected',
    message: denied
      ? `The APIC ${endpoint.host} does not let ${endpoint.user ?? 'this user'} do ${sent.asked}.`
      : `The APIC ${endpoint.host} refused ${sent.asked} (code ${error.code}).`,
    device: { said: error.text },
    ...(denied ? { remedy: 'Check the security domains and roles of the user on the APIC.' } : {}),
  }
}
