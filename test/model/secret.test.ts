import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { isSecret } from '../../src/model/secret.ts'

test('a value is a secret by its name, text or number', () => {
  for (const name of ['bgp_password', 'ansible_ssh_pass', 'api_key', 'aws_secret_key', 'tokens', 'weft_passphrase']) {
    assert.ok(isSecret(name, 'x'), name)
  }
  assert.ok(isSecret('snmp_secret', 4711))
})

test('a private key is a secret whatever its name', () => {
  assert.ok(isSecret('note', '-----BEGIN OPENSSH PRIVATE KEY-----\nb3Bl'))
})

test('where a secret is, a template that fetches one, and other names are no secrets', () => {
  assert.not(isSecret('ansible_private_key_file', '/home/ops/.ssh/id'))
  assert.not(isSecret('bgp_password', "{{ lookup('env', 'X') }}"))
  assert.not(isSecret('passive', 'yes'))
})

test.run()
