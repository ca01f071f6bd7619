import * as fc from 'fast-check'
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { classes } from '../../../src/lab/apic/classes/index.ts'
import { lastRn, makeRn, namingOf, parentDn, readRn, splitDn } from '../../../src/lab/apic/dn.ts'
import { canonicalDn, resolveDn } from '../../../src/lab/apic/resolve.ts'

test('a slash within brackets does not split, however deep', () => {
  const dn =
    'uni/tn-a/out-b/lnodep-c/lifp-d/rspathL3OutAtt-[topology/pod-1/paths-101/pathep-[eth1/1]]/peerP-[10.0.0.0/24]'
  assert.is(splitDn(dn).length, 7)
  assert.is(lastRn(dn), 'peerP-[10.0.0.0/24]')
  assert.is(lastRn(parentDn(dn)), 'rspathL3OutAtt-[topology/pod-1/paths-101/pathep-[eth1/1]]')
  assert.equal(resolveDn(dn), { class: 'bgpPeerP', naming: { addr: '10.0.0.0/24' } })
})

test('every relative name reads back to the values that it was made from', () => {
  const name = fc.stringMatching(/^[a-z0-9][a-z0-9_.]{0,8}$/)
  for (const [, { rn }] of classes) {
    fc.assert(
      fc.property(fc.array(name, { minLength: 4, maxLength: 4 }), values => {
        const naming = Object.fromEntries(namingOf(rn).map((key, index) => [key, values[index] ?? '']))
        assert.equal(readRn(rn, makeRn(rn, naming)), naming)
      }),
      { numRuns: 20 },
    )
  }
})

test('the same prefix of two classes is told apart by where it stands', () => {
  assert.is(resolveDn('uni/tn-a/subj-b')?.class, 'rtctrlSubjP')
  assert.is(resolveDn('uni/tn-a/brc-c/subj-b')?.class, 'vzSubj')
  assert.is(resolveDn('uni/tn-a/prof-p/ctx-b')?.class, 'rtctrlCtxP')
  assert.is(resolveDn('uni/nowhere-a'), null)
})

test('brackets that a format does not have are left out, others stay', () => {
  assert.is(canonicalDn('uni/tn-[a]/out-[b]/instP-[c]'), 'uni/tn-a/out-b/instP-c')
  assert.is(
    canonicalDn('uni/tn-a/out-b/instP-c/extsubnet-[10.0.0.0/8]'),
    'uni/tn-a/out-b/instP-c/extsubnet-[10.0.0.0/8]',
  )
  assert.is(canonicalDn('sys/else-[x]'), 'sys/else-[x]')
})

test.run()
