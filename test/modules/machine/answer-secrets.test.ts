import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { cookieSecrets, secretsInAnswer } from '../../../src/modules/machine/answer-secrets.ts'

test('a login answers with a token: as data and as JSON text', () => {
  const answer = {
    imdata: [{ aaaLogin: { attributes: { token: 'Canary-1', userName: 'admin' } } }],
    access_token: 'Canary-2',
  }
  assert.equal(secretsInAnswer(answer), ['Canary-1', 'Canary-2'])
  assert.equal(secretsInAnswer(JSON.stringify(answer)), ['Canary-1', 'Canary-2'])
  assert.equal(secretsInAnswer('token: no JSON'), [])
  assert.equal(secretsInAnswer('{"token": cut'), [])
})

test('a cookie is a secret, its name and its attributes are none', () => {
  assert.equal(cookieSecrets('APIC-cookie=Canary-33; Path=/; HttpOnly, sid="Canary-44"; Secure'), [
    'Canary-33',
    'Canary-44',
  ])
  assert.equal(cookieSecrets('lang=en; Path=/'), [])
  assert.equal(cookieSecrets(undefined), [])
})

test.run()
