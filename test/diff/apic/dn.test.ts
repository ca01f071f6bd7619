import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { canonicalDn, commonDn, isWithin, lastRn, parentDn, splitDn } from '../../../src/diff/apic/dn.ts'

const path =
  'uni/tn-a/out-b/lnodep-c/lifp-d/rspathL3OutAtt-[topology/pod-1/paths-101/pathep-[eth1/1]]/peerP-[10.0.0.0/24]'

test('a dn is split outside of brackets only', () => {
  assert.equal(splitDn(path).slice(5), [
    'rspathL3OutAtt-[topology/pod-1/paths-101/pathep-[eth1/1]]',
    'peerP-[10.0.0.0/24]',
  ])
  assert.is(splitDn(path).join('/'), path)
  assert.equal(splitDn(''), [])
})

test('parent and last rn put together are the dn', () => {
  assert.is(`${parentDn(path)}/${lastRn(path)}`, path)
  assert.is(lastRn(path), 'peerP-[10.0.0.0/24]')
  assert.is(parentDn('uni'), '')
})

test('a name that merely begins alike is not within', () => {
  assert.ok(isWithin('uni/tn-a/BD-b', 'uni/tn-a'))
  assert.ok(isWithin('uni/tn-a', 'uni/tn-a'))
  assert.not.ok(isWithin('uni/tn-ab', 'uni/tn-a'))
})

test('the common dn is the deepest above all', () => {
  assert.is(commonDn(['uni/tn-a/BD-b', 'uni/tn-a/ctx-c', 'uni/tn-a/BD-b/rsctx']), 'uni/tn-a')
  assert.is(commonDn(['uni/tn-a', 'uni/infra/x']), 'uni')
  assert.is(commonDn(['uni/tn-a/x']), 'uni/tn-a/x')
})

test('IPv6 addresses in a dn have one spelling', () => {
  assert.is(canonicalDn('a/peerP-[2001:DB8:0:0::1/64]'), canonicalDn('a/peerP-[2001:db8::1/64]'))
  assert.is(canonicalDn(path), path)
})

test.run()
