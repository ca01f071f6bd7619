import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { readTree, wantedObjects } from '../../../src/diff/apic/objects.ts'

test('the pleasant form and the form of the APIC declare the same objects', () => {
  const pleasant = {
    fvTenant: {
      name: 'k8s',
      fvCtx: [{ name: 'a', fvRsBgpCtxPol: { tnBgpCtxPolName: 'fast' } }, { name: 'b' }],
      l3extOut: { name: 'o', bgpExtP: {}, enforceRtctrl: ['import', 'export'] },
    },
  }
  const exported = {
    totalCount: '1',
    imdata: [
      {
        fvTenant: {
          attributes: { dn: 'uni/tn-k8s', name: 'k8s', modTs: '2026-01-01', childAction: '' },
          children: [
            {
              fvCtx: {
                attributes: { name: 'a' },
                children: [{ fvRsBgpCtxPol: { attributes: { tnBgpCtxPolName: 'fast' } } }],
              },
            },
            { fvCtx: { attributes: { rn: 'ctx-b' } } },
            { l3extOut: { attributes: { name: 'o', enforceRtctrl: 'import,export' }, children: [{ bgpExtP: {} }] } },
          ],
        },
      },
    ],
  }
  const plain = (tree: Parameters<typeof wantedObjects>[0]) =>
    wantedObjects(tree, 'uni').map(({ path: _, ...rest }) => rest)
  assert.equal(plain(exported), plain(pleasant))
  assert.equal(
    plain(pleasant).map(object => object.dn),
    [
      'uni/tn-k8s',
      'uni/tn-k8s/ctx-a',
      'uni/tn-k8s/ctx-a/rsbgpCtxPol',
      'uni/tn-k8s/ctx-b',
      'uni/tn-k8s/out-o',
      'uni/tn-k8s/out-o/bgpExtP',
    ],
  )
})

test('a body posted to its own dn is the object at that dn', () => {
  const [object] = wantedObjects({ fvTenant: { attributes: { descr: 'x' } } }, 'uni/tn-k8s')
  assert.is(object?.dn, 'uni/tn-k8s')
  assert.equal(object?.attributes, { name: 'k8s', descr: 'x' })
  assert.is(wantedObjects({ fvTenant: { name: 'k8s' } }, 'uni/tn-k8s')[0]?.dn, 'uni/tn-k8s')
})

test('containers that every APIC has only lead to what is in them', () => {
  const tree = {
    polUni: {
      attributes: {},
      children: [{ infraInfra: { children: [{ infraAttEntityP: { attributes: { name: 'a' } } }] } }],
    },
  }
  assert.equal(
    wantedObjects(tree, 'uni').map(object => object.dn),
    ['uni/infra/attentp-a'],
  )
})

test('a class that weft does not know works with an rn', () => {
  const [object] = wantedObjects({ snmpPol: { rn: 'snmppol-x', adminSt: 'enabled' } }, 'uni/fabric')
  assert.equal(
    { dn: object?.dn, attributes: object?.attributes },
    { dn: 'uni/fabric/snmppol-x', attributes: { adminSt: 'enabled' } },
  )
})

test('mistakes are found all at once, each with its path', () => {
  const { mistakes } = readTree(
    { fvCtx: [{ descr: 'nameless' }], fooBar: { name: 'a' }, fvBD: 'text', vzFilter: { name: 'f', descr: { a: 1 } } },
    'uni/tn-a',
  )
  assert.equal(
    mistakes.map(({ path }) => path.join('.')),
    ['fvBD', 'fvCtx.0', 'fooBar', 'vzFilter.descr'],
  )
  assert.match(mistakes[1]?.message ?? '', 'needs name')
  assert.match(mistakes[2]?.message ?? '', 'give a dn or an rn')
})

test('an object declared twice is one, unless the two contradict', () => {
  const twice = wantedObjects(
    [{ fvCtx: { name: 'a', descr: 'x' } }, { fvCtx: { name: 'a', knwMcastAct: 'deny' } }],
    'uni/tn-a',
  )
  assert.equal(
    twice.map(object => object.attributes),
    [{ name: 'a', descr: 'x', knwMcastAct: 'deny' }],
  )
  assert.throws(
    () =>
      wantedObjects(
        {
          fvCtx: [
            { name: 'a', descr: 'x' },
            { name: 'a', descr: 'y' },
          ],
        },
        'uni/tn-a',
      ),
    /two values of descr/,
  )
})

test.run()
