import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { fieldMatcher, labelMatcher, selectorMatcher } from '../../../src/lab/kube/selector.ts'

const object = (labels: Record<string, string>) => ({
  metadata: { name: 'a', labels },
  spec: { nodeName: 'n', unschedulable: true },
})

test('label selectors: equality, sets, presence and absence', () => {
  const cases: [string, Record<string, string>, boolean][] = [
    ['app=web', { app: 'web' }, true],
    ['app==web,tier!=db', { app: 'web' }, true],
    ['app!=web', { app: 'web' }, false],
    ['env in (a, b),app', { env: 'b', app: 'x' }, true],
    ['env notin (a,b)', { env: 'b' }, false],
    ['env notin (a,b)', {}, true],
    ['!gone', { gone: '' }, false],
    ['', {}, true],
  ]
  for (const [selector, labels, expected] of cases)
    assert.is(labelMatcher(selector)(object(labels)), expected, selector)
})

test('a selector that cannot be read is refused', () => {
  assert.throws(() => labelMatcher('a b c'), /unable to parse requirement/)
  assert.throws(() => fieldMatcher('nonsense'), /invalid field selector/)
})

test('field selectors compare any path, absent ones as empty', () => {
  assert.is(fieldMatcher('metadata.name=a,spec.nodeName!=m')(object({})), true)
  assert.is(fieldMatcher('spec.nodeName=')(object({})), false)
  assert.is(fieldMatcher('spec.unschedulable=true')(object({})), true)
  assert.is(fieldMatcher('status.phase=')(object({})), true)
})

test('LabelSelectors join matchLabels and matchExpressions', () => {
  const matches = selectorMatcher({
    matchLabels: { a: '1' },
    matchExpressions: [{ key: 'b', operator: 'DoesNotExist' }],
  })
  assert.is(matches({ a: '1' }), true)
  assert.is(matches({ a: '1', b: '2' }), false)
})

test.run()
