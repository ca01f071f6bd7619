import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { startApic } from '../../../src/lab/apic/apic.ts'
import { loggedIn } from './client.ts'

const apic = await startApic({ name: 'apic1', users: { admin: 'C1sco12345' }, latencyMs: 5 })
const client = await loggedIn(apic)
test.after(async () => {
  client.close()
  await apic.close()
})

const ask = () => client.ask('GET', '/api/mo/uni/tn-common.json')

test('so many requests are answered 503, then it works again', async () => {
  apic.setFaults({ unavailable: 2 })
  const first = await ask()
  assert.is(first.status, 503)
  assert.is(first.json.imdata[0].error.attributes.text, 'Unable to deliver the message, Resolve timeout')
  assert.is((await ask()).status, 503)
  assert.is((await ask()).status, 200)
})

test('the web server in front answers HTML', async () => {
  apic.setFaults({ html: 1 })
  const answer = await ask()
  assert.is(answer.status, 502)
  assert.match(answer.text, /^<html>/)
})

test('all tokens die in the middle of the work', async () => {
  apic.setFaults({ tokenDeath: 2 })
  assert.is((await ask()).status, 200)
  assert.is((await ask()).status, 403)
})

test('logins beyond so many in a second are throttled', async () => {
  apic.setFaults({ loginsPerSecond: 1 })
  const clients = [await loggedIn(apic), await loggedIn(apic)]
  const statuses = await Promise.all(clients.map(each => each.ask('GET', '/api/mo/uni/tn-common.json')))
  assert.ok(statuses.some(answer => answer.status === 403))
  apic.setFaults({ loginsPerSecond: 0 })
  for (const each of clients) each.close()
})

test('an answer is cut in the middle', async () => {
  apic.setFaults({ cut: 1 })
  let failed = ''
  await ask().catch((error: NodeJS.ErrnoException) => {
    failed = error.code ?? error.message
  })
  assert.match(failed, /ECONNRESET|aborted/)
})

test('a path can be slow, and every request is counted', async () => {
  apic.setFaults({ slow: { path: 'tn-infra', milliseconds: 120 } })
  const before = apic.counters.requests
  const started = performance.now()
  await client.ask('GET', '/api/mo/uni/tn-infra.json')
  assert.ok(performance.now() - started >= 115)
  assert.is(apic.counters.requests, before + 1)
  assert.is(apic.counters.byPath['/api/mo/uni/tn-infra.json'], 1)
})

test.run()
