import * as fc from 'fast-check'
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { stageApic } from '../../../src/diff/apic/change.ts'
import { diffAbsent, diffExact, diffPresent } from '../../../src/diff/apic/diff.ts'
import { wantedObjects } from '../../../src/diff/apic/objects.ts'
import type { ApicObject } from '../../../src/model/apic.ts'
import { differences, differs, inverse } from '../../../src/model/managed.ts'
import { apicObjects, treeDifferences, treeOf, wantedOf } from '../../support/apic-trees.ts'

test('after a plan is applied, the next plan is empty', () => {
  fc.assert(
    fc.property(apicObjects, apicObjects, (live, wanted) => {
      const wish = { live: treeOf(live), wanted: wantedOf(wanted) }
      const staged = stageApic(wish.live, diffPresent(wish))
      assert.equal(differences(diffPresent({ ...wish, live: staged })), [])
    }),
  )
})

test('exact leaves nothing of the listed classes that is not declared, and is stable', () => {
  const classes = new Set(['fvCtx', 'rtctrlSubjP', 'rtctrlMatchRtDest', 'l3extOut', 'l3extLNodeP', 'bgpPeerP'])
  fc.assert(
    fc.property(apicObjects, apicObjects, (live, wanted) => {
      const wish = { live: treeOf(live), wanted: wantedOf(wanted) }
      const staged = stageApic(wish.live, diffExact(wish, classes, []))
      const declared = new Set(wanted.map(object => object.dn))
      const tenants = new Set(wanted.filter(object => object.class === 'fvTenant').map(object => object.dn))
      for (const object of staged.values()) {
        const tenant = object.dn.split('/').slice(0, 2).join('/')
        if (tenants.has(tenant)) assert.ok(declared.has(object.dn), `${object.dn} is left`)
      }
      assert.equal(differences(diffExact({ ...wish, live: staged }, classes, [])), [])
    }),
  )
})

test('undoing what was applied gives the tree back', () => {
  fc.assert(
    fc.property(apicObjects, apicObjects, (live, wanted) => {
      const wish = { live: treeOf(live), wanted: wantedOf(wanted) }
      const changes = differences(diffExact(wish, new Set(['fvCtx', 'l3extOut', 'rtctrlMatchRtDest']), []))
      const undone = stageApic(stageApic(wish.live, changes), inverse(changes))
      assert.equal(treeDifferences(wish.live, undone), [])
    }),
  )
})

test('a plan does not touch what it is given', () => {
  const live = treeOf([{ dn: 'uni/tn-a', class: 'fvTenant', attributes: Object.freeze({ name: 'a', descr: 'x' }) }])
  const wanted = Object.freeze(wantedObjects({ fvTenant: { name: 'a', descr: 'y' } }, 'uni'))
  const first = diffPresent({ live, wanted })
  assert.equal(first, diffPresent({ live, wanted }))
  assert.is(live.get('uni/tn-a')?.attributes.descr, 'x')
})

const peer: ApicObject = {
  dn: 'uni/tn-a/out-o/lnodep-n/peerP-[10.0.0.0/24]',
  class: 'bgpPeerP',
  attributes: { addr: '10.0.0.0/24', ttl: '1' },
}
const wantedPeer = (attributes: Record<string, string>) =>
  wantedObjects({ bgpPeerP: { addr: '10.0.0.0/24', ...attributes } }, 'uni/tn-a/out-o/lnodep-n')

test('a password that nobody can read is left alone unless it is forced', () => {
  const wish = { live: treeOf([peer]), wanted: wantedPeer({ password: 'Canary-1' }) }
  assert.equal(differences(diffPresent(wish)), [])
  const [change] = diffPresent({ ...wish, forceSecrets: true })
  assert.equal(change?.after?.attributes, { password: 'Canary-1' })
  assert.match(change?.oneWay ?? '', 'password')
})

test('what drops a session says so, and what cannot come back says so', () => {
  const [changed] = diffPresent({ live: treeOf([peer]), wanted: wantedPeer({ ttl: '2' }) })
  assert.match(changed?.disrupts ?? '', 'BGP session')
  assert.equal(changed?.before?.attributes, { ttl: '1' })
  const [gone] = diffAbsent(treeOf([peer]), [peer.dn])
  assert.match(gone?.disrupts ?? '', 'BGP sessions')
  assert.match(gone?.oneWay ?? '', 'password')
  assert.is(diffPresent({ live: treeOf([]), wanted: wantedPeer({}) })[0]?.disrupts, undefined)
})

test('a deletion takes everything below along, deepest first, and absent is fine', () => {
  const below = [
    { dn: 'uni/tn-a', class: 'fvTenant', attributes: {} },
    { dn: 'uni/tn-a/ctx-b', class: 'fvCtx', attributes: {} },
  ]
  assert.equal(
    diffAbsent(treeOf(below), ['uni/tn-a']).map(change => change.id),
    ['apic:uni/tn-a/ctx-b', 'apic:uni/tn-a'],
  )
  assert.equal(diffAbsent(treeOf([]), ['uni/tn-a']), [{ id: 'apic:uni/tn-a', before: null, after: null }])
})

test('a relation that the APIC keeps by itself is not deleted for being empty', () => {
  const relation = { dn: 'uni/tn-a/out-o/rsectx', class: 'l3extRsEctx', attributes: { tnFvCtxName: '' } }
  assert.equal(differences(diffAbsent(treeOf([relation]), [relation.dn])), [])
  const bound = { ...relation, attributes: { tnFvCtxName: 'vrf' } }
  assert.is(diffAbsent(treeOf([bound]), [bound.dn]).length, 1)
})

test('an IPv6 peer is found in the spelling of the APIC', () => {
  const live = {
    ...peer,
    dn: 'uni/tn-a/out-o/lnodep-n/peerP-[2001:db8::/64]',
    attributes: { addr: '2001:db8::/64', ttl: '1' },
  }
  const wanted = wantedObjects({ bgpPeerP: { addr: '2001:DB8:0::/64', ttl: 2 } }, 'uni/tn-a/out-o/lnodep-n')
  const [change] = diffPresent({ live: treeOf([live]), wanted })
  assert.is(change?.id, `apic:${live.dn}`)
  assert.equal(change?.after?.attributes, { ttl: '2' })
})

test('all that is wanted is named, in sync or not, each once, and what is in sync is one value on both sides', () => {
  const classes = new Set(['fvCtx', 'rtctrlSubjP', 'rtctrlMatchRtDest', 'l3extOut', 'l3extLNodeP', 'bgpPeerP'])
  fc.assert(
    fc.property(apicObjects, apicObjects, fc.boolean(), (live, wanted, exactly) => {
      const wish = { live: treeOf(live), wanted: wantedOf(wanted) }
      const managed = exactly ? diffExact(wish, classes, []) : diffPresent(wish)
      const ids = managed.map(({ id }) => id)
      assert.is(new Set(ids).size, ids.length, 'ids are unique')
      for (const { dn } of wanted) assert.ok(ids.includes(`apic:${dn}`), `${dn} is named`)
      for (const each of managed) if (!differs(each)) assert.ok(each.before === each.after, each.id)
      const left = new Set(managed.filter(({ after }) => after !== null).map(({ id }) => id))
      const staged = stageApic(wish.live, differences(managed))
      const again = exactly ? diffExact({ ...wish, live: staged }, classes, []) : diffPresent({ ...wish, live: staged })
      assert.equal(new Set(again.map(({ id }) => id)), left)
    }),
  )
})

test('an undeclared object is not deleted for holding one that is declared', () => {
  const live = treeOf([
    { dn: 'uni/tn-a', class: 'fvTenant', attributes: { name: 'a' } },
    { dn: 'uni/tn-a/subj-r', class: 'rtctrlSubjP', attributes: { name: 'r' } },
    { dn: 'uni/tn-a/subj-r/dest-[10.0.0.0/8]', class: 'rtctrlMatchRtDest', attributes: { ip: '10.0.0.0/8' } },
  ])
  const tree = [{ fvTenant: { name: 'a' } }, { rtctrlMatchRtDest: { dn: 'uni/tn-a/subj-r/dest-[10.0.0.0/8]' } }]
  const managed = diffExact({ live, wanted: wantedObjects(tree, 'uni') }, new Set(['rtctrlSubjP']), [])
  assert.equal(differences(managed), [])
})

test('what is declared below an object that is to be deleted is a mistake in the playbook', () => {
  const tree = [
    { fvCtx: { dn: 'uni/tn-a/ctx-b', status: 'deleted' } },
    { bgpRtTargetP: { dn: 'uni/tn-a/ctx-b/rtp-x' } },
  ]
  assert.throws(
    () => diffPresent({ live: treeOf([]), wanted: wantedObjects(tree, 'uni') }),
    /which holds it, is declared/,
  )
})

test('an IPv6 address has one spelling in dns and naming attributes, whatever the playbook writes', () => {
  const spellings = ['2001:DB8:0:0::/64', '2001:db8::/64', '2001:0db8:0000::/64']
  const found = spellings.map(addr => wantedObjects({ bgpPeerP: { addr } }, 'uni/tn-a/out-o/lnodep-n')[0])
  for (const each of found) {
    assert.is(each?.dn, 'uni/tn-a/out-o/lnodep-n/peerP-[2001:db8::/64]')
    assert.is(each?.attributes.addr, '2001:db8::/64')
  }
  assert.is(
    wantedObjects(
      spellings.map(addr => ({ bgpPeerP: { addr } })),
      'uni/tn-a/out-o/lnodep-n',
    ).length,
    1,
  )
})

test('an object of another class at the same dn is a mistake in the playbook', () => {
  const wanted = wantedObjects({ fvCtx: { dn: 'uni/tn-a/BD-b' } }, 'uni')
  const live = treeOf([{ dn: 'uni/tn-a/BD-b', class: 'fvBD', attributes: {} }])
  assert.throws(() => diffPresent({ live, wanted }), /declared as fvCtx, but the APIC has a fvBD/)
})

test.run()
