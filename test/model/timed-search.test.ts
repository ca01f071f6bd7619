import fc from 'fast-check'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { FailureError } from '../../src/model/failure.ts'
import { searchCost } from '../../src/model/search-cost.ts'
import { expressionOf, matches, timedSearch } from '../../src/model/timed-search.ts'

const test = suite('model/timed-search')

/** Milliseconds and what was thrown, if anything. */
function timeOf(search: () => unknown): { took: number; error: unknown } {
  const started = performance.now()
  let error: unknown = null
  try {
    search()
  } catch (thrown) {
    error = thrown
  }
  return { took: performance.now() - started, error }
}

test('whatever the shape of a pattern, it ends in time and is named', async () => {
  const text = `${'a'.repeat(50)}!`
  for (const source of [
    '^(a|a)*$',
    '(a+)+$',
    '^(?:a|aa)+$',
    '(?:a?){50}a{50}b',
    '^(?=(a|a)*$)',
    '(.*)*x',
    '^(\\w|a)*\\1$',
  ]) {
    const { took, error } = timeOf(() => matches(new RegExp(source), text))
    assert.ok(took < 4000, `${source} took ${took}`)
    assert.ok(error === null || error instanceof FailureError, source)
    await Promise.resolve()
  }
  const { error } = timeOf(() => matches(/^(a|a)*$/, text))
  assert.ok(error instanceof FailureError)
  assert.is(error.failure.code, 'invalid')
  assert.match(error.failure.message, '"^(a|a)*$" was stopped after 1 second')
  assert.match(error.failure.remedy ?? '', 'Do not repeat')
})

test('the searches of one evaluation share the budget, and the next one has its own', async () => {
  await Promise.resolve()
  const text = `${'a'.repeat(50)}!`
  const { took } = timeOf(() => {
    for (let count = 0; count < 20; count++) timeOf(() => matches(/^(a|a)*$/, text))
  })
  assert.ok(took < 4000, `twenty took ${took}`)
  await Promise.resolve()
  assert.ok(matches(/^(a|b)*$/, 'abab'))
})

const piece = fc.constantFrom(
  'a',
  'b',
  '.',
  '\\w',
  '[ab]',
  '(a|a)',
  '(a|b|ab)',
  '(?:a+)',
  '(a*)',
  '(?=a)',
  '\\s',
  'ab?',
)
const repeat = fc.constantFrom('', '*', '+', '?', '{2,}', '{1,9}', '*?', '+?')
const pattern = fc
  .tuple(
    fc.constantFrom('', '^'),
    fc.array(fc.tuple(piece, repeat), { minLength: 1, maxLength: 5 }),
    fc.constantFrom('', '$', '!'),
  )
  .map(([start, parts, end]) => {
    const inside = parts
      .map(([part, times]) => part + (part === '(?=a)' ? '' : part.endsWith('?') ? '' : times))
      .join('')
    return start + inside + end
  })
const nested = fc
  .tuple(pattern, fc.constantFrom('*', '+', '{2,8}'))
  .map(([inside, times]) => `^(?:${inside.replace(/^\^|[$!]$/g, '')})${times}$`)

test('random nasty patterns on nasty texts end within the budget, and what ends says what it said before', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.oneof(pattern, nested),
      fc.integer({ min: 0, max: 60 }),
      fc.constantFrom('', '!', 'b', ' a'),
      async (source, count, end) => {
        const expression = expressionOf(source)
        const text = 'a'.repeat(count) + end
        const { took, error } = timeOf(() => matches(expression, text))
        assert.ok(took < 3000, `${source} took ${took}`)
        if (error === null && took < 50) assert.is(matches(expression, text), expression.test(text))
        await Promise.resolve()
      },
    ),
    { numRuns: 200, interruptAfterTimeLimit: 20_000 },
  )
})

test('what is called cheap is: no such search takes long', () => {
  fc.assert(
    fc.property(pattern, fc.integer({ min: 0, max: 400 }), (source, count) => {
      const expression = expressionOf(source)
      const text = `${'a'.repeat(count)}!`
      fc.pre(searchCost(expression, text.length) <= 1_000_000)
      assert.ok(timeOf(() => expression.exec(text)).took < 500, source)
    }),
    { numRuns: 500 },
  )
})

test('ordinary patterns on ordinary texts need no watch', () => {
  const texts = 'Ethernet1/48 is up, line protocol is up'
  for (const source of [
    '^Ethernet\\d+/\\d+',
    'up|down',
    '^(leaf|spine)-\\d+$',
    'Ethernet(\\d+)',
    '[Ee]th(?:ernet)?1',
    '^\\s+',
  ]) {
    assert.ok(searchCost(new RegExp(source), texts.length) <= 1_000_000, source)
  }
  for (const source of ['(a|a)*', '(a+)+', '(?:a*){2,}', 'a{b', '(.)*']) {
    assert.is(searchCost(new RegExp(source), 10), Number.POSITIVE_INFINITY, source)
  }
})

test('what a search itself throws comes out as it is', () => {
  assert.throws(
    () =>
      timedSearch(/(a|b)*/, 'a', () => {
        throw new RangeError('mine')
      }),
    /mine/,
  )
  assert.throws(
    () => expressionOf('('),
    (error: unknown) => error instanceof FailureError && error.failure.code === 'invalid',
  )
})

test.run()
