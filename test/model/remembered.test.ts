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

test.run()
