import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { apicText, sameValue } from '../../../src/diff/apic/values.ts'

const of = (name: string, attribute: string) => ({ class: name, attribute })

test('YAML numbers, booleans and lists become the text that the APIC holds', () => {
  assert.is(apicText(65003, of('bgpAsP', 'asn')), '65003')
  assert.is(apicText(true, of('rtctrlMatchRtDest', 'aggregate')), 'yes')
  assert.is(apicText(false, of('bgpPeerP', 'adminSt')), 'disabled')
  assert.is(apicText(true, of('l3extRsDynPathAtt', 'macChange')), 'Enabled')
  assert.is(apicText(true, of('vmmUnknown', 'thing')), 'yes')
  assert.is(apicText(['import', 'export'], of('l3extOut', 'enforceRtctrl')), 'export,import')
  assert.is(apicText('import,export', of('l3extOut', 'enforceRtctrl')), 'export,import')
  assert.is(apicText('b,a', of('fvTenant', 'descr')), 'b,a')
  assert.is(apicText(null, of('fvTenant', 'descr')), '')
})

test('the order of a bitmask means nothing, the order of a description does', () => {
  assert.ok(sameValue(of('bgpPeerP', 'ctrl'), 'as-override,dis-peer-as-check', 'dis-peer-as-check,as-override'))
  assert.not.ok(sameValue(of('bgpPeerP', 'ctrl'), 'as-override', 'dis-peer-as-check,as-override'))
  assert.not.ok(sameValue(of('fvTenant', 'descr'), 'a,b', 'b,a'))
})

test('both spellings of a boolean and of a MAC are the same value', () => {
  assert.ok(sameValue(of('fvCtx', 'bdEnforcedEnable'), 'false', 'no'))
  assert.not.ok(sameValue(of('fvCtx', 'bdEnforcedEnable'), 'true', 'no'))
  assert.not.ok(sameValue(of('fvTenant', 'descr'), 'true', 'yes'))
  assert.ok(sameValue(of('fvBD', 'mac'), '00:22:BD:F8:19:FF', '00:22:bd:f8:19:ff'))
})

test('ports and protocols are the same as number and as word', () => {
  assert.ok(sameValue(of('vzEntry', 'dFromPort'), 'https', '443'))
  assert.ok(sameValue(of('vzEntry', 'prot'), 'tcp', '6'))
  assert.not.ok(sameValue(of('vzEntry', 'dFromPort'), 'https', '80'))
  assert.ok(sameValue(of('fvTenant', 'userdom'), ':all:', 'all'))
})

test('an IPv6 address is the same in any spelling', () => {
  assert.ok(sameValue(of('l3extVirtualLIfP', 'addr'), '2001:db8::1/64', '2001:DB8:0:0::1/64'))
  assert.not.ok(sameValue(of('l3extVirtualLIfP', 'addr'), '2001:db8::1/64', '2001:db8::1/65'))
})

test('an attribute that does not come back stands for its default', () => {
  assert.ok(sameValue(of('bgpPeerP', 'ttl'), undefined, '1'))
  assert.not.ok(sameValue(of('bgpPeerP', 'ttl'), undefined, '2'))
  assert.ok(sameValue(of('fvTenant', 'descr'), undefined, ''))
})

test('a secret that reads back empty is no difference, one that reads back is', () => {
  assert.ok(sameValue(of('bgpPeerP', 'password'), undefined, 'Canary-1'))
  assert.ok(sameValue(of('bgpPeerP', 'password'), '', 'Canary-1'))
  assert.not.ok(sameValue(of('xUnknown', 'key'), 'old', 'new'))
})

test.run()
