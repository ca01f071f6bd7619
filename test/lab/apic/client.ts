import { Agent, request } from 'node:https'
import type { LabApic } from '../../../src/lab/apic/apic.ts'

export interface ClientAnswer {
  readonly status: number
  readonly text: string
  /** Parsed body, {} where it is not JSON. */
  // biome-ignore lint/suspicious/noExplicitAny: answers are asserted on, not typed
  readonly json: any
  readonly cookie: string | undefined
}

export interface Client {
  ask(method: string, path: string, body?: unknown): Promise<ClientAnswer>
  close(): void
}

/** A bare HTTPS client that trusts the lab's authority and keeps the cookie of its login. */
export function makeClient(apic: LabApic): Client {
  // Tests log in when their file is read, and may come to their turn when the server has just given up the idle connection.
  const agent = new Agent({ ca: apic.ca, keepAlive: true, timeout: 5000 })
  let cookie: string | undefined
  return {
    async ask(method, path, body) {
      const answer = await exchange({ agent, apic, method, path, body, cookie })
      cookie = answer.cookie ?? cookie
      return answer
    },
    close: () => agent.destroy(),
  }
}

/** A client that is logged in. */
export async function loggedIn(apic: LabApic, user = 'admin', password = 'C1sco12345'): Promise<Client> {
  const client = makeClient(apic)
  await client.ask('POST', '/api/aaaLogin.json', { aaaUser: { attributes: { name: user, pwd: password } } })
  return client
}

interface Exchange {
  agent: Agent
  apic: LabApic
  method: string
  path: string
  body: unknown
  cookie: string | undefined
}

function exchange({ agent, apic, method, path, body, cookie }: Exchange): Promise<ClientAnswer> {
  const headers = cookie ? { Cookie: cookie } : {}
  return new Promise((resolve, reject) => {
    const outgoing = request({ agent, host: '127.0.0.1', port: apic.port, method, path, headers }, incoming => {
      let text = ''
      incoming.on('data', chunk => {
        text += chunk
      })
      incoming.on('error', reject)
      incoming.on('end', () => {
        const given = incoming.headers['set-cookie']?.[0]?.split(';')[0]
        resolve({ status: incoming.statusCode ?? 0, text, json: parse(text), cookie: given })
      })
    })
    outgoing.on('error', reject)
    outgoing.end(body === undefined ? undefined : typeof body === 'string' ? body : JSON.stringify(body))
  })
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return {}
  }
}
