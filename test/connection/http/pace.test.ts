import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { backoff, openPace } from '../../../src/connection/http/pace.ts'

test('no more requests are under way than the limit allows', async () => {
  const pace = openPace()
  let running = 0
  let most = 0
  const request = async () => {
    running++
    most = Math.max(most, running)
    await new Promise(resolve => setTimeout(resolve, 1))
    running--
  }
  await Promise.all(Array.from({ length: 20 }, () => pace.run(request)))
  assert.is(most, pace.limit)
  assert.is(running, 0)
})

test('each 503 halves the limit down to one, a row of good answers raises it by one', () => {
  const pace = openPace()
  const start = pace.limit
  pace.busy()
  assert.is(pace.limit, start / 2)
  for (let n = 0; n < 5; n++) pace.busy()
  assert.is(pace.limit, 1)
  pace.good()
  assert.is(pace.limit, 2)
  pace.good()
  assert.is(pace.limit, 2)
  pace.good()
  assert.is(pace.limit, 3)
  for (let n = 0; n < 1000; n++) pace.good()
  assert.is(pace.limit, 8)
})

test('a request that fails makes room for the next', async () => {
  const pace = openPace()
  for (let n = 0; n < 10; n++) {
    await pace
      .run(() => Promise.reject(new Error('no')))
      .then(
        () => assert.unreachable(),
        () => {},
      )
  }
  assert.is(await pace.run(async () => 'yes'), 'yes')
})

test('waits double, at least half of them fixed, up to a limit', () => {
  for (let attempt = 1; attempt < 12; attempt++) {
    const wait = backoff(attempt, 500)
    const full = Math.min(15_000, 500 * 2 ** (attempt - 1))
    assert.ok(wait >= full / 2 && wait <= full, `${wait} after try ${attempt}`)
  }
})

test.run()
