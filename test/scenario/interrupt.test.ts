import { closeSync, openSync } from 'node:fs'
import { setTimeout as wait } from 'node:timers/promises'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { closeAll } from '../support/nxos.ts'
import { type OneLeaf, oneLeaf, play } from '../support/one-leaf.ts'
import { type Ended, startWeft, weft } from '../support/weft.ts'

const test = suite('Ctrl-C')

/** Three steps of ten interfaces; the task between them keeps them from sharing a write. */
const steps = [1, 2, 3].map(step => {
  const interfaces = Array.from({ length: 10 }, (_, at) => `loopback${step}${at}`)
  return interfaces
    .map(name => `- nxos_config: {parents: [interface ${name}], lines: [description of ${name}]}\n`)
    .join('')
})
const files = { 'site.yml': play(steps.join('- debug: {msg: between}\n')) }
let leaf: OneLeaf
let folder: string

test.before.each(async () => {
  leaf = await oneLeaf({ latencyMs: 60 })
  folder = leaf.folder(files)
})
test.after.each(closeAll)

interface How {
  readonly wrapped?: boolean
  /** To the process group, as a terminal does it. */
  readonly all?: boolean
  readonly environment?: Readonly<Record<string, string>>
}

/** Sends signals while the first step is written; answers the end and how long it took after the last signal. */
async function interrupted(
  signals: readonly NodeJS.Signals[],
  { all, ...how }: How = {},
): Promise<{ ended: Ended; milliseconds: number }> {
  const run = startWeft(['run', 'site.yml', '-vv'], { folder, ...how })
  await run.says('writing 20 lines')
  let sent = performance.now()
  for (const signal of signals) {
    await wait(60)
    sent = performance.now()
    if (all) run.signalAll(signal)
    else run.signal(signal)
  }
  const ended = await run.ended
  return { ended, milliseconds: performance.now() - sent }
}

/** How many interfaces of a step are there with their description. */
function written(step: number): number {
  return [...leaf.lab.runningText().matchAll(new RegExp(`interface loopback${step}\\d\\n {2}description`, 'g'))].length
}

/** A second run does the rest, and nothing is left for a plan. */
async function isCompletedByAnotherRun(): Promise<void> {
  leaf.lab.setLatency(0)
  const again = await weft(['run', 'site.yml'], { folder })
  assert.is(again.code, 0, again.out)
  assert.equal([1, 2, 3].map(written), [10, 10, 10])
  assert.is(leaf.lab.startupText(), leaf.lab.runningText())
  assert.is((await weft(['plan', 'site.yml'], { folder })).code, 0)
}

/** The first step is there and saved, nothing of the others, and what is left is named. */
function endedAfterTheRunningStep({ err, out }: Ended): void {
  assert.match(err, 'Stopping after the running step.')
  assert.not.match(err, 'Stopping at once.')
  assert.match(out, 'interrupted: Stopped by the user')
  assert.match(out, 'Not done: leaves, from "debug" on (leaf-a).')
  assert.equal([1, 2, 3].map(written), [10, 0, 0])
  assert.equal(leaf.lab.checkpoints(), [])
  assert.is(leaf.lab.startupText(), leaf.lab.runningText())
}

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const)
  test(`${signal} once ends after the running step: saved, no checkpoint left, and the rest is named`, async () => {
    const { ended } = await interrupted([signal])
    assert.is(ended.code, 1)
    endedAfterTheRunningStep(ended)
    await isCompletedByAnotherRun()
  })

for (const [signal, all] of [
  ['SIGINT', false],
  ['SIGHUP', false],
  ['SIGINT', true],
  ['SIGTERM', true],
] as const)
  test(`behind the wrapper, ${signal} ${all ? 'to both' : 'to the wrapper alone'} is one`, async () => {
    const { ended } = await interrupted([signal], { wrapped: true, all })
    assert.is(ended.code, 1)
    endedAfterTheRunningStep(ended)
  })

test('behind the wrapper, SIGINT twice to both stops at once', async () => {
  leaf.lab.setFaults({ slowMs: 300 })
  const { ended, milliseconds } = await interrupted(['SIGINT', 'SIGINT'], { wrapped: true, all: true })
  assert.is(ended.code, 1)
  assert.ok(milliseconds < 2000, `${milliseconds} ms`)
  assert.match(ended.err, 'Stopping at once.')
})

test('a wrapper that is killed takes the run along, after its running step', async () => {
  const { ended } = await interrupted(['SIGKILL'], { wrapped: true })
  endedAfterTheRunningStep(ended)
})

test('a terminal that hangs up twice is no second Ctrl-C', async () => {
  const { ended } = await interrupted(['SIGHUP', 'SIGHUP'])
  endedAfterTheRunningStep(ended)
})

for (const wrapped of [false, true])
  test(`under nohup a hang-up changes nothing${wrapped ? ', behind the wrapper either' : ''}`, async () => {
    const { ended } = await interrupted(['SIGHUP'], { environment: { _: '/usr/bin/nohup' }, wrapped })
    assert.is(ended.code, 0, ended.out + ended.err)
    assert.equal([1, 2, 3].map(written), [10, 10, 10])
    assert.is(leaf.lab.startupText(), leaf.lab.runningText())
  })

test('SIGINT twice stops within two seconds and says what is unknown', async () => {
  leaf.lab.setFaults({ slowMs: 300 })
  const { ended, milliseconds } = await interrupted(['SIGINT', 'SIGINT'])
  assert.is(ended.code, 1)
  assert.ok(milliseconds < 2000, `${milliseconds} ms`)
  assert.match(ended.err, 'Stopping at once.')
  assert.match(ended.out, /unknown/i)
  assert.match(ended.out, /leaf-a/)
  assert.match(ended.out, 'Plan again')
  leaf.lab.setFaults({})
  await wait(100)
  await isCompletedByAnotherRun()
})

test('output that cannot be written ends no run: it is done, saved, and the exit code tells', async () => {
  const full = openSync('/dev/full', 'w')
  const { code, err } = await startWeft(['run', 'site.yml', '-vv'], { folder, out: full }).ended
  closeSync(full)
  assert.is(code, 1)
  assert.is(
    err,
    'weft: standard output cannot be written to (ENOSPC). The rest of the output is dropped; the work goes on.\n',
  )
  assert.equal([1, 2, 3].map(written), [10, 10, 10])
  assert.equal(leaf.lab.checkpoints(), [])
  assert.is(leaf.lab.startupText(), leaf.lab.runningText())
})

test('SIGINT before anything is written leaves the switch as it was', async () => {
  const before = leaf.lab.runningText()
  const run = startWeft(['run', 'site.yml', '-vv'], { folder })
  await run.says('connecting')
  run.signal('SIGINT')
  const { code, out } = await run.ended
  assert.is(code, 1)
  assert.match(out, 'interrupted: ')
  assert.is(leaf.lab.runningText(), before)
  assert.equal(leaf.lab.checkpoints(), [])
})

test.run()
