import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { remembered, rememberedOf } from '../../src/model/remembered.ts'

test('an answer is asked for once, also when it is null', () => {
  const asked: string[] = []
  const answer = remembered(text => {
    asked.push(text)
    return text === 'none' ? null : text.length
  })
  assert.equal([answer('four'), answer('four'), answer('none'), answer('none')], [4, 4, null, null])
  assert.equal(asked, ['four', 'none'])
})

test('what was not asked for in a while goes when there is much of it; what is asked for again and again stays', () => {
  const asked: string[] = []
  const answer = remembered(text => {
    asked.push(text)
    return text
  })
  for (let number = 0; number <= 5000; number++) {
    answer(`line ${number}`)
    answer('often')
  }
  answer('line 5000')
  assert.is(asked.length, 5002)
  answer('line 0')
  assert.is(asked.length, 5003)
})

test('long texts go sooner', () => {
  const asked: string[] = []
  const answer = remembered(text => {
    asked.push(text.slice(0, 1))
    return text.length
  })
  for (const letter of 'abcdeeda') answer(letter.repeat(300_000))
  assert.is(asked.join(''), 'abcdea')
  assert.is(answer('x'.repeat(2_000_000)), 2_000_000)
})

test('a text is given on as it is, half of a surrogate pair included', () => {
  const answer = remembered(text => text)
  for (const text of ['plain', 'Grüße 🙂', '\ud83d half', '']) assert.is(answer(text), text)
})

test('an answer about an object is kept with it', () => {
  let asked = 0
  const answer = rememberedOf((of: { name: string }) => {
    asked++
    return of.name === 'none' ? null : of.name
  })
  const [one, none] = [{ name: 'one' }, { name: 'none' }]
  assert.equal(
    [answer(one), answer(one), answer(none), answer(none), answer({ name: 'one' })],
    ['one', 'one', null, null, 'one'],
  )
  assert.is(asked, 3)
})

test.run()
