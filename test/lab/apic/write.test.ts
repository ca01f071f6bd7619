import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { startApic } from '../../../src/lab/apic/apic.ts'
import type { FailureError } from '../../../src/model/failure.ts'
import { loggedIn } from './client.ts'

const apic = await startApic({ name: 'apic1', users: { admin: 'C1sco12345' } })
const client = await loggedIn(apic)
test.after(async () => {
  client.close()
  await apic.close()
})

const post = (path: string, body: unknown) => client.ask('POST', path, body)
const attributesOf = async (dn: string) => {
  const body = (await client.ask('GET', `/api/mo/${dn}.json`)).json
  // biome-ignore lint/suspicious/noExplicitAny: answers are asserted on, not typed
  return body.imdata.length === 0 ? null : (Object.values(body.imdata[0])[0] as any).attributes
}
const refusal = async (path: string, body: unknown) => {
  const answer = await post(path, body)
  const { code, text } = answer.json.imdata[0].error.attributes
  return `${answer.status} ${code} ${text}`
}

test('a tree is posted by path, children named by their properties, with defaults filled in', async () => {
  const answer = await post('/api/mo/uni/tn-w.json', {
    fvTenant: {
      attributes: {},
      children: [
        { fvCtx: { attributes: { name: 'v' } } },
        { bgpCtxAfPol: { attributes: { name: 'wide', maxEcmp: 64 } } },
        { fvRsTenantMonPol: { attributes: { tnMonEPGPolName: '' } } },
      ],
    },
  })
  assert.equal(answer.json, { totalCount: '0', imdata: [] })
  const policy = await attributesOf('uni/tn-w/bgpCtxAfP-wide')
  assert.is(policy.maxEcmp, '64')
  assert.is(policy.maxEcmpIbgp, '16')
  assert.is((await attributesOf('uni/tn-w')).name, 'w')
  assert.is((await attributesOf('uni/tn-w/ctx-v/any')).matchT, 'AtleastOne')
})

test('brackets around a name are taken, and left out where the name has none', async () => {
  await post('/api/mo/uni/tn-[w]/ctx-[b].json', { fvCtx: { attributes: { name: 'b' } } })
  assert.is((await attributesOf('uni/tn-w/ctx-b')).dn, 'uni/tn-w/ctx-b')
  await client.ask('DELETE', '/api/mo/uni/tn-w/ctx-[b].json')
  assert.is(await attributesOf('uni/tn-w/ctx-b'), null)
})

test('a secret is kept and never read back', async () => {
  const peer = {
    bgpPeerP: { attributes: { addr: '10.0.0.0/24', password: 'canary-7', ctrl: 'dis-peer-as-check,as-override' } },
  }
  await post('/api/mo/uni/tn-w.json', {
    l3extOut: {
      attributes: { name: 'o' },
      children: [{ l3extLNodeP: { attributes: { name: 'n' }, children: [peer] } }],
    },
  })
  const dn = 'uni/tn-w/out-o/lnodep-n/peerP-[10.0.0.0/24]'
  const answer = await client.ask('GET', `/api/mo/${dn}.json?rsp-subtree=full`)
  assert.not.match(answer.text, /canary|password/)
  assert.is((await attributesOf(dn)).ctrl, 'as-override,dis-peer-as-check')
  assert.is(apic.secret(dn), 'canary-7')
  assert.not.match(JSON.stringify([...apic.objects()]), /canary/)
})

test('the answer to rsp-subtree=modified names what changed, and nothing when nothing did', async () => {
  const body = { fvBD: { attributes: { name: 'bd', arpFlood: 'true' } } }
  const first = await post('/api/mo/uni/tn-w.json?rsp-subtree=modified', body)
  assert.is(first.json.imdata[0].fvBD.attributes.status, 'created')
  assert.is(first.json.imdata[0].fvBD.attributes.arpFlood, 'yes')
  const again = await post('/api/mo/uni/tn-w/BD-bd.json?rsp-subtree=modified', body)
  assert.equal(again.json, { totalCount: '0', imdata: [] })
  const changed = await post('/api/mo/uni/tn-w/BD-bd.json?rsp-subtree=modified', {
    fvBD: { attributes: { arpFlood: 'no' } },
  })
  assert.equal(changed.json.imdata[0].fvBD.attributes, {
    arpFlood: 'no',
    dn: 'uni/tn-w/BD-bd',
    rn: '',
    status: 'modified',
  })
})

test('a status says create only, modify only or delete', async () => {
  const vrf = (name: string, status: string) => ({ fvCtx: { attributes: { name, status } } })
  assert.is((await post('/api/mo/uni/tn-w.json', vrf('s', 'created'))).status, 200)
  assert.match(
    await refusal('/api/mo/uni/tn-w.json', vrf('s', 'created')),
    /^400 103 child \(Rn\) of class fvCtx is already/,
  )
  assert.is(
    await refusal('/api/mo/uni/tn-w.json', vrf('absent', 'modified')),
    '400 102 configured object ((Dn0)) not found Dn0=uni/tn-w/ctx-absent, ',
  )
  assert.is((await post('/api/mo/uni/tn-w.json', vrf('s', 'deleted'))).status, 200)
  assert.is(await attributesOf('uni/tn-w/ctx-s'), null)
  assert.is(await attributesOf('uni/tn-w/ctx-s/any'), null)
})

test('a DELETE takes the subtree along, and of what is not there nothing', async () => {
  await post('/api/mo/uni.json', {
    fvTenant: { attributes: { name: 'gone' }, children: [{ fvAp: { attributes: { name: 'p' } } }] },
  })
  assert.is((await client.ask('DELETE', '/api/mo/uni/tn-gone.json')).status, 200)
  assert.is(await attributesOf('uni/tn-gone/ap-p'), null)
  assert.equal((await client.ask('DELETE', '/api/mo/uni/tn-gone.json')).json, { totalCount: '0', imdata: [] })
  assert.is((await client.ask('DELETE', '/api/mo/uni/tn-common.json')).status, 400)
})

test('a relation that belongs to its object is reset, not removed', async () => {
  await post('/api/mo/uni/tn-w/out-o/rsectx.json', { l3extRsEctx: { attributes: { tnFvCtxName: 'v' } } })
  const formed = await attributesOf('uni/tn-w/out-o/rsectx')
  assert.is(`${formed.state} ${formed.tDn}`, 'formed uni/tn-w/ctx-v')
  await client.ask('DELETE', '/api/mo/uni/tn-w/out-o/rsectx.json')
  assert.is((await attributesOf('uni/tn-w/out-o/rsectx')).tnFvCtxName, '')
})

test('a relation to what is not there says so', async () => {
  await post('/api/mo/uni/tn-w/BD-bd/rsctx.json', { fvRsCtx: { attributes: { tnFvCtxName: 'nowhere' } } })
  assert.is((await attributesOf('uni/tn-w/BD-bd/rsctx')).state, 'missing-target')
})

const wrong: readonly (readonly [title: string, body: unknown, answer: RegExp])[] = [
  ['an unknown class', { fvFoobar: { attributes: {} } }, /^400 122 unknown managed object class fvFoobar$/],
  [
    'an unknown attribute',
    { fvTenant: { attributes: { description: 'x' } } },
    /^400 400 unknown attribute 'description' in element 'fvTenant'$/,
  ],
  [
    'a text with forbidden characters',
    { fvTenant: { attributes: { descr: 'This is an [invalid] description' } } },
    /^400 801 property descr of uni\/tn-w failed validation for value 'This is an \[invalid\] description'$/,
  ],
  [
    'an unknown word',
    { fvTenant: { attributes: {}, children: [{ fvCtx: { attributes: { name: 'q', pcEnfPref: 'maybe' } } }] } },
    /^400 120 unknown property value maybe, name pcEnfPref, class fvCtx/,
  ],
  [
    'a number out of range',
    { fvTenant: { attributes: {}, children: [{ bgpCtxAfPol: { attributes: { name: 'q', maxEcmp: '65' } } }] } },
    /^400 801 property maxEcmp of uni\/tn-w\/bgpCtxAfP-q failed validation for value '65'$/,
  ],
  [
    'a missing name',
    { fvTenant: { attributes: {}, children: [{ fvAp: { attributes: {} } }] } },
    /^400 822 naming property \('fvAp.name'\) is not set\.$/,
  ],
  [
    'a child where it cannot be',
    { fvTenant: { attributes: {}, children: [{ bgpAsP: { attributes: { asn: '1' } } }] } },
    /^400 122 class bgpAsP cannot be contained in fvTenant/,
  ],
  [
    'children before attributes',
    '{"fvTenant":{"children":[],"attributes":{}}}',
    /^400 400 invalid data at line '1'\. Attributes are missing, tag 'attributes' must be specified first/,
  ],
  [
    'a null value',
    { fvTenant: { attributes: { descr: null } } },
    /^400 400 JSON parsing failed - incomplete attribute value/,
  ],
  ['broken JSON', '{"fvTenant":', /^400 400 JSON parsing failed/],
]

for (const [title, body, answer] of wrong) {
  test(`refused with 400: ${title}`, async () => {
    assert.match(await refusal('/api/mo/uni/tn-w.json', body), answer)
  })
}

test('an object below what does not exist is refused', async () => {
  assert.match(
    await refusal('/api/mo/uni/tn-none.json', { fvCtx: { attributes: { name: 'v' } } }),
    /^400 102 configured object/,
  )
})

test('a POST is applied whole or not at all', async () => {
  const before = JSON.stringify([...apic.objects()])
  const body = {
    fvTenant: {
      attributes: { descr: 'half' },
      children: [
        { fvCtx: { attributes: { name: 'new' } } },
        { fvCtx: { attributes: { name: 'v', status: 'deleted' } } },
        { fvCtx: { attributes: { name: 'never-there', status: 'modified' } } },
      ],
    },
  }
  assert.match(await refusal('/api/mo/uni/tn-w.json', body), /^400 102/)
  assert.equal(new Map(JSON.parse(JSON.stringify([...apic.objects()]))), new Map(JSON.parse(before)))
})

test('an APIC does not start with objects that it would refuse', async () => {
  const start = { fvTenant: { attributes: { name: 'a tenant' } } }
  const failed = await startApic({ name: 'apic2', users: {}, start }).catch((error: FailureError) => error.failure)
  assert.equal(failed, {
    code: 'invalid',
    message:
      "The APIC cannot start with these objects: property name of uni/tn-a tenant failed validation for value 'a tenant'",
    remedy: 'Correct the start objects of the lab.',
  })
})

test('whoever listens hears of each write, and of no empty one', async () => {
  const heard: string[] = []
  const stop = apic.onChange(effects => void heard.push(...effects.map(effect => `${effect.status} ${effect.dn}`)))
  const body = { fvTenant: { attributes: { descr: 'new words' } } }
  await post('/api/mo/uni/tn-w.json', body)
  await post('/api/mo/uni/tn-w.json', body)
  stop()
  await client.ask('DELETE', '/api/mo/uni/tn-w/BD-bd.json')
  assert.equal(heard, ['modified uni/tn-w'])
})

test.run()
