import type { IncomingHttpHeaders } from 'node:http'
import { request } from 'node:https'
import type { LabCluster } from '../../../src/lab/kube/cluster.ts'

export interface Answered {
  readonly code: number
  readonly headers: IncomingHttpHeaders
  // biome-ignore lint/suspicious/noExplicitAny: answers of many shapes, looked at by the tests
  readonly body: any
}

interface Asked {
  readonly method?: string
  readonly body?: unknown
  readonly headers?: Record<string, string>
  readonly token?: string
}

/** One request without kubectl, for what kubectl does not show. */
export function ask(
  cluster: LabCluster,
  path: string,
  { method = 'GET', body, headers = {}, token }: Asked = {},
): Promise<Answered> {
  const authorization = `Bearer ${token ?? cluster.token}`
  const options = {
    method,
    ca: cluster.ca,
    headers: { 'content-type': 'application/json', ...headers, authorization },
    agent: false,
  }
  return new Promise((resolve, reject) => {
    const sent = request(new URL(path, cluster.url), options, response => {
      let text = ''
      response.on('data', chunk => {
        text += chunk
      })
      response.on('end', () =>
        resolve({ code: response.statusCode ?? 0, headers: response.headers, body: parsed(text) }),
      )
    })
    sent.on('error', reject)
    sent.end(body === undefined ? '' : JSON.stringify(body))
  })
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return text
  }
}
