import type { IncomingMessage, ServerResponse } from 'node:http'
import { createServer, type Server } from 'node:https'
import type { AddressInfo } from 'node:net'
import { setTimeout as wait } from 'node:timers/promises'
import type { Certificate } from '../certificate.ts'
import { type Answer, sendAnswer, statusAnswer } from './answer.ts'
import { readBody } from './body.ts'
import type { ClusterState } from './cluster-state.ts'
import type { Counters } from './counters.ts'
import type { Faults } from './fault.ts'
import { type ApiRequest, resourceOf, verbOf } from './request.ts'
import { route } from './route.ts'
import { refusal, refusalOf } from './status.ts'

export interface ServerOptions {
  readonly state: ClusterState
  readonly certificate: Certificate
  readonly token: string
  readonly version: string
  readonly host: string
  readonly port: number
  readonly latencyMs: number
  readonly faults: Faults
  readonly counters: Counters
  readonly log: (line: string) => void
}

/** Listens; the answer has the port that was taken. */
export async function listen(options: ServerOptions): Promise<{ readonly server: Server; readonly port: number }> {
  const { cert, key } = options.certificate
  const server = createServer({ cert, key }, (request, response) => void answer(options, request, response))
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(options.port, options.host, resolve)
  })
  return { server, port: (server.address() as AddressInfo).port }
}

async function answer(options: ServerOptions, incoming: IncomingMessage, response: ServerResponse): Promise<void> {
  // A client that goes in the middle of a watch: what is still written to it must not end the lab.
  response.on('error', () => {})
  const result = await answerOf(options, incoming).catch((error: unknown) => statusAnswer(refusalOf(error)))
  if (options.latencyMs > 0) await wait(options.latencyMs)
  if (result === 'reset') return void incoming.socket.destroy()
  options.log(`${incoming.method} ${incoming.url} ${result.code}`)
  sendAnswer(response, result)
}

async function answerOf(options: ServerOptions, incoming: IncomingMessage): Promise<Answer | 'reset'> {
  const url = new URL(incoming.url ?? '/', 'https://lab')
  const head = {
    method: incoming.method ?? 'GET',
    path: url.pathname,
    query: url.searchParams,
    headers: incoming.headers,
  }
  const target = resourceOf(url.pathname)
  const verb = target ? verbOf(head, target) : 'get'
  options.counters.count(target ? verb : 'discovery', target)
  const body = await readBody(incoming)
  requireToken(options.token, incoming)
  if ((await options.faults.strike(verb, target)) === 'reset') return 'reset'
  const request: ApiRequest = { ...head, body }
  return route(options.state, request, options.version)
}

function requireToken(token: string, { headers }: IncomingMessage): void {
  if (headers.authorization === `Bearer ${token}`) return
  throw refusal({ code: 401, reason: 'Unauthorized', message: 'Unauthorized' })
}
