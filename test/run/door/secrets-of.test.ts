import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { secretsOf } from '../../../src/run/door/secrets-of.ts'

const CANARY = '5c2f8b1d9e7a4c63'

test('both sides of a line count, what is below it, and the contexts above', () => {
  const line = { parents: ['router bgp 65102', 'neighbor 192.0.2.9'], line: `password 3 ${CANARY}` }
  const context = {
    parents: ['router bgp 65102'],
    line: 'neighbor 192.0.2.9',
    children: [{ line: `password 3 ${CANARY}`, children: [] }],
  }
  for (const value of [line, context]) {
    for (const sides of [
      { before: value, after: null },
      { before: null, after: value },
    ])
      assert.equal(secretsOf({ kind: 'nxos', differences: [{ id: 'cli:x', ...sides }], commands: [] }), [CANARY])
  }
})

test('a user and password in a typed command count', () => {
  const commands = [{ exec: `copy scp://admin:${CANARY}@192.0.2.1/x bootflash:` }]
  assert.equal(secretsOf({ kind: 'nxos', differences: [], commands }), [CANARY])
})

test('saving holds none', () => {
  const differences = [{ id: 'save:startup-config', before: { startup: 'behind' }, after: { startup: 'saved' } }]
  assert.equal(secretsOf({ kind: 'nxos', differences, commands: [{ save: true }] }), [])
})

test('secret attributes of an APIC object count, others do not', () => {
  const after = { class: 'bgpPeerP', attributes: { addr: '192.0.2.9', password: CANARY } }
  assert.equal(secretsOf({ kind: 'apic', differences: [{ id: 'uni/x', before: null, after }], commands: [] }), [CANARY])
})

test('what a live Secret held counts, as it stands and decoded', () => {
  const data = { password: Buffer.from(CANARY).toString('base64') }
  const before = { object: { apiVersion: 'v1', kind: 'Secret', metadata: { name: 'bgp' }, data } }
  const found = secretsOf({ kind: 'kube', differences: [{ id: 'Secret/bgp', before, after: null }], commands: [] })
  assert.equal(found.toSorted(), [CANARY, data.password].toSorted())
})

test.run()
