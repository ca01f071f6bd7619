import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { addToTally, createTally, tallyLines } from '../../src/report/tally.ts'

const result = {
  event: 'host-result',
  time: '',
  play: 'p',
  task: 't',
  id: 'i',
  action: 'nxos_config',
  at: { file: 'a.yml', line: 1, column: 1 },
  seconds: 0,
} as const

test('a host that was not there is unknown, never in sync', () => {
  const tally = { ...createTally(), mode: 'plan' as const }
  addToTally(tally, { ...result, host: 'leaf-101', status: 'unreachable' })
  assert.equal(tallyLines(tally), [
    'Plan: incomplete. leaf-101: not planned to the end, so whether it is in sync is unknown.',
  ])
})

test('changes of the others are counted beside it', () => {
  const tally = { ...createTally(), mode: 'plan' as const }
  addToTally(tally, { ...result, host: 'leaf-101', status: 'failed' })
  const change = { resource: 'vlan 1', action: 'create' as const, lines: [], disrupts: 'x' }
  addToTally(tally, { ...result, host: 'leaf-102', status: 'changed', changes: [change] })
  assert.equal(tallyLines(tally), [
    'Plan: 1 to create, 0 to change, 0 to delete on 1 host.',
    '1 of them may interrupt traffic (marked with !).',
    'leaf-101: not planned to the end, so whether it is in sync is unknown.',
  ])
})

test('nothing to do is said only when everything was looked at', () => {
  const tally = { ...createTally(), mode: 'plan' as const }
  assert.equal(tallyLines(tally), ['Plan: no task had a host to run on.'])
  addToTally(tally, { ...result, host: 'leaf-101', status: 'ok' })
  assert.equal(tallyLines(tally), ['Plan: nothing to do, everything is in sync.'])
  assert.equal(tallyLines(tally, true), ['Plan: incomplete. It ended early: this is not all.'], 'cut short')
})

test.run()
