import * as fc from 'fast-check'
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { kubeLines } from '../../../src/diff/kube/lines.ts'
import { isSameObject, withoutNoise } from '../../../src/diff/kube/noise.ts'
import type { KubeObject } from '../../../src/model/kube.ts'

const object = (metadata: Record<string, unknown>, rest: Record<string, unknown> = {}): KubeObject =>
  ({ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'a', ...metadata }, ...rest }) as KubeObject

test('versions, managed fields, status and copies do not make a difference', () => {
  const annotations = { 'kubectl.kubernetes.io/last-applied-configuration': '{}' }
  const noisy = object(
    { uid: 'u', generation: 3, managedFields: [], creationTimestamp: 'x', annotations },
    { status: {} },
  )
  assert.ok(isSameObject(noisy, object({})))
  assert.equal(withoutNoise(noisy), object({}))
})

test('labels, other annotations and data do', () => {
  assert.not.ok(isSameObject(object({ labels: { a: '1' } }), object({})))
  assert.not.ok(isSameObject(object({ annotations: { a: '1' } }), object({})))
  assert.not.ok(isSameObject(object({}, { data: { a: '1' } }), object({})))
})

test('objects show no lines exactly where they are the same', () => {
  const spec = fc.jsonValue({ maxDepth: 4 })
  fc.assert(
    fc.property(spec, spec, (one, other) => {
      const [before, after] = [object({}, { spec: one }), object({}, { spec: other })]
      // JSON knows no difference between 0 and -0.
      const [a, b] = [JSON.parse(JSON.stringify(before)), JSON.parse(JSON.stringify(after))] as [KubeObject, KubeObject]
      return isSameObject(a, b) === (kubeLines(a, b).length === 0)
    }),
  )
})

test.run()
