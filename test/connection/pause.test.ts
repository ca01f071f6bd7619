import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { pause } from '../../src/connection/pause.ts'

test('an interrupted pause ends at once', async () => {
  const controller = new AbortController()
  const started = performance.now()
  setTimeout(() => controller.abort(), 5)
  await pause(5_000, controller.signal)
  assert.ok(performance.now() - started < 1_000)
})

test('a pause that nobody interrupts lasts, and one that is interrupted before it begins does not', async () => {
  const started = performance.now()
  await pause(30, new AbortController().signal)
  assert.ok(performance.now() - started >= 29)
  await pause(5_000, AbortSignal.abort())
  assert.ok(performance.now() - started < 1_000)
})

test.run()
