import type { ServerResponse } from 'node:http'
import type { Json, JsonMap } from './json.ts'

/** What a handler gives back; `stream` takes the response over (watch). */
export interface Answer {
  readonly code: number
  readonly body?: Json | Buffer | string
  readonly type?: string
  readonly headers?: Readonly<Record<string, string | string[]>>
  readonly stream?: (response: ServerResponse) => void
}

export const json = (body: Json, code = 200, headers: Readonly<Record<string, string | string[]>> = {}): Answer => ({
  code,
  body,
  headers,
})

export function statusAnswer(status: JsonMap): Answer {
  const details = status.details as JsonMap | undefined
  const after = details?.retryAfterSeconds
  const code = typeof status.code === 'number' ? status.code : 500
  return json(status, code, typeof after === 'number' ? { 'retry-after': String(after) } : {})
}

export function sendAnswer(response: ServerResponse, answer: Answer): void {
  if (answer.stream) {
    answer.stream(response)
    return
  }
  const { body = '' } = answer
  const raw = Buffer.isBuffer(body) || typeof body === 'string'
  const bytes = Buffer.isBuffer(body)
    ? body
    : Buffer.from(typeof body === 'string' ? body : `${JSON.stringify(body)}\n`)
  const type = answer.type ?? (raw ? 'text/plain' : 'application/json')
  response.writeHead(answer.code, { 'content-type': type, 'content-length': bytes.length, ...answer.headers })
  response.end(bytes)
}
