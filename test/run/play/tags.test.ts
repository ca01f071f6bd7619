import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { isSelected } from '../../../src/run/play/tags.ts'

const test = suite('run/tags')
const selected = (tags: string[], wanted: string[], skipped: string[] = []) =>
  isSelected(new Set(tags), wanted, skipped)

test('without --tags everything runs but never', () => {
  assert.is(selected(['config'], []), true)
  assert.is(selected(['never', 'debug'], []), false)
})

test('always runs unless it is skipped by name', () => {
  assert.is(selected(['always'], ['config']), true)
  assert.is(selected(['always', 'extra'], [], ['always']), false)
})

test('never runs when it or another of its tags is asked for, not for all', () => {
  assert.is(selected(['never', 'debug'], ['debug']), true)
  assert.is(selected(['never'], ['all']), false)
})

test('tagged and untagged are asked for by those names', () => {
  assert.is(selected([], ['tagged']), false)
  assert.is(selected(['config'], ['tagged']), true)
  assert.is(selected([], ['untagged']), true)
  assert.is(selected(['config'], ['all'], ['tagged']), false)
})

test('skipping wins over asking', () => {
  assert.is(selected(['config', 'slow'], ['config'], ['slow']), false)
})

test.run()
