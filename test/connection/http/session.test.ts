import { createServer, type Server } from 'node:https'
import type { AddressInfo } from 'node:net'
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { openSession } from '../../../src/connection/http/session.ts'
import { makeCertificate } from '../../../src/lab/certificate.ts'
import type { Endpoint } from '../../../src/model/host.ts'
import { type ApicBench, apicBench } from '../../support/apic.ts'
import { failureOf } from '../../support/failure.ts'

const benches: ApicBench[] = []
const servers: Server[] = []
const bench = async (options: Parameters<typeof apicBench>[0] = {}) => {
  const made = await apicBench(options)
  benches.push(made)
  return made
}
test.after(async () => {
  for (const server of servers) {
    server.close()
    server.closeAllConnections()
  }
  await Promise.all(benches.map(made => made.close()))
})

const sessionOf = (endpoint: Endpoint, more: { now?: () => number; told?: string[]; signal?: AbortSignal } = {}) =>
  openSession({
    endpoint,
    progress: (step, text) => more.told?.push(`${step}: ${text}`),
    signal: more.signal ?? new AbortController().signal,
    backoffMilliseconds: 1,
    ...(more.now ? { now: more.now } : {}),
  })

/** A web server that answers as told, to be taken for an APIC. */
async function webServer(
  answer: (path: string, count: number) => { status: number; type: string; body: string } | null,
) {
  const { cert, key } = await makeCertificate(['127.0.0.1'])
  let count = 0
  const server = createServer({ cert, key }, (request, response) => {
    request.resume()
    const made = answer(request.url ?? '', count++)
    if (!made) return
    response.writeHead(made.status, { 'content-type': made.type })
    response.end(made.body)
  })
  servers.push(server)
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  const endpoint: Endpoint = {
    host: 'apic1',
    platform: 'apic',
    address: '127.0.0.1',
    port: (server.address() as AddressInfo).port,
    user: 'admin',
    password: 'Canary-Login-1',
    tls: { verify: false },
    timeoutSeconds: 1,
  }
  return { endpoint, requests: () => count }
}

const loginBody = JSON.stringify({
  totalCount: '1',
  imdata: [{ aaaLogin: { attributes: { token: 't1', refreshTimeoutSeconds: '600' } } }],
})
const json = (body: unknown, status = 200) => ({ status, type: 'application/json', body: JSON.stringify(body) })
const loginAnswer = { status: 200, type: 'application/json', body: loginBody }

test('one login serves a whole run, made at the first request', async () => {
  const { lab, endpoint } = await bench()
  const session = sessionOf(endpoint)
  assert.is(lab.counters.requests, 0)
  await Promise.all([1, 2, 3, 4, 5].map(() => session.get('/api/class/fvTenant.json')))
  assert.is(lab.counters.logins, 1)
  assert.is(lab.counters.gets, 5)
  session.close()
})

test('a token is refreshed at 60 % of its life, and a dead one is replaced by a new login', async () => {
  const { lab, endpoint } = await bench()
  let now = 0
  const session = sessionOf(endpoint, { now: () => now })
  await session.get('/api/class/fvTenant.json')
  now = 359_000
  await session.get('/api/class/fvTenant.json')
  assert.is(lab.counters.byPath['/api/aaaRefresh.json'], undefined)
  now = 361_000
  await session.get('/api/class/fvTenant.json')
  assert.is(lab.counters.byPath['/api/aaaRefresh.json'], 1)
  assert.is(lab.counters.logins, 1)
  now = 2_000_000
  await session.get('/api/class/fvTenant.json')
  assert.is(lab.counters.logins, 2)
  session.close()
})

test('a request that meets a token error is replayed once with a new token', async () => {
  const { lab, endpoint } = await bench()
  const session = sessionOf(endpoint)
  await session.get('/api/class/fvTenant.json')
  lab.setFaults({ tokenDeath: 1 })
  const tenants = await session.get('/api/class/fvTenant.json')
  assert.ok(tenants.length > 0)
  assert.is(lab.counters.logins, 2)
  session.close()
})

test('a token that is refused twice is denied, not asked for for ever', async () => {
  const refusal = {
    totalCount: '1',
    imdata: [{ error: { attributes: { code: '403', text: 'Token was invalid (Error: Token timeout)' } } }],
  }
  const { endpoint, requests } = await webServer(path => (path.includes('aaaLogin') ? loginAnswer : json(refusal, 403)))
  const failure = await failureOf(sessionOf(endpoint).get('/api/class/fvTenant.json'))
  assert.is(failure.code, 'denied')
  assert.is(failure.device?.said, 'Token was invalid (Error: Token timeout)')
  assert.is(requests(), 4)
})

test('a wrong password is denied with a remedy, never an empty answer', async () => {
  const { endpoint } = await bench()
  const session = sessionOf({ ...endpoint, password: 'Canary-Wrong-1' })
  const failure = await failureOf(session.get('/api/mo/uni/tn-nowhere.json'))
  assert.is(failure.code, 'denied')
  assert.match(failure.remedy ?? '', 'password')
  assert.not.match(JSON.stringify(failure), 'Canary')
  session.close()
})

test('without a password nothing is sent', async () => {
  const { lab, endpoint } = await bench()
  const { password: _, ...bare } = endpoint
  const failure = await failureOf(sessionOf(bare).get('/api/class/fvTenant.json'))
  assert.is(failure.code, 'denied')
  assert.is(lab.counters.requests, 0)
})

test('a certificate of an unknown authority is refused before the password is sent', async () => {
  const { lab, endpoint } = await bench()
  const other = await bench()
  const failure = await failureOf(
    sessionOf({
      ...endpoint,
      tls: { verify: true, ...(other.endpoint.tls?.caFile ? { caFile: other.endpoint.tls.caFile } : {}) },
    }).get('/api/class/fvTenant.json'),
  )
  assert.is(failure.code, 'unreachable')
  assert.match(failure.message, 'certificate')
  assert.match(failure.remedy ?? '', 'weft_ca')
  const unknown = await failureOf(sessionOf({ ...endpoint, tls: { verify: true } }).get('/api/class/fvTenant.json'))
  assert.is(unknown.code, 'unreachable')
  assert.is(lab.counters.requests, 0)
})

test('not checking the certificate works', async () => {
  const { endpoint } = await bench()
  const session = sessionOf({ ...endpoint, tls: { verify: false } })
  assert.ok((await session.get('/api/class/fvTenant.json')).length > 0)
  session.close()
})

test('bursts of 503 are waited out with lower concurrency', async () => {
  const { lab, endpoint } = await bench()
  const told: string[] = []
  const session = sessionOf(endpoint, { told })
  await session.get('/api/class/fvTenant.json')
  lab.setFaults({ unavailable: 6 })
  const answers = await Promise.all([1, 2, 3, 4].map(() => session.get('/api/class/fvTenant.json')))
  assert.ok(answers.every(answer => answer.length > 0))
  assert.is(told.filter(line => line.startsWith('waiting')).length, 6)
  session.close()
})

test('an APIC that stays busy is busy, with its own words', async () => {
  const { lab, endpoint } = await bench()
  const session = sessionOf(endpoint)
  await session.get('/api/class/fvTenant.json')
  lab.setFaults({ unavailable: 100 })
  const failure = await failureOf(session.get('/api/class/fvTenant.json'))
  assert.is(failure.code, 'busy')
  assert.match(failure.device?.said ?? '', 'Resolve timeout')
  session.close()
})

test('an HTML answer names the request and the status, whatever the status', async () => {
  const { lab, endpoint } = await bench()
  const session = sessionOf(endpoint)
  await session.get('/api/class/fvTenant.json')
  lab.setFaults({ html: 1 })
  const failure = await failureOf(session.get('/api/class/fvTenant.json'))
  assert.is(failure.code, 'unparseable')
  assert.match(failure.message, `GET https://127.0.0.1:${lab.port}/api/class/fvTenant.json`)
  assert.match(failure.message, '502')
  session.close()
  const page = { status: 200, type: 'text/html', body: '<html><title>Login</title></html>' }
  const portal = await webServer(() => page)
  const login = await failureOf(sessionOf(portal.endpoint).get('/api/class/fvTenant.json'))
  assert.is(login.code, 'unparseable')
  assert.match(login.message, "titled 'Login'")
})

test('cut JSON and JSON of another shape are unparseable', async () => {
  for (const body of ['{"totalCount":"1","imdata":[', '{"hello":1}', '']) {
    const { endpoint } = await webServer(path =>
      path.includes('aaaLogin') ? loginAnswer : { status: 200, type: 'application/json', body },
    )
    assert.is((await failureOf(sessionOf(endpoint).get('/api/class/fvTenant.json'))).code, 'unparseable')
  }
})

test('an error of the APIC is rejected with its own words and code', async () => {
  const { endpoint } = await bench()
  const session = sessionOf(endpoint)
  const failure = await failureOf(session.get('/api/class/fvFoobar.json'))
  assert.is(failure.code, 'rejected')
  assert.match(failure.device?.said ?? '', 'fvFoobar')
  session.close()
})

test('a connection that is cut in the middle of an answer is tried once more', async () => {
  const { lab, endpoint } = await bench()
  const session = sessionOf(endpoint)
  await session.get('/api/class/fvTenant.json')
  lab.setFaults({ cut: 1 })
  assert.ok((await session.get('/api/class/fvTenant.json')).length > 0)
  lab.setFaults({ cut: 9 })
  assert.is((await failureOf(session.get('/api/class/fvTenant.json'))).code, 'unreachable')
  session.close()
})

test('an APIC that does not answer times out; one that is not there is unreachable', async () => {
  const { endpoint } = await webServer(() => null)
  const failure = await failureOf(sessionOf({ ...endpoint, timeoutSeconds: 0.05 }).get('/api/class/fvTenant.json'))
  assert.is(failure.code, 'timeout')
  const gone = await failureOf(sessionOf({ ...endpoint, port: 1 }).get('/api/class/fvTenant.json'))
  assert.is(gone.code, 'unreachable')
  assert.match(gone.message, '127.0.0.1:1')
})

test('an interrupted run stops waiting at once', async () => {
  const { endpoint } = await webServer(() => null)
  const controller = new AbortController()
  setTimeout(() => controller.abort(), 10)
  const failure = await failureOf(sessionOf(endpoint, { signal: controller.signal }).get('/api/class/fvTenant.json'))
  assert.is(failure.code, 'interrupted')
})

test('many requests that wait for one signal are no leak', async () => {
  const { endpoint } = await bench()
  const warnings: string[] = []
  const listen = (warning: Error) => warnings.push(warning.message)
  process.on('warning', listen)
  const { signal } = new AbortController()
  const sessions = Array.from({ length: 12 }, () => sessionOf(endpoint, { signal }))
  await Promise.all(sessions.map(session => session.get('/api/class/fvTenant.json')))
  await new Promise(resolve => setImmediate(resolve))
  process.off('warning', listen)
  assert.equal(warnings, [])
  for (const session of sessions) session.close()
})

test('pages are asked for only when there are more objects than one holds', async () => {
  const asked: string[] = []
  const object = (n: number) => ({ fvTenant: { attributes: { dn: `uni/tn-${n}` } } })
  const { endpoint } = await webServer(path => {
    if (path.includes('aaaLogin')) return loginAnswer
    asked.push(path)
    const page = Number(/[?&]page=(\d+)/.exec(path)?.[1] ?? '0')
    const amount = page < 2 ? 500 : 200
    return json({ totalCount: '1200', imdata: Array.from({ length: amount }, (_, n) => object(page * 500 + n)) })
  })
  const session = sessionOf(endpoint)
  assert.is((await session.get('/api/class/fvTenant.json', { 'order-by': 'fvTenant.name' })).length, 1200)
  assert.is(asked.length, 3)
  assert.match(asked[2] ?? '', 'page=2&page-size=500')
  session.close()
})

test('fewer objects than the APIC counts is an error, not an empty answer', async () => {
  const { endpoint } = await webServer(path =>
    path.includes('aaaLogin') ? loginAnswer : json({ totalCount: '8', imdata: [] }),
  )
  const failure = await failureOf(sessionOf(endpoint).get('/api/class/fabricNodePEp.json'))
  assert.is(failure.code, 'unparseable')
  assert.match(failure.message, 'counts 8 objects but holds 0')
})

test.run()
