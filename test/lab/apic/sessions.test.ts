import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { type LabApic, startApic } from '../../../src/lab/apic/apic.ts'
import { type Client, loggedIn, makeClient } from './client.ts'

const apic: LabApic = await startApic({ name: 'apic1', users: { admin: 'C1sco12345' } })
const clients: Client[] = []
test.after(async () => {
  for (const client of clients) client.close()
  await apic.close()
})

const fresh = () => {
  const client = makeClient(apic)
  clients.push(client)
  return client
}
const login = (name: string, pwd: string) => ({ aaaUser: { attributes: { name, pwd } } })

test('a login answers a token, its life, and sets the cookie', async () => {
  const answer = await fresh().ask('POST', '/api/aaaLogin.json', login('admin', 'C1sco12345'))
  assert.is(answer.status, 200)
  const { token, refreshTimeoutSeconds, maximumLifetimeSeconds } = answer.json.imdata[0].aaaLogin.attributes
  assert.is(answer.cookie, `APIC-cookie=${token}`)
  assert.is(refreshTimeoutSeconds, '600')
  assert.is(maximumLifetimeSeconds, '86400')
  assert.is(answer.json.totalCount, '1')
})

test('a wrong password is 401, no cookie and a dead token are 403, in the words of an APIC', async () => {
  const client = fresh()
  const wrong = await client.ask('POST', '/api/aaaLogin.json', login('admin', 'guess'))
  assert.is(wrong.status, 401)
  assert.equal(wrong.json, {
    totalCount: '1',
    imdata: [
      {
        error: { attributes: { code: '401', text: 'Username or password is incorrect - FAILED local authentication' } },
      },
    ],
  })
  const without = await client.ask('GET', '/api/class/fvTenant.json')
  assert.is(without.status, 403)
  assert.is(without.json.imdata[0].error.attributes.text, 'Token was invalid (Error: Token timeout)')
})

test('a name of Object.prototype is no user', async () => {
  const answer = await fresh().ask('POST', '/api/aaaLogin.json', { aaaUser: { attributes: { name: 'toString' } } })
  assert.is(answer.status, 401)
})

test('a login domain before the user name is understood, and the GUI token is given on request', async () => {
  const answer = await fresh().ask(
    'POST',
    '/api/aaaLogin.json?gui-token-request=yes',
    login('apic:local\\admin', 'C1sco12345'),
  )
  assert.is(answer.status, 200)
  assert.type(answer.json.imdata[0].aaaLogin.attributes.urlToken, 'string')
})

test('a refresh replaces the token, a logout ends it', async () => {
  const client = await loggedIn(apic)
  clients.push(client)
  const refreshed = await client.ask('GET', '/api/aaaRefresh.json')
  assert.is(refreshed.status, 200)
  assert.is((await client.ask('GET', '/api/mo/uni/tn-common.json')).json.totalCount, '1')
  assert.is((await client.ask('POST', '/api/aaaLogout.json', login('admin', ''))).status, 200)
  assert.is((await client.ask('GET', '/api/mo/uni/tn-common.json')).status, 403)
})

test('a token lives as long as the lab was told', async () => {
  apic.setFaults({ tokenSeconds: 0 })
  const client = await loggedIn(apic)
  clients.push(client)
  assert.is((await client.ask('GET', '/api/mo/uni.json')).status, 403)
  apic.setFaults({ tokenSeconds: 600 })
})

test.run()
