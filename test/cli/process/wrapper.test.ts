import fc from 'fast-check'
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { pairReports } from '../../../src/cli/process/wrapper.ts'

test('the two reports of one signal are one, whichever comes first', () => {
  for (const [first, second] of [['own', 'wrapper'] as const, ['wrapper', 'own'] as const]) {
    const isNews = pairReports(() => 0)
    assert.equal([isNews(first, 'SIGINT'), isNews(second, 'SIGINT')], [true, false])
    assert.equal([isNews(second, 'SIGINT'), isNews(first, 'SIGINT')], [true, false], 'and again')
  }
})

test('signals that reach one side only all count, and so do those of another name or a second later', () => {
  let time = 0
  const isNews = pairReports(() => time)
  assert.equal([isNews('own', 'SIGINT'), isNews('own', 'SIGINT')], [true, true])
  assert.is(isNews('wrapper', 'SIGTERM'), true)
  time = 1001
  assert.is(isNews('wrapper', 'SIGINT'), true)
})

test('n presses of Ctrl-C count n times, however their reports are mixed', () => {
  const mixed = fc.integer({ min: 1, max: 6 }).chain(presses => {
    const reports = Array.from({ length: presses }, () => ['own', 'wrapper'] as const).flat()
    return fc.shuffledSubarray(reports, { minLength: reports.length }).map(order => ({ presses, order }))
  })
  fc.assert(
    fc.property(mixed, ({ presses, order }) => {
      const isNews = pairReports(() => 0)
      return order.filter(side => isNews(side, 'SIGINT')).length === presses
    }),
  )
})

test.run()
