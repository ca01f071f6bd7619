import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { isNamespaced } from '../../src/model/kube-kind.ts'
import { keyOf, refOf, titleOf } from '../../src/model/kube-name.ts'

const ref = (apiVersion: string, kind: string, namespace?: string) => ({
  apiVersion,
  kind,
  name: 'a',
  ...(namespace === undefined ? {} : { namespace }),
})

test('an object is the same with and without the default namespace, and in every version of its group', () => {
  assert.is(keyOf(ref('v1', 'ConfigMap'), 'shop'), keyOf(ref('v1', 'ConfigMap', 'shop'), 'shop'))
  assert.is.not(keyOf(ref('v1', 'ConfigMap'), 'shop'), keyOf(ref('v1', 'ConfigMap', 'default'), 'shop'))
  assert.is(keyOf(ref('apps/v1', 'Deployment'), 'shop'), keyOf(ref('apps/v1beta2', 'Deployment'), 'shop'))
})

test('two kinds of one name are two objects when their groups are two', () => {
  const kinds = ['networking.k8s.io/v1', 'projectcalico.org/v3'].map(group => ref(group, 'NetworkPolicy', 'shop'))
  assert.is(new Set(kinds.map(each => keyOf(each, 'default'))).size, 2)
})

test('a namespace that a task gives to everything is no part of what no namespace holds', () => {
  for (const [group, kind] of [
    ['v1', 'Namespace'],
    ['rbac.authorization.k8s.io/v1', 'ClusterRole'],
    ['projectcalico.org/v3', 'BGPPeer'],
    ['cilium.io/v2', 'CiliumBGPClusterConfig'],
  ] as const) {
    assert.is(keyOf(ref(group, kind, 'shop'), 'default'), keyOf(ref(group, kind), 'default'), kind)
  }
})

test('only the cluster can tell whether a namespace holds a kind of a group that weft does not know', () => {
  assert.is(isNamespaced({ apiVersion: 'example.org/v1', kind: 'Widget' }), undefined)
  assert.is(isNamespaced({ apiVersion: 'v1', kind: 'Secret' }), true)
})

test('a title leaves out a namespace that is not there', () => {
  assert.is(titleOf(ref('v1', 'Secret', 'shop')), 'Secret/shop/a')
  assert.is(titleOf(refOf({ apiVersion: 'v1', kind: 'Node', metadata: { name: 'a' } })), 'Node/a')
})

test.run()
