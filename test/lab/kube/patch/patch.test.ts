import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { podSchema } from '../../../../src/lab/kube/kinds/workload-schema.ts'
import { jsonPatch } from '../../../../src/lab/kube/patch/json-patch.ts'
import { mergePatch } from '../../../../src/lab/kube/patch/merge-patch.ts'
import { strategicPatch } from '../../../../src/lab/kube/patch/strategic-patch.ts'

const pod = {
  spec: {
    containers: [
      { name: 'a', image: '1' },
      { name: 'b', image: '2' },
    ],
  },
}

test('a merge patch removes with null and replaces lists', () => {
  assert.equal(mergePatch({ a: { b: 1, c: 2 }, d: [1] }, { a: { b: null }, d: [2], e: 3 }), {
    a: { c: 2 },
    d: [2],
    e: 3,
  })
})

test('a JSON patch adds, replaces, removes, moves, copies and tests', () => {
  const patched = jsonPatch({ a: { 'b/c': 1 }, l: [1, 2] }, [
    { op: 'test', path: '/a/b~1c', value: 1 },
    { op: 'replace', path: '/a/b~1c', value: 2 },
    { op: 'add', path: '/l/1', value: 9 },
    { op: 'add', path: '/l/-', value: 7 },
    { op: 'remove', path: '/l/0' },
    { op: 'move', from: '/a/b~1c', path: '/m' },
    { op: 'copy', from: '/m', path: '/n' },
  ])
  assert.equal(patched, { a: {}, l: [9, 2, 7], m: 2, n: 2 })
})

test('a JSON patch whose path is missing or whose test fails is refused', () => {
  assert.throws(() => jsonPatch({}, [{ op: 'replace', path: '/a', value: 1 }]), /doc is missing path: \/a/)
  assert.throws(() => jsonPatch({ a: 1 }, [{ op: 'test', path: '/a', value: 2 }]), /testing value \/a failed/)
})

test('a strategic patch merges list entries by their key', () => {
  const patched = strategicPatch(
    pod,
    {
      spec: {
        containers: [
          { name: 'b', image: '3' },
          { name: 'c', image: '4' },
        ],
      },
    },
    podSchema,
  )
  assert.equal(patched, {
    spec: {
      containers: [
        { name: 'a', image: '1' },
        { name: 'b', image: '3' },
        { name: 'c', image: '4' },
      ],
    },
  })
})

test('a strategic patch deletes, replaces and orders as its directives say', () => {
  const removed = strategicPatch(pod, { spec: { containers: [{ name: 'a', $patch: 'delete' }] } }, podSchema)
  assert.equal(removed, { spec: { containers: [{ name: 'b', image: '2' }] } })
  const replaced = strategicPatch(pod, { spec: { containers: [{ name: 'z' }, { $patch: 'replace' }] } }, podSchema)
  assert.equal(replaced, { spec: { containers: [{ name: 'z' }] } })
  const order = {
    '$setElementOrder/containers': [{ name: 'b' }, { name: 'a' }],
    containers: [{ name: 'a', image: '5' }],
  }
  assert.equal(strategicPatch(pod, { spec: order }, podSchema), {
    spec: {
      containers: [
        { name: 'b', image: '2' },
        { name: 'a', image: '5' },
      ],
    },
  })
  const live = { metadata: { finalizers: ['x', 'y'] } }
  const patch = { metadata: { '$deleteFromPrimitiveList/finalizers': ['x'], finalizers: ['z'] } }
  assert.equal(strategicPatch(live, patch, podSchema), { metadata: { finalizers: ['y', 'z'] } })
})

test.run()
