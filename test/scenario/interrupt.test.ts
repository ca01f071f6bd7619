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

/** Sends signals while the first step is written; answers the end and how long it took after the last signal. */
async function interrupted(signals: readonly NodeJS.Signals[]): Promise<{ ended: Ended; milliseconds: number }> {
  const run = startWeft(['run', 'site.yml', '-vv'], { folder })
  await run.says('writing 20 lines')
  let sent = performance.now()
  for (const signal of signals) {
    await wait(60)
    sent = performance.now()
    run.signal(signal)
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

for (const signal of ['SIGINT', 'SIGTERM'] as const)
  test(`${signal} once ends after the running step: saved, no checkpoint left, and the rest is named`, async () => {
    const { ended } = await interrupted([signal])
    assert.is(ended.code, 1)
    assert.match(ended.err, 'Stopping after the running step.')
    assert.match(ended.out, 'interrupted: Stopped by the user')
    assert.match(ended.out, 'Not done: leaves, from "debug" on (leaf-a).')
    assert.equal([1, 2, 3].map(written), [10, 0, 0])
    assert.equal(leaf.lab.checkpoints(), [])
    assert.is(leaf.lab.startupText(), leaf.lab.runningText())
    await isCompletedByAnotherRun()
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
