import type { IncomingMessage, ServerResponse } from 'node:http'
import { createServer } from 'node:https'
import type { AddressInfo } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import { makeCertificate } from '../certificate.ts'
import { type FaultState, htmlPage } from './fault.ts'
import { isRefused, refusalBody } from './refusal.ts'
import { type Machine, type Request, reply } from './reply.ts'

export interface ApicCounters {
  requests: number
  logins: number
  gets: number
  posts: number
  deletes: number
  readonly byPath: Record<string, number>
}

interface ListenOptions {
  readonly name: string
  readonly port?: number
  readonly host?: string
  readonly latencyMs?: number
  readonly faults: FaultState
  readonly counters: ApicCounters
  readonly log?: (line: string) => void
}

interface Listening {
  readonly port: number
  readonly url: string
  readonly ca: string
  close(): Promise<void>
}

const bodyLimit = 16 * 1024 * 1024

/** Serves a machine over HTTPS. */
export async function listen(machine: Machine, options: ListenOptions): Promise<Listening> {
  const host = options.host ?? '127.0.0.1'
  const { ca, cert, key } = await makeCertificate([options.name, 'localhost', '127.0.0.1', '::1'])
  const server = createServer({ cert, key, keepAliveTimeout: 30_000 }, (incoming, response) => {
    serve(machine, { incoming, response, options }).catch((error: unknown) => {
      options.log?.(`${options.name}: defect: ${error instanceof Error ? error.stack : String(error)}`)
      send(response, 500, refusalBody({ status: 500, code: '500', text: 'the lab failed; see its log' }))
    })
  })
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(options.port ?? 0, host, resolve)
  })
  const port = (server.address() as AddressInfo).port
  return {
    port,
    url: `https://${host}:${port}`,
    ca,
    close: () =>
      new Promise(resolve => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}

interface Exchange {
  readonly incoming: IncomingMessage
  readonly response: ServerResponse
  readonly options: ListenOptions
}

async function serve(machine: Machine, { incoming, response, options }: Exchange): Promise<void> {
  const url = new URL(incoming.url ?? '/', 'https://apic')
  const login = url.pathname.startsWith('/api/aaaLogin')
  const body = await readBody(incoming)
  count(options.counters, { method: incoming.method ?? 'GET', path: url.pathname, login })
  const hit = options.faults.next({ path: url.pathname, login })
  const wait = (options.latencyMs ?? 0) + hit.delay
  if (wait > 0) await sleep(wait)
  if (hit.endTokens) machine.sessions.endAll()
  if (hit.kind === 'unavailable' || hit.kind === 'html' || hit.kind === 'throttled')
    return sendFault(response, hit.kind)
  const request: Request = {
    method: incoming.method ?? 'GET',
    path: url.pathname,
    search: url.searchParams,
    body,
    token: cookie(incoming.headers.cookie),
  }
  if (hit.kind === 'taken' || hit.kind === 'busy-taken') carryOut(machine, request)
  if (hit.kind === 'taken') return void response.destroy()
  if (hit.kind === 'busy-taken') return sendFault(response, 'unavailable')
  if (hit.kind === 'cut') response.write('{"totalCount":"1","imdata":[')
  if (hit.kind === 'cut') return void setImmediate(() => response.destroy())
  answer(machine, request, response)
}

function answer(machine: Machine, request: Request, response: ServerResponse): void {
  try {
    const { body, token } = reply(machine, request)
    if (token) response.setHeader('Set-Cookie', `APIC-cookie=${token}; path=/; HttpOnly; Secure`)
    send(response, 200, JSON.stringify(body))
  } catch (error) {
    if (!isRefused(error)) throw error
    send(response, error.refusal.status, refusalBody(error.refusal))
  }
}

/** What a request asks for is done; nobody hears of it. */
function carryOut(machine: Machine, request: Request): void {
  try {
    reply(machine, request)
  } catch (error) {
    if (!isRefused(error)) throw error
  }
}

function sendFault(response: ServerResponse, kind: 'unavailable' | 'html' | 'throttled'): void {
  const texts = {
    unavailable: () =>
      refusalBody({ status: 503, code: '503', text: 'Unable to deliver the message, Resolve timeout' }),
    // Throttling happens in the web server in front, which speaks HTML (ansible#35364).
    throttled: () => htmlPage(503, 'Service Temporarily Unavailable'),
    html: () => htmlPage(502, 'Bad Gateway'),
  }
  send(response, kind === 'html' ? 502 : 503, texts[kind](), kind === 'unavailable' ? 'application/json' : 'text/html')
}

function send(response: ServerResponse, status: number, body: string, type = 'application/json'): void {
  if (response.headersSent) {
    response.end()
    return
  }
  response.writeHead(status, { 'Content-Type': type, 'Cache-Control': 'no-cache', Server: 'Cisco APIC' })
  response.end(body)
}

function count(counters: ApicCounters, request: { method: string; path: string; login: boolean }): void {
  counters.requests++
  counters.byPath[request.path] = (counters.byPath[request.path] ?? 0) + 1
  if (request.login) counters.logins++
  else if (request.method === 'GET') counters.gets++
  else if (request.method === 'POST') counters.posts++
  else if (request.method === 'DELETE') counters.deletes++
}

/** The token within the cookies; the value may hold '=' of its own. */
function cookie(header: string | undefined): string | undefined {
  return /(?:^|;\s*)APIC-cookie=([^;]+)/i.exec(header ?? '')?.[1]
}

async function readBody(incoming: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = []
  let size = 0
  for await (const chunk of incoming) {
    size += chunk.length
    if (size > bodyLimit) break
    chunks.push(chunk)
  }
  return Buffer.concat(chunks).toString('utf8')
}
