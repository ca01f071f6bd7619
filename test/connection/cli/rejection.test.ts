import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { refusalIn } from '../../../src/connection/cli/rejection.ts'
import { testWithFixture } from '../../support/where.ts'

const FIXTURE = join('..', 'shared', 'fixtures', 'nxos', 'errors', 'errors.json')

testWithFixture(test, FIXTURE)('every literal error text that was collected is a refusal, and notes are none', () => {
  const { errors } = JSON.parse(readFileSync(FIXTURE, 'utf8')) as { errors: { text: string; context: string }[] }
  const literal = errors.filter(({ context }) => !context.startsWith('list of facts'))
  assert.ok(literal.length > 15)
  for (const { text, context } of literal) {
    const said = refusalIn(text.split(/\r*\n\r?/))
    assert.is(said !== null, !/not an error/.test(context), text)
  }
})

test('the caret line is not part of what the device said', () => {
  assert.is(
    refusalIn(['                      ^', "% Invalid command at '^' marker."]),
    "% Invalid command at '^' marker.",
  )
})

test('a refusal with a caret is one, whatever words it begins with', () => {
  for (const said of [
    "Invalid range at '^' marker.",
    "% Incomplete command at '^' marker.",
    "String exceeds max length at '^' marker.",
  ])
    assert.is(refusalIn(['                 ^', said]), said)
})

test('warnings, progress and ordinary output are no refusals', () => {
  const fine = [
    'Warning: Enable double-wide arp-ether tcam carving',
    'Note: Applying config parallelly may fail Rollback verification',
    '% Deleted all L3 config on interface Vlan10',
    'Enter configuration commands, one per line. End with CNTL/Z.',
    '[########################################] 100%',
    '2026 Nov 20 10:00:00 leaf-a %ETHPORT-5-IF_UP: Interface up',
    '% 5 packets lost',
  ]
  for (const line of fine) assert.is(refusalIn([line]), null, line)
})

test('a refusal behind progress characters is found, with all that follows it', () => {
  const output = [
    'Collecting Running-Config',
    '#..ERROR: Rollback patch computation failed',
    'The checkpoint file was not created',
  ]
  assert.is(refusalIn(output), '#..ERROR: Rollback patch computation failed\nThe checkpoint file was not created')
})

test.run()
