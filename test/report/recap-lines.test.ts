import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { recapLines } from '../../src/report/recap-lines.ts'
import { createStyle } from '../../src/report/style.ts'

const none = { ok: 0, changed: 0, unreachable: 0, failed: 0, skipped: 0, rescued: 0, ignored: 0 }

test('the recap has a row per host and leaves out columns that are zero everywhere', () => {
  const lines = recapLines(
    { 'leaf-101': { ...none, ok: 3, changed: 1 }, 'apic-1': { ...none, failed: 1 } },
    createStyle(false),
  )
  assert.equal(lines, [
    'host         ok  changed  failed',
    'leaf-101      3        1       0',
    'apic-1        0        0       1',
  ])
})

test('colour is only there when asked for', () => {
  const hosts = { a: { ...none, ok: 1 } }
  assert.ok(recapLines(hosts, createStyle(true)).join('').includes('\u001b[32m'))
  assert.not(recapLines(hosts, createStyle(false)).join('').includes('\u001b['))
})

test.run()
