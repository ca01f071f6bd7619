import * as fc from 'fast-check'
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { asNumber, covers, networkOf, nthSubnet } from '../../../src/lab/bgp/address.ts'
import { passes, readPrefixRule } from '../../../src/lab/bgp/prefix-filter.ts'

test('a prefix covers its addresses and longer prefixes, of its own family only', () => {
  assert.ok(covers('10.0.0.0/8', '10.200.0.0/16'))
  assert.not.ok(covers('10.0.0.0/16', '10.0.0.0/8'))
  assert.ok(covers('2001:db8::/32', '2001:db8:1::1'))
  assert.not.ok(covers('0.0.0.0/0', '::1'))
  assert.ok(covers('0.0.0.0/0', '203.0.113.9'))
  assert.is(networkOf('192.168.1.77/26'), '192.168.1.64/26')
})

test('the nth subnet lies within its prefix and differs from every other', () => {
  const lengths = fc.tuple(fc.integer({ min: 0, max: 1000 }), fc.integer({ min: 0, max: 1000 }))
  fc.assert(
    fc.property(lengths, ([first, second]) => {
      const [one, other] = [nthSubnet('10.244.0.0/16', 26, first), nthSubnet('10.244.0.0/16', 26, second)]
      assert.ok(one && other && covers('10.244.0.0/16', one))
      assert.is(one === other, first === second)
    }),
  )
  assert.is(nthSubnet('10.244.0.0/16', 26, 1024), null)
  assert.is(nthSubnet('2001:db8:244::/48', 122, 2), '2001:db8:244::80/122')
})

test('an AS number is read plain and as asdot', () => {
  assert.equal(
    [asNumber('65531'), asNumber('1.10'), asNumber(64512), asNumber('x'), asNumber('')],
    [65531, 65546, 64512, null, null],
  )
})

test('a prefix list is read with its bounds', () => {
  const rules = ['deny 10.9.0.0/16 le 32', 'permit 10.0.0.0/8 ge 24 le 26', 'permit 192.0.2.0/24']
  const filter = rules.flatMap(rule => readPrefixRule(rule.split(' ')) ?? [])
  assert.ok(passes(filter, '10.1.1.0/26'))
  assert.not.ok(passes(filter, '10.1.0.0/16'))
  assert.not.ok(passes(filter, '10.9.1.0/26'))
  assert.ok(passes(filter, '192.0.2.0/24'))
  assert.not.ok(passes(filter, '192.0.2.0/25'))
})

test.run()
