import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { startApic } from '../../../src/lab/apic/apic.ts'
import { loggedIn } from './client.ts'
import { greenL3out } from './green-l3out.ts'

const users = { admin: 'C1sco12345' }
const [full, empty] = await Promise.all([
  startApic({ name: 'apic1', users, start: greenL3out }),
  startApic({ name: 'apic2', users }),
])
const [fromFull, toEmpty] = await Promise.all([loggedIn(full), loggedIn(empty)])
test.after(async () => {
  fromFull.close()
  toEmpty.close()
  await Promise.all([full.close(), empty.close()])
})

const tenant = (include: string) => `/api/mo/uni/tn-k8s.json?rsp-subtree=full&rsp-prop-include=${include}`
const configuration = async (client: typeof fromFull) => (await client.ask('GET', tenant('config-only'))).json

for (const include of ['config-only', 'all', 'set-config-only']) {
  test(`what an APIC answers (${include}) can be posted back, and changes nothing`, async () => {
    const [answer] = (await fromFull.ask('GET', tenant(include))).json.imdata
    const back = await fromFull.ask('POST', '/api/mo/uni.json?rsp-subtree=modified', answer)
    assert.equal(back.json, { totalCount: '0', imdata: [] })
  })
}

test('what one APIC answers makes another the same, secrets excepted', async () => {
  const [answer] = (await fromFull.ask('GET', tenant('config-only'))).json.imdata
  assert.is((await toEmpty.ask('POST', '/api/mo/uni.json', answer)).status, 200)
  assert.equal(await configuration(toEmpty), await configuration(fromFull))
  const peer = [...full.objects().keys()].find(dn => dn.endsWith('peerP-[192.168.1.0/24]')) ?? ''
  assert.is(full.secret(peer), 'secret-1')
  assert.is(empty.secret(peer), '')
})

test('a tree that is deleted and posted again is the same tree', async () => {
  const before = await configuration(fromFull)
  await fromFull.ask('DELETE', '/api/mo/uni/tn-k8s.json')
  assert.is((await configuration(fromFull)).totalCount, '0')
  await fromFull.ask('POST', '/api/mo/uni.json', before.imdata[0])
  assert.equal(await configuration(fromFull), before)
})

test.run()
