import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { differences } from './compare.ts'
import { traceOfLines } from './normal.ts'

type Line = Readonly<Record<string, unknown>>

const play: Line = { event: 'play', play: 'p' }
const result = (more: Line): Line => ({ event: 'result', play: 'p', task: 't', host: 'a', status: 'ok', ...more })
const traced = (lines: readonly Line[], perHost = false) =>
  traceOfLines(lines.map(line => JSON.stringify(line)).join('\nother output\n'), '/scratch/case', perHost)
const compared = (recorded: readonly Line[], run: readonly Line[]) =>
  differences({ ...traced(recorded), exit: 0 }, { ...traced(run), exit: 0 })

/** A recording holds the kind of a failure where a run has its text. */
const recordedFailure = (error: string) => ({
  events: [{ event: 'result' as const, play: 'p', task: 't', host: 'a', status: 'failed', error }],
  recap: {},
  exit: 2,
})

test('a run that does the same has no differences, whatever the order of hosts and of keys', () => {
  const one = [play, result({ msg: { x: 1, y: [2] } }), result({ host: 'b' })]
  assert.equal(compared(one, [play, result({ host: 'b' }), result({ msg: { y: [2], x: 1 } })]), [])
})

test('each kind of difference is seen', () => {
  const one = [play, result({ msg: 'x', rc: 1 }), { event: 'recap', host: 'a', ok: 1 }]
  const other: readonly Line[][] = [
    [play, result({ msg: 'y', rc: 1 }), { event: 'recap', host: 'a', ok: 1 }],
    [play, result({ msg: 'x' }), { event: 'recap', host: 'a', ok: 1 }],
    [play, result({ msg: 'x', rc: 1, status: 'changed' }), { event: 'recap', host: 'a', ok: 1 }],
    [play, result({ msg: 'x', rc: 1 }), { event: 'recap', host: 'a', ok: 2 }],
    [play, result({ msg: 'x', rc: 1 })],
    [play, { event: 'recap', host: 'a', ok: 1 }],
    [result({ msg: 'x', rc: 1 }), { event: 'recap', host: 'a', ok: 1 }],
    [play, result({ msg: 'x', rc: 1 }), result({ task: 'u' }), { event: 'recap', host: 'a', ok: 1 }],
    [play, result({ hidden: true }), { event: 'recap', host: 'a', ok: 1 }],
  ]
  for (const run of other) assert.is.not(compared(one, run).length, 0, JSON.stringify(run))
  assert.equal(differences({ ...traced(one), exit: 0 }, { ...traced(one), exit: 2 }), ['exit code: 0 recorded, 2 now'])
})

test('text is not a number, and truth is neither', () => {
  for (const [recorded, run] of [
    ['5', 5],
    [true, 'True'],
    [1, true],
    [[], {}],
  ])
    assert.is(compared([result({ msg: recorded })], [result({ msg: run })]).length, 1)
  assert.equal(compared([result({ msg: 1.0 })], [result({ msg: 1 })]), [])
})

test('failures are compared by their kind', () => {
  const run = (msg: string) => ({ ...traced([result({ status: 'failed', msg, rc: 2 })]), exit: 2 })
  assert.equal(differences(recordedFailure('undefined'), run("'x' is undefined")), [])
  assert.is(differences(recordedFailure('undefined'), run('no such file')).length, 1)
  assert.equal(differences(recordedFailure('other'), run('anything')), [])
})

test('the items of a loop are compared one by one', () => {
  const loop = (...items: Line[]) => [result({ items })]
  const one = { item: 1, status: 'ok', msg: 'x' }
  assert.equal(compared(loop(one), loop(one)), [])
  assert.is(compared(loop(one), loop({ ...one, msg: 'y' })).length, 1)
  assert.is(compared(loop(one), loop(one, one)).length, 1)
})

test('where every host has its own pace, only the order of each host counts', () => {
  const order = (...tasks: [string, string][]) => tasks.map(([task, host]) => result({ task, host }))
  const one = order(['t', 'a'], ['u', 'a'], ['t', 'b'], ['u', 'b'])
  const mixed = order(['t', 'b'], ['t', 'a'], ['u', 'b'], ['u', 'a'])
  assert.equal(differences({ ...traced(one, true), exit: 0 }, { ...traced(mixed, true), exit: 0 }), [])
  const swapped = order(['u', 'a'], ['t', 'a'], ['t', 'b'], ['u', 'b'])
  assert.is.not(differences({ ...traced(one, true), exit: 0 }, { ...traced(swapped, true), exit: 0 }).length, 0)
})

test('where a case was copied to does not count', () => {
  assert.equal(traced([result({ msg: '/scratch/case/a' })]).events, [result({ msg: '<CASE>/a' })])
})

test.run()
