import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { uri } from '../../../src/modules/machine/uri.ts'
import { waitFor } from '../../../src/modules/machine/wait-for.ts'
import { act } from '../act.ts'

const test = suite('modules/uri')
const server = createServer((request, response) => {
  if (request.url === '/moved') response.writeHead(302, { location: '/json' }).end()
  else if (request.url === '/json') response.writeHead(200, { 'content-type': 'application/json' }).end('{"mtu": 9216}')
  else if (request.url === '/login')
    response
      .writeHead(200, { 'content-type': 'application/json', 'set-cookie': 'APIC-cookie=Canary-33; Path=/' })
      .end('{"access_token": "Canary-22"}')
  else response.writeHead(404).end('nothing here')
})
let port = 0

test.before(async () => {
  await new Promise<void>(ready => server.listen(0, '127.0.0.1', ready))
  port = (server.address() as AddressInfo).port
})
test.after(() => new Promise<void>(done => server.close(() => done())))

test('a JSON answer is registered as data', async () => {
  const { values, failure } = await act(uri, { url: `http://127.0.0.1:${port}/json`, return_content: true })
  assert.is(failure, undefined)
  assert.is(values?.status, 200)
  assert.equal(values?.json, { mtu: 9216 })
  assert.is(values?.content, '{"mtu": 9216}')
})

test('another status than the wanted one fails, and says which', async () => {
  const result = await act(uri, { url: `http://127.0.0.1:${port}/none` })
  assert.match(result.failure?.message ?? '', /404 and not \[200\]/)
  assert.is((await act(uri, { url: `http://127.0.0.1:${port}/none`, status_code: '404' })).failure, undefined)
})

test('redirects are followed unless told otherwise', async () => {
  assert.is((await act(uri, { url: `http://127.0.0.1:${port}/moved` })).values?.redirected, true)
  const kept = await act(uri, { url: `http://127.0.0.1:${port}/moved`, follow_redirects: 'none', status_code: [302] })
  assert.is(kept.values?.status, 302)
})

test('what a login hands out is followed as a secret from then on', async () => {
  const { secrets } = await act(uri, { url: `http://127.0.0.1:${port}/login` })
  assert.equal(secrets, ['Canary-22', 'Canary-33'])
})

test('a plan asks nothing', async () => {
  assert.is((await act(uri, { url: 'http://127.0.0.1:1/' }, { check: true })).skipped, true)
})

test('nobody there is a failure, not an empty answer', async () => {
  assert.match((await act(uri, { url: 'http://127.0.0.1:1/' })).failure?.message ?? '', /Status code was -1/)
})

test('wait_for sees an open port, and gives up on a closed one', async () => {
  assert.is((await act(waitFor, { port, timeout: 5 })).failure, undefined)
  const late = await act(waitFor, { port: 1, timeout: 0.2, sleep: 0.05 })
  assert.is(late.failure?.code, 'timeout')
  assert.is((await act(waitFor, { port: 1, state: 'stopped', timeout: 1 })).failure, undefined)
})

test.run()
