import * as fc from 'fast-check'
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { pythonLiteral } from '../../src/inventory/python-literal.ts'
import type { Value } from '../../src/model/value.ts'
import { repr } from '../../src/playbook/python/text.ts'

const letters = fc.string().filter(text => !text.includes('\0'))
const { value } = fc.letrec<{ value: Value }>(tie => ({
  value: fc.oneof(
    { depthSize: 'small' },
    fc.constantFrom<Value>(null, true, false),
    fc.integer(),
    letters,
    fc.array(tie('value')),
    fc.dictionary(
      letters.filter(key => key !== '__proto__'),
      tie('value'),
    ),
  ),
}))

test('what Python prints is read back as the same value', () => {
  fc.assert(
    fc.property(value, given => assert.equal(pythonLiteral(repr(given)), JSON.parse(JSON.stringify(given)))),
    { numRuns: 200 },
  )
})

test('bare words, addresses, octal and unfinished text are no literals', () => {
  for (const text of ['yes', '0644', '10.0.0.1', '[1, 2', "'a", 'None x', '{1}', '12345678901234567890'])
    assert.is(pythonLiteral(text), undefined, text)
})

test('tuples are lists, and brackets around one value are only brackets', () => {
  assert.equal(
    [pythonLiteral('(1, 2)'), pythonLiteral('(1,)'), pythonLiteral('(1)'), pythonLiteral(' -1.5e3 ')],
    [[1, 2], [1], 1, -1500],
  )
})

test.run()
