import fc from 'fast-check'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { batches } from '../../src/rollout/batches.ts'

const test = suite('rollout/batches')
const seven = ['1', '2', '3', '4', '5', '6', '7']
const sizes = (serial: (number | string)[]) => batches(seven, serial).map(batch => batch.length)

test('without serial all hosts are one batch', () => {
  assert.equal(sizes([]), [7])
  assert.equal(sizes([0]), [7])
})

test('the last size repeats', () => {
  assert.equal(sizes([2]), [2, 2, 2, 1])
  assert.equal(sizes([1, 2]), [1, 2, 2, 2])
})

test('a percentage is of all hosts, rounded down, at least one', () => {
  assert.equal(sizes(['30%']), [2, 2, 2, 1])
  assert.equal(sizes(['1%']), [1, 1, 1, 1, 1, 1, 1])
  assert.equal(sizes([1, '50%', '100%']), [1, 3, 3])
})

test('text that is no number is refused', () => {
  assert.throws(() => sizes(['many']), /many/)
})

test('no host is lost, doubled or moved', () => {
  fc.assert(
    fc.property(
      fc.array(fc.string()),
      fc.array(
        fc.oneof(
          fc.nat(9),
          fc.nat(100).map(n => `${n}%`),
        ),
      ),
      (hosts, serial) => {
        assert.equal(batches(hosts, serial).flat(), hosts)
      },
    ),
  )
})

test.run()
