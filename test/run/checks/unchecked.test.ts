import { test } from 'uvu'
import * as assert from 'uvu/assert'
import type { Endpoint } from '../../../src/model/host.ts'
import { uncheckedOf } from '../../../src/run/checks/unchecked.ts'

const leaf: Endpoint = { host: 'leaf-a', platform: 'nxos', address: '192.0.2.1' }
const apic: Endpoint = { host: 'apic-1', platform: 'apic', address: '192.0.2.2', tls: { verify: true } }

test('what is checked, or leaves checking to others, is not warned about', () => {
  for (const endpoint of [leaf, apic, { ...leaf, hostKeyChecking: 'first-use' as const, tls: { verify: false } }])
    assert.is(uncheckedOf(endpoint), null)
})

test('a switch, an APIC and a jump host on the way that could be anyone are', () => {
  const unknown = { ...leaf, hostKeyChecking: 'no' as const }
  assert.match(uncheckedOf(unknown)?.reason ?? '', 'Host keys')
  assert.match(uncheckedOf({ ...apic, tls: { verify: false } })?.reason ?? '', 'Certificates')
  assert.match(uncheckedOf({ ...leaf, jump: unknown })?.reason ?? '', 'Host keys')
})

test.run()
