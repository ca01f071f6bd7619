import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { endpointOf, platformOf } from '../../src/connection/endpoint.ts'
import { toFailure } from '../../src/model/failure.ts'
import type { Variables } from '../../src/model/value.ts'

const nxos = (variables: Variables, overrides?: Variables) => endpointOf('leaf-a', variables, 'nxos', overrides)
const failure = (make: () => unknown) => {
  try {
    make()
  } catch (error) {
    return toFailure(error)
  }
  throw new Error('nothing was thrown')
}

test('Ansible names and weft names lead to the same endpoint, weft names first', () => {
  const ansible = { ansible_host: '192.0.2.1', ansible_port: '2222', ansible_ssh_user: 'a', ansible_ssh_pass: 'p' }
  const own = { weft_host: '192.0.2.1', weft_port: 2222, weft_user: 'a', weft_password: 'p' }
  assert.equal(nxos(ansible), nxos(own))
  assert.is(nxos({ ...ansible, weft_host: '192.0.2.9' }).address, '192.0.2.9')
  assert.is(nxos({}).address, 'leaf-a')
})

test('connection arguments of a task win over the host', () => {
  assert.is(nxos({ ansible_user: 'a' }, { ansible_user: 'b' }).user, 'b')
})

test('a jump host is read from every form that people write', () => {
  const forms: Variables[] = [
    { weft_jump: 'ops@192.0.2.9:2200' },
    { weft_jump: { host: '192.0.2.9', user: 'ops', port: 2200 } },
    { ansible_ssh_common_args: '-o ProxyJump=ops@192.0.2.9:2200' },
    { ansible_ssh_common_args: '-Jops@192.0.2.9:2200' },
    { ansible_ssh_common_args: '-oProxyJump=ops@192.0.2.9:2200 -i /keys/my-jump/id' },
    { ansible_ssh_common_args: '-o "proxyjump ops@192.0.2.9:2200"' },
    { ansible_ssh_common_args: '-J ops@192.0.2.9:2200 -o StrictHostKeyChecking=yes' },
    { ansible_ssh_common_args: '-o ProxyCommand="ssh -W %h:%p -q -p 2200 ops@192.0.2.9"' },
    { ansible_ssh_common_args: "-o ProxyCommand='ssh -p 2200 -l ops -W %h:%p 192.0.2.9'" },
  ]
  for (const form of forms) {
    const { jump } = nxos(form)
    assert.equal([jump?.address, jump?.port, jump?.user], ['192.0.2.9', 2200, 'ops'], JSON.stringify(form))
  }
})

test('a jump host is checked as strictly as the device behind it', () => {
  assert.is(nxos({ weft_jump: 'one', ansible_host_key_checking: false }).jump?.hostKeyChecking, 'no')
  assert.is(nxos({ weft_jump: 'one' }).jump?.hostKeyChecking, undefined)
})

test('letters of a path, a name or another option are no jump host', () => {
  const none = ['-i /keys/my-jump/id', '-i /tmp/k-JYsX/id', '-o IdentityFile=/a-Jb', '-o "SetEnv=ProxyJump=x"', '-4 -C']
  for (const args of none) assert.is(nxos({ ansible_ssh_common_args: args }).jump, undefined, args)
})

test('several jump hosts are a chain', () => {
  const { jump } = nxos({ weft_jump: 'a@one,b@two:22' })
  assert.equal([jump?.address, jump?.jump?.address, jump?.jump?.jump], ['two', 'one', undefined])
})

test('a proxy command that weft cannot follow is refused, not gone around, and says no password', () => {
  const refused = failure(() => nxos({ ansible_ssh_common_args: '-o ProxyCommand="nc -x proxy %h %p"' }))
  assert.is(refused.code, 'invalid')
  assert.match(refused.message, /ProxyCommand/)
})

test('host key settings of Ansible, OpenSSH and weft are understood', () => {
  assert.is(nxos({ ansible_host_key_checking: false }).hostKeyChecking, 'no')
  assert.is(nxos({ ansible_ssh_common_args: '-o StrictHostKeyChecking=accept-new' }).hostKeyChecking, 'first-use')
  assert.is(nxos({ weft_host_keys: 'first-use' }).hostKeyChecking, 'first-use')
  assert.is(nxos({}).hostKeyChecking, undefined)
  assert.match(failure(() => nxos({ weft_host_keys: 'maybe' })).remedy ?? '', /yes, first-use, no/)
})

test('an APIC endpoint has TLS that is checked unless told otherwise', () => {
  assert.equal(endpointOf('apic', {}, 'apic').tls, { verify: true })
  const loose = { ansible_httpapi_validate_certs: 'no', weft_ca: '/ca.pem', ansible_httpapi_port: 8443 }
  const endpoint = endpointOf('apic', loose, 'apic')
  assert.equal([endpoint.tls, endpoint.port], [{ verify: false, caFile: '/ca.pem' }, 8443])
})

test('a value of the wrong type names the variable', () => {
  assert.match(failure(() => nxos({ ansible_port: 'ssh' })).message, /ansible_port of leaf-a must be a number/)
})

test('the platform is what the inventory says', () => {
  assert.is(platformOf('a', { ansible_network_os: 'cisco.nxos.nxos', ansible_connection: 'network_cli' }), 'nxos')
  assert.is(platformOf('a', { ansible_connection: 'local' }), 'local')
  assert.is(platformOf('a', {}), undefined)
  assert.is(failure(() => platformOf('a', { weft_platform: 'junos' })).code, 'invalid')
})

test.run()
