import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { remembered } from '../../src/model/remembered.ts'

test('an answer is asked for once, also when it is null', () => {
  const asked: string[] = []
  const answer = remembered(text => {
    asked.push(text)
    return text === 'none' ? null : text.length
  })
  assert.equal([answer('four'), answer('four'), answer('none'), answer('none')], [4, 4, null, null])
  assert.equal(asked, ['four', 'none'])
})

test('the oldest answers go when there are many', () => {
  let asked = 0
  const answer = remembered(text => {
    asked++
    return text
  })
  for (let number = 0; number < 5001; number++) answer(`line ${number}`)
  answer('line 5000')
  assert.is(asked, 5001)
  answer('line 0')
  assert.is(asked, 5002)
})

test('long texts go sooner', () => {
  let asked = 0
  const answer = remembered(text => {
    asked++
    return text
  })
  const long = (letter: string) => letter.repeat(400_000)
  for (const letter of ['a', 'b', 'c']) answer(long(letter))
  answer(long('c'))
  assert.is(asked, 3)
  answer(long('a'))
  assert.is(asked, 4)
  assert.is(answer('x'.repeat(2_000_000)).length, 2_000_000)
})

test('a text is given on as it is, half of a surrogate pair included', () => {
  const answer = remembered(text => text)
  for (const text of ['plain', 'Grüße 🙂', '\ud83d half', '']) assert.is(answer(text), text)
})

test.run()
