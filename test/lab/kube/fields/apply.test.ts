import * as fc from 'fast-check'
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { applyFields } from '../../../../src/lab/kube/fields/apply.ts'
import { EMPTY, equalSets } from '../../../../src/lab/kube/fields/field-set.ts'
import { fieldsOf } from '../../../../src/lab/kube/fields/fields-of.ts'
import { decodeFields, encodeFields } from '../../../../src/lab/kube/fields/fields-v1.ts'
import { encodeManagers, type Manager } from '../../../../src/lab/kube/fields/managers.ts'
import type { JsonMap } from '../../../../src/lab/kube/json.ts'
import { podSchema } from '../../../../src/lab/kube/kinds/workload-schema.ts'
import { withMetadata } from '../../../../src/lab/kube/object.ts'
import type { FailureError } from '../../../../src/model/failure.ts'

const manager = (name: string): Manager => ({
  name,
  operation: 'Apply',
  apiVersion: 'v1',
  subresource: '',
  time: 'now',
  fields: EMPTY,
})
const apply = (live: JsonMap, wanted: JsonMap, name: string, force = false): JsonMap => {
  const { object, managers } = applyFields({ live, wanted, schema: podSchema, manager: manager(name), force })
  return withMetadata(object, { managedFields: encodeManagers(managers, []) })
}
const pod = (...containers: JsonMap[]): JsonMap => ({ metadata: { name: 'a' }, spec: { containers } })
const content = (object: JsonMap): JsonMap => withMetadata(object, { managedFields: undefined })

test('list entries with keys, plain fields and atomic lists are owned as Kubernetes writes it', () => {
  const object = pod({ name: 'x', image: 'i', args: ['a'], ports: [{ containerPort: 80 }] })
  assert.equal(encodeFields(fieldsOf(object, podSchema)), {
    'f:spec': {
      'f:containers': {
        'k:{"name":"x"}': {
          '.': {},
          'f:args': {},
          'f:image': {},
          'f:name': {},
          'f:ports': { 'k:{"containerPort":80,"protocol":"TCP"}': { '.': {}, 'f:containerPort': {} } },
        },
      },
    },
  })
})

test('two managers own different entries of a list, and each takes only its own away', () => {
  const first = apply({}, pod({ name: 'x', image: '1' }), 'a')
  const both = apply(first, pod({ name: 'y', image: '2' }), 'b')
  assert.equal((both.spec as JsonMap).containers, [
    { name: 'x', image: '1' },
    { name: 'y', image: '2' },
  ])
  const left = apply(both, { metadata: { name: 'a' } }, 'a')
  assert.equal((left.spec as JsonMap).containers, [{ name: 'y', image: '2' }])
})

test('another value for an owned field is a conflict that names manager and path', () => {
  const live = apply({}, pod({ name: 'x', image: '1' }), 'a')
  try {
    apply(live, pod({ name: 'x', image: '2' }), 'b')
    assert.unreachable('no conflict')
  } catch (error) {
    const status = (error as FailureError).cause as JsonMap
    assert.is(status.message, 'Apply failed with 1 conflict: conflict with "a": .spec.containers[name="x"].image')
    assert.equal((status.details as JsonMap).causes, [
      { reason: 'FieldManagerConflict', message: 'conflict with "a"', field: '.spec.containers[name="x"].image' },
    ])
  }
})

test('force takes the field over: its old owner no longer has it, and shared fields stay shared', () => {
  const live = apply({}, pod({ name: 'x', image: '1' }), 'a')
  const forced = apply(live, pod({ name: 'x', image: '2' }), 'b', true)
  assert.equal((forced.spec as JsonMap).containers, [{ name: 'x', image: '2' }])
  const [a, b] = (forced.metadata as JsonMap).managedFields as JsonMap[]
  assert.equal(JSON.stringify(a?.fieldsV1).includes('f:image'), false)
  assert.equal(JSON.stringify(b?.fieldsV1).includes('f:image'), true)
  const gone = apply(forced, { metadata: { name: 'a' } }, 'b')
  assert.equal((gone.spec as JsonMap).containers, [{ name: 'x' }])
})

const value: fc.Arbitrary<JsonMap> = fc.dictionary(
  fc.constantFrom('a', 'b', 'c', 'd'),
  fc.oneof(fc.integer(), fc.string(), fc.array(fc.integer()), fc.dictionary(fc.constantFrom('x', 'y'), fc.integer())),
) as fc.Arbitrary<JsonMap>
const named = (spec: JsonMap): JsonMap => ({ metadata: { name: 'a' }, spec })

test('FieldsV1 read back is the same set', () => {
  fc.assert(
    fc.property(value, spec => {
      const fields = fieldsOf(named(spec), podSchema)
      assert.ok(equalSets(fields, decodeFields(encodeFields(fields))))
    }),
  )
})

test('the same apply twice changes nothing, and what one manager applies it can take back', () => {
  fc.assert(
    fc.property(value, value, (first, second) => {
      const once = apply({}, named(first), 'a')
      assert.equal(apply(once, named(first), 'a'), once)
      const replaced = content(apply(once, named(second), 'a'))
      assert.equal(replaced.spec, content(apply({}, named(second), 'a')).spec)
    }),
  )
})

test('a second manager applying the same values shares them, and its leaving changes nothing', () => {
  fc.assert(
    fc.property(value, spec => {
      const one = apply({}, named(spec), 'a')
      const two = apply(one, named(spec), 'b')
      assert.equal(content(two), content(one))
      const left = apply(two, { metadata: { name: 'a' } }, 'b')
      assert.equal(left, one)
    }),
  )
})

test.run()
