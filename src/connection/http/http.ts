import { setMaxListeners } from 'node:events'
import { readFileSync } from 'node:fs'
import { Agent, type RequestOptions, request } from 'node:https'
import { FailureError } from '../../model/failure.ts'
import type { Endpoint } from '../../model/host.ts'

export interface HttpAnswer {
  readonly status: number
  readonly contentType: string
  readonly text: string
  /** How the request is named in messages: 'GET https://apic/api/…'. */
  readonly asked: string
}

export interface HttpRequest {
  readonly method: 'GET' | 'POST' | 'DELETE'
  /** Path with query. */
  readonly path: string
  readonly body?: string
  readonly headers?: Readonly<Record<string, string>>
}

export interface Http {
  send(wanted: HttpRequest): Promise<HttpAnswer>
  close(): void
}

/**
 * HTTPS to one APIC with kept-alive connections and its own CA. Node's global fetch takes no CA per request, node:https does.
 * @throws FailureError unreachable (name, route, port, certificate), timeout, interrupted.
 */
export function openHttp(endpoint: Endpoint, signal: AbortSignal): Http {
  // One signal stops all devices of a run, each with several requests: many listeners are no leak.
  setMaxListeners(0, signal)
  const agent = new Agent({
    keepAlive: true,
    rejectUnauthorized: endpoint.tls?.verify ?? true,
    ...(endpoint.tls?.caFile === undefined ? {} : { ca: readCa(endpoint, endpoint.tls.caFile) }),
  })
  return {
    send: wanted => exchange({ endpoint, agent, signal, wanted }),
    close: () => agent.destroy(),
  }
}

interface Exchange {
  readonly endpoint: Endpoint
  readonly agent: Agent
  readonly signal: AbortSignal
  readonly wanted: HttpRequest
}

/** One request; repeated once when a kept-alive connection turns out to be closed, or the answer to a GET is cut short. */
async function exchange(wanted: Exchange): Promise<HttpAnswer> {
  const first = await attempt(wanted)
  if (first !== 'broken off') return first
  const second = await attempt(wanted)
  if (second !== 'broken off') return second
  throw new FailureError(unreachable(wanted.endpoint, new Error('it cuts its answers short')))
}

function attempt({ endpoint, agent, signal, wanted }: Exchange): Promise<HttpAnswer | 'broken off'> {
  const seconds = endpoint.timeoutSeconds ?? 60
  const asked = `${wanted.method} https://${hostPart(endpoint)}${wanted.path}`
  return new Promise((resolve, reject) => {
    let reason: FailureError | null = null
    let answering = false
    const outgoing = request(optionsOf(endpoint, agent, wanted))
    const end = (failure: FailureError) => {
      reason = failure
      outgoing.destroy(failure)
    }
    const stop = () => end(new FailureError({ code: 'interrupted', message: `${asked} was interrupted.` }))
    const timer = setTimeout(() => end(new FailureError(timeout(asked, seconds))), seconds * 1000)
    const tidy = () => {
      clearTimeout(timer)
      signal.removeEventListener('abort', stop)
    }
    const fail = (error: Error & { code?: string }) => {
      tidy()
      const again = answering ? wanted.method === 'GET' : outgoing.reusedSocket
      if (!reason && again && error.code === 'ECONNRESET') resolve('broken off')
      else reject(reason ?? new FailureError(unreachable(endpoint, error), error))
    }
    outgoing.on('error', fail)
    outgoing.on('response', incoming => {
      answering = true
      const parts: Buffer[] = []
      incoming.on('data', (part: Buffer) => parts.push(part))
      incoming.on('error', fail)
      incoming.on('end', () => {
        tidy()
        const contentType = String(incoming.headers['content-type'] ?? '')
        resolve({ status: incoming.statusCode ?? 0, contentType, text: Buffer.concat(parts).toString('utf8'), asked })
      })
    })
    signal.addEventListener('abort', stop, { once: true })
    if (signal.aborted) stop()
    outgoing.end(wanted.body)
  })
}

function optionsOf(endpoint: Endpoint, agent: Agent, wanted: HttpRequest): RequestOptions {
  const length = wanted.body === undefined ? {} : { 'content-length': String(Buffer.byteLength(wanted.body)) }
  const type = wanted.body === undefined ? {} : { 'content-type': 'application/json' }
  return {
    agent,
    host: endpoint.address,
    port: endpoint.port ?? 443,
    method: wanted.method,
    path: encodePath(wanted.path),
    headers: { accept: 'application/json', ...type, ...length, ...wanted.headers },
  }
}

/** A path as written, with what a URL cannot hold encoded: blanks and quotes of a filter, letters beyond ASCII in a name. */
function encodePath(path: string): string {
  return path.replace(/[^\x21-\x7e]+|["#<>\\^`{|}]/g, encodeURIComponent)
}

function readCa(endpoint: Endpoint, file: string): Buffer {
  try {
    return readFileSync(file)
  } catch (error) {
    throw new FailureError(
      {
        code: 'invalid',
        message: `The CA file of ${endpoint.host} cannot be read: ${file}`,
        remedy: 'Point weft_ca at a PEM file with the certificate authority of the APIC.',
      },
      error,
    )
  }
}

function timeout(asked: string, seconds: number) {
  return {
    code: 'timeout' as const,
    message: `${asked} got no answer within ${seconds} seconds.`,
    remedy: 'Raise weft_timeout for this host, or ask for less at once.',
  }
}

function unreachable(endpoint: Endpoint, error: Error & { code?: string }) {
  const code = error.code ?? ''
  const where = hostPart(endpoint)
  if (/CERT|SELF_SIGNED|ISSUER|ALTNAME|VERIFY|^ERR_TLS/.test(code)) {
    return {
      code: 'unreachable' as const,
      message: `The certificate of the APIC ${where} is not trusted: ${error.message} (${code})`,
      remedy:
        'Point weft_ca at the PEM file of its certificate authority. Not checking (weft_verify_tls: false) lets anyone in between read the password.',
    }
  }
  return {
    code: 'unreachable' as const,
    message: `The APIC ${where} cannot be reached: ${error.message || code}`,
    remedy: 'Check address, port and route of the host in the inventory.',
  }
}

function hostPart(endpoint: Endpoint): string {
  const name = endpoint.address.includes(':') ? `[${endpoint.address}]` : endpoint.address
  return endpoint.port === undefined || endpoint.port === 443 ? name : `${name}:${endpoint.port}`
}
