import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { withDefaults } from '../../../src/lab/kube/defaults.ts'
import type { JsonMap } from '../../../src/lab/kube/json.ts'
import { firstAt } from '../../../src/lab/kube/json-path.ts'
import { ruleCauses } from '../../../src/lab/kube/rules.ts'
import { list, object, oneOf, range, type Schema, text, withDefault } from '../../../src/lab/kube/schema.ts'
import { pruneUnknown } from '../../../src/lab/kube/unknown-fields.ts'
import { validate } from '../../../src/lab/kube/validate.ts'

const schema = object({
  spec: object({
    'cidr!': { type: 'string', format: 'cidr' },
    mode: oneOf('Always', 'Never'),
    port: withDefault(range(1, 65535), 179),
    names: list({ type: 'string', pattern: '^(?i)[a-z]+$' }, { maxItems: 2 }),
  }),
})
const said = (spec: JsonMap): string[] => validate({ spec }, schema).map(cause => `${cause.field}: ${cause.message}`)

test('each kind of mistake is worded as the API server words it', () => {
  assert.equal(said({ cidr: '10.0.0.0/8', mode: 'Never', port: 1, names: ['A'] }), [])
  assert.equal(said({}), ['spec.cidr: Required value'])
  assert.equal(said({ cidr: '10.0.0.0/33' }), [
    'spec.cidr: Invalid value: "10.0.0.0/33": spec.cidr in body must be of type cidr: "10.0.0.0/33"',
  ])
  assert.equal(said({ cidr: '::/0', mode: 'x' }), [
    'spec.mode: Unsupported value: "x": supported values: "Always", "Never"',
  ])
  assert.equal(said({ cidr: '::/0', port: 0 }), [
    'spec.port: Invalid value: 0: spec.port in body should be greater than or equal to 1',
  ])
  assert.equal(said({ cidr: '::/0', port: 'a' }), [
    'spec.port: Invalid value: "string": spec.port in body must be of type integer: "string"',
  ])
  assert.equal(said({ cidr: '::/0', names: ['1'] }), [
    `spec.names[0]: Invalid value: "1": spec.names[0] in body should match '^(?i)[a-z]+$'`,
  ])
  assert.equal(said({ cidr: '::/0', names: ['a', 'b', 'c'] }), ['spec.names: Too many: 3: must have at most 2 items'])
})

test('defaults fill what is missing in the mappings that are there', () => {
  assert.equal(withDefaults({ spec: { cidr: 'x' } }, schema), { spec: { cidr: 'x', port: 179 } })
  assert.equal(withDefaults({}, schema), {})
})

test('unknown fields are pruned and named, metadata never', () => {
  const { object: kept, unknown } = pruneUnknown({ metadata: { x: 1 }, spec: { cidr: 'a', sidr: 1 }, other: 2 }, schema)
  assert.equal(kept, { metadata: { x: 1 }, spec: { cidr: 'a' } })
  assert.equal(unknown, ['spec.sidr', 'other'])
})

test('rules: fields that never change, and one field compared with another', () => {
  const fixed: Schema = object({
    a: { ...text, 'x-kubernetes-validations': [{ rule: 'self == oldSelf', message: 'a is fixed' }] },
  })
  assert.equal(ruleCauses({ a: '2' }, undefined, fixed), [])
  assert.equal(
    ruleCauses({ a: '2' }, { a: '1' }, fixed).map(cause => cause.message),
    ['Invalid value: "2": a is fixed'],
  )
  const timers: Schema = object({}, { 'x-kubernetes-validations': [{ rule: 'self.keep <= self.hold' }] })
  assert.is(ruleCauses({ keep: 3, hold: 2 }, undefined, timers).length, 1)
  assert.is(ruleCauses({ keep: 1, hold: 3 }, undefined, timers).length, 0)
})

test('printer columns find values by index, filter and escaped key', () => {
  const value = {
    a: [
      { t: 'x', s: 1 },
      { t: 'y', s: 2 },
    ],
    l: { 'k.io/b': 'v' },
  }
  assert.is(firstAt(value, ".a[?(@.t=='y')].s"), 2)
  assert.is(firstAt(value, '.a[0].s'), 1)
  assert.is(firstAt(value, '.l.k\\.io/b'), 'v')
  assert.is(firstAt(value, '.no.such'), undefined)
})

test.run()
