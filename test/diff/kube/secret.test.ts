import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { maskedPair, secretValuesOf } from '../../../src/diff/kube/secret.ts'
import type { KubeObject } from '../../../src/model/kube.ts'

const secret = (rest: Record<string, unknown>): KubeObject =>
  ({ apiVersion: 'v1', kind: 'Secret', metadata: { name: 's' }, ...rest }) as KubeObject

test('values count in both forms, as written and in base64', () => {
  assert.equal(secretValuesOf(secret({ data: { a: 'c2VjcmV0LTE=' } })).toSorted(), ['c2VjcmV0LTE=', 'secret-1'])
  assert.equal(secretValuesOf(secret({ stringData: { a: 'secret-1!' } })), ['secret-1!', 'c2VjcmV0LTEh'])
})

test('the copy that kubectl apply keeps in an annotation counts', () => {
  const copy = JSON.stringify({ data: { old: 'b2xkLW9uZQ==' } })
  const annotations = { 'kubectl.kubernetes.io/last-applied-configuration': copy }
  assert.ok(secretValuesOf(secret({ metadata: { name: 's', annotations } })).includes('old-one'))
})

test('other kinds have no secret data', () => {
  assert.equal(secretValuesOf({ ...secret({ data: { a: 'plain' } }), kind: 'ConfigMap' }), [])
})

test('masking leaves the original as it is', () => {
  const original = secret({ data: { a: 'x' } })
  const [masked] = maskedPair<KubeObject | null>(original, null)
  assert.equal(masked?.data, { a: '********' })
  assert.equal(original.data, { a: 'x' })
})

test.run()
