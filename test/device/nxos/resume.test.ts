import fc from 'fast-check'
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import type { Faults } from '../../../src/lab/nxos/faults.ts'
import type { CliLine } from '../../../src/model/nxos.ts'
import { finish } from '../../support/finish.ts'
import { closeAll, device, inside, LEAF, leaf, work } from '../../support/nxos.ts'

test.after(closeAll)

const PEER = ['router bgp 65102', 'vrf vrf-001', 'neighbor 192.0.2.10']
const TASKS: Readonly<Record<string, readonly CliLine[]>> = {
  loopback: [
    ...inside(['interface loopback1002'], 'description one', 'vrf member vrf-001', 'ip address 10.1.0.1/32'),
    ...inside(['interface loopback0'], 'description was two'),
  ],
  session: [
    ...inside(PEER, 'remote-as 65531', 'update-source loopback1002', 'ebgp-multihop 10'),
    ...inside([...PEER, 'address-family ipv4 unicast'], 'as-override', 'send-community'),
  ],
  // What the first task said is said otherwise.
  last: [
    ...inside(['interface loopback0'], 'description is three'),
    ...inside([], 'no vlan 3001', 'vlan 30', 'ip prefix-list out seq 5 permit 10.0.0.0/8 le 32'),
  ],
}
const CONFIG = `${LEAF}ip prefix-list out seq 5 permit 10.0.0.0/8 le 24\n`

/** What a run with faults ends in. */
async function ended(faults: Faults) {
  const { lab, endpoint } = await leaf({ config: CONFIG, faults })
  const { device: open, told } = await device(endpoint)
  const works = []
  for (const [name, lines] of Object.entries(TASKS)) works.push(await work(open, name, lines))
  const outcomes = await open.write(works)
  const failure = await finish(open)
  await open.release()
  await lab.close()
  return {
    states: outcomes.map(({ state }) => state),
    outcomes,
    failure,
    told,
    text: lab.runningText(),
    saved: lab.startupText(),
    checkpoints: lab.checkpoints(),
    logins: lab.counters.logins,
    dropped: lab.counters.logins > 1,
  }
}

test('a session that is lost at any command, taken or not, is opened again, and the run ends as if nothing had been', async () => {
  const whole = await ended({})
  assert.equal(whole.states, ['applied', 'applied', 'applied'])
  let dropped = 0
  await fc.assert(
    fc.asyncProperty(fc.integer({ min: 1, max: 42 }), fc.boolean(), async (number, taken) => {
      const run = await ended({ drop: { number, taken } })
      assert.equal(run.states, whole.states)
      assert.is(run.failure, null)
      assert.is(run.text, whole.text)
      assert.is(run.saved, whole.text)
      assert.equal(run.checkpoints, [])
      if (run.dropped) dropped++
    }),
    { numRuns: 30 },
  )
  assert.ok(dropped > 15, `${dropped} sessions were lost`)
})

test('a session that is lost where a line is refused too: what the outcomes say is what the switch holds', async () => {
  const reject = [{ pattern: '^as-override', text: '% Invalid command' }]
  const usual = await ended({ reject })
  assert.equal(usual.states, ['applied', 'failed', 'unsent'])
  await fc.assert(
    fc.asyncProperty(fc.integer({ min: 1, max: 60 }), fc.boolean(), async (number, taken) => {
      const run = await ended({ reject, drop: { number, taken } })
      assert.equal(run.states, usual.states)
      assert.is(run.text, usual.text)
      assert.is(run.saved, usual.text)
      assert.equal(run.checkpoints, [])
    }),
    { numRuns: 20 },
  )
})

test('what was there after the lost session is told, half of a task line by line', async () => {
  const { told, states } = await ended({ drop: { pattern: '^ip address', taken: false } })
  assert.equal(states, ['applied', 'applied', 'applied'])
  assert.ok(
    told.some(text => /after the lost session: 'loopback' is half applied, without: .*ip address/.test(text)),
    told.join('\n'),
  )
})

test('a line of before: that may have been typed is not typed twice: the task is undone', async () => {
  const { lab, endpoint } = await leaf({ faults: { drop: { pattern: '^description', taken: true } } })
  const { device: open } = await device(endpoint)
  const before = lab.runningText()
  const parents = ['interface Ethernet1/1']
  const task = await work(open, 'port', inside(parents, 'description x'))
  const typed = { parents, line: 'no shutdown' }
  const [outcome] = await open.write([
    {
      ...task,
      commands: [typed, ...task.commands],
      differences: [
        { id: 'cli:before/1: no shutdown', before: null, after: { ...typed, verbatim: true } },
        ...task.differences,
      ],
    },
  ])
  if (outcome?.state !== 'failed') throw new Error(`it is ${outcome?.state}`)
  assert.match(outcome.failure.message, /What became of 'port' cannot be seen/)
  assert.match(outcome.failure.aftermath ?? '', /^Undone: rolled back .* What anybody else has typed/)
  assert.is(lab.runningText(), before)
  await open.release()
})

test.run()
