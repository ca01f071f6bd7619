import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { expandedSize, isBomb } from '../../src/model/expanded-size.ts'

test('what is referred to twice counts twice', () => {
  assert.is(expandedSize('abc'), 4)
  const shared = ['abc']
  assert.is(expandedSize([shared, shared]), 1 + 2 * expandedSize(shared))
})

test('a bomb of aliases is told at once, and a value that holds itself has no size', () => {
  let level: unknown = ['x'.repeat(100)]
  for (let depth = 0; depth < 40; depth++) level = [level, level]
  assert.ok(isBomb(level, 'a few lines'))
  const loop: unknown[] = []
  loop.push(loop)
  assert.is(expandedSize(loop), Number.POSITIVE_INFINITY)
})

test('a large text without aliases is no bomb', () => {
  const value = Array.from({ length: 300_000 }, (_, index) => `value-${index}`)
  assert.not(isBomb(value, JSON.stringify(value)))
})

test.run()
