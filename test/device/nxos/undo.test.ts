import { test } from 'uvu'
import * as assert from 'uvu/assert'
import type { Failure } from '../../../src/model/failure.ts'
import type { Outcome } from '../../../src/model/intent.ts'
import { finish } from '../../support/finish.ts'
import { closeAll, device, inside, leaf, work } from '../../support/nxos.ts'

test.after(closeAll)

const failureIn = (outcome: Outcome | undefined): Failure => {
  if (outcome?.state !== 'failed') throw new Error(`it is ${outcome?.state}`)
  return outcome.failure
}
const refused = { reject: [{ pattern: '^ebgp-multihop', text: '% Invalid command' }] }
const PEER = ['router bgp 65102', 'vrf vrf-001', 'neighbor 192.0.2.10']
const TASK = [
  ...inside(['interface loopback0'], 'description mine'),
  ...inside(['interface loopback7'], 'ip address 10.7.0.1/32'),
  ...inside(PEER, 'remote-as 65531', 'ebgp-multihop 10'),
]

/** A colleague types on the switch as soon as the run has typed `line`. */
function colleague(lab: Awaited<ReturnType<typeof leaf>>['lab'], line: string, types: () => Promise<unknown>) {
  let done: Promise<unknown> | null = null
  lab.onChange(() => {
    if (!done && lab.typed.includes(line)) done = types()
  })
  return async () => {
    assert.ok(done, 'the colleague has typed')
    await done
  }
}

test('a failed task is taken back line by line, and what a colleague has typed meanwhile stays', async () => {
  const { lab, endpoint } = await leaf({ faults: { ...refused, slowMs: 15 } })
  const { device: open } = await device(endpoint)
  const { device: other } = await device(endpoint, 'other')
  const before = lab.runningText()
  const theirs = await work(other, 'theirs', [
    ...inside([], 'vlan 77'),
    ...inside(['interface Ethernet1/1'], 'description theirs'),
  ])
  const typed = colleague(lab, 'description mine', () => other.write([theirs]))
  const failure = failureIn((await open.write([await work(open, 'task', TASK)]))[0])
  await typed()
  assert.match(failure.aftermath ?? '', /^Undone: its lines were taken back one by one, nothing else was touched/)
  assert.match(lab.runningText(), /vlan 1,77,3001/)
  assert.match(lab.runningText(), /interface Ethernet1\/1\n {2}description theirs/)
  assert.not.match(lab.runningText(), /mine|loopback7|192\.0\.2\.10/)
  assert.is(
    lab.runningText().replace('vlan 1,77,3001', 'vlan 1,3001').replace('  description theirs\n', ''),
    before,
    'all else is as it was',
  )
  assert.is(lab.log.filter(line => /rollback/.test(line)).length, 0)
  await other.release()
  await open.release()
})

test('what a colleague has changed after the run did is left, and named', async () => {
  const { lab, endpoint } = await leaf()
  const { device: open } = await device(endpoint)
  await open.write([await work(open, 'task', TASK)])
  const { device: other } = await device(endpoint, 'other')
  const lines = [
    ...inside(['interface loopback0'], 'description theirs'),
    ...inside(['interface loopback7'], 'mtu 1400'),
    ...inside(PEER, 'no ebgp-multihop'),
  ]
  await other.write([await work(other, 'theirs', lines)])
  await other.release()
  const failure = await open.revert()
  assert.is(failure?.code, 'stale')
  assert.match(
    failure?.aftermath ?? '',
    /^What this run had changed was taken back\. Somebody else .* left: .*interface loopback7; interface loopback0 \/ description theirs\.$/,
  )
  assert.match(lab.runningText(), /interface loopback0\n {2}description theirs\n/)
  assert.match(lab.runningText(), /interface loopback7\n {2}mtu 1400\n/)
  assert.not.match(lab.runningText(), /10\.7\.0\.1|192\.0\.2\.10/)
  await open.release()
})

test('where a line cannot be taken back, the rollback does it, and says that it takes others along', async () => {
  const reject = [...refused.reject, { pattern: '^no interface loopback7', text: '% Permission denied' }]
  const { lab, endpoint } = await leaf({ faults: { reject } })
  const { device: open } = await device(endpoint)
  const first = await work(open, 'first', inside([], 'vlan 40'))
  const outcomes = await open.write([first, await work(open, 'task', TASK)])
  const failure = failureIn(outcomes[1])
  assert.match(failure.aftermath ?? '', /^Undone: rolled back to the checkpoint, .*Permission denied/)
  assert.match(failure.aftermath ?? '', /the task before it sent again; they stay\. What anybody else has typed/)
  assert.match(lab.runningText(), /vlan 1,40,3001/)
  assert.not.match(lab.runningText(), /mine|loopback7|192\.0\.2\.10/)
  assert.is(await finish(open), null)
  await open.release()
})

test('a whole run is reverted line by line too', async () => {
  const { lab, endpoint } = await leaf()
  const { device: open } = await device(endpoint)
  const before = lab.runningText()
  await open.write([await work(open, 'task', TASK), await work(open, 'more', inside([], 'no vrf context vrf-001'))])
  assert.is.not(lab.runningText(), before)
  assert.is(await open.revert(), null)
  assert.is(lab.runningText(), before)
  assert.is(lab.log.filter(line => /rollback/.test(line)).length, 0)
  await open.release()
})

test.run()
