import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { fingerprintsOf } from '../../../src/run/plan/fingerprint.ts'

const SALT = 'a0'

test('a short secret is left out where it stands by itself, not within other words', () => {
  const shown = fingerprintsOf(['ab1'], SALT)('snmp-server community ab1 group cab1e')
  assert.match(shown, /^snmp-server community \{secret \w{12}\} group cab1e$/)
})

test('one of a digit or two is left out behind a name that announces it, and as a whole text', () => {
  const fingerprinted = fingerprintsOf(['7'], SALT)
  assert.match(fingerprinted('password 7'), /^password \{secret \w+\}$/)
  assert.match(fingerprinted('7'), /^\{secret \w+\}$/)
  assert.is(fingerprinted('interface Vlan7 area 7'), 'interface Vlan7 area 7')
})

test('the same inputs make the same fingerprints, another salt or secret others', () => {
  const of = (secrets: string[], salt: string) => fingerprintsOf(secrets, salt)('x ab1 y')
  assert.is(of(['ab1', 'long-secret'], SALT), of(['long-secret', 'ab1'], SALT))
  assert.is.not(of(['ab1'], SALT), of(['ab1'], 'b1'))
})

test('a hidden content keeps the names of its resources and nothing else, and differs where the content does', () => {
  const content = (text: string) => ({
    differences: [{ id: 'file:/etc/x', before: null, after: { content: text } }],
    commands: [{ place: '/etc/x', file: { content: text } }],
  })
  const { whole } = fingerprintsOf([], SALT)
  const one = whole(content('one'))
  assert.is(one.differences[0]?.id, 'file:/etc/x')
  assert.is(one.differences[0]?.before, null)
  assert.not.match(JSON.stringify(one), /one/)
  assert.equal(one, whole(content('one')))
  assert.is.not(JSON.stringify(one), JSON.stringify(whole(content('two'))))
})

test.run()
