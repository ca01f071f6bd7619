import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { isSecret } from '../../src/model/secret.ts'

test('a value is a secret by its name, text or number, however the name is written', () => {
  const names =
    'bgp_password ansible_ssh_pass api_key aws_secret_key tokens weft_passphrase PASSWORD API_TOKEN apiToken clientSecret rr-password X-Auth-Token password2 vault_password_old tacacs_key snmp_community ro_community enable_secret pre_shared_key'
  for (const name of names.split(' ')) assert.ok(isSecret(name, 'x'), name)
  assert.ok(isSecret('snmp_secret', 4711))
})

test('a private key is a secret whatever its name', () => {
  assert.ok(isSecret('note', '-----BEGIN OPENSSH PRIVATE KEY-----\nb3Bl'))
})

test('where a secret is, a template that fetches one, switches and other names are no secrets', () => {
  const names =
    'ansible_private_key_file secretName secret_name token_ttl password_length update_password use_token passive compass key_chain host_key public_key sort_key community bgp_community shopping keys'
  for (const name of names.split(' ')) assert.not(isSecret(name, 'words'), name)
  assert.not(isSecret('bgp_password', "{{ lookup('env', 'X') }}"))
  for (const value of ['yes', 'true', 'always', '']) assert.not(isSecret('password', value), value)
})

test.run()
