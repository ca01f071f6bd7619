import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { planCli } from '../../../src/diff/cli/plan.ts'
import { savedAs } from '../../../src/diff/cli/save.ts'
import { findCli } from '../../../src/diff/cli/tree.ts'
import type { Device, Work } from '../../../src/model/device.ts'
import type { Failure } from '../../../src/model/failure.ts'
import type { Outcome } from '../../../src/model/intent.ts'
import type { CliLine } from '../../../src/model/nxos.ts'
import { failureOf } from '../../support/failure.ts'
import { finish } from '../../support/finish.ts'
import { closeAll, device, inside, leaf, work } from '../../support/nxos.ts'

test.after(closeAll)

const PEER = ['router bgp 65102', 'vrf vrf-001', 'neighbor 192.0.2.10']
const LOOPBACK: CliLine[] = inside(['interface loopback1002'], 'vrf member vrf-001', 'ip address 10.1.0.1/32')
const SESSION: CliLine[] = [
  ...inside(PEER, 'remote-as 65531', 'update-source loopback1002', 'ebgp-multihop 10'),
  ...inside([...PEER, 'address-family ipv4 unicast'], 'as-override', 'send-community'),
]

const exec = (open: Device<'nxos'>, command: string) =>
  open.write([{ id: command, title: command, differences: [], commands: [{ exec: command }] }])
const failureIn = (outcome: Outcome | undefined): Failure => {
  if (outcome?.state !== 'failed') throw new Error(`it is ${outcome?.state}`)
  return outcome.failure
}

test('in sync costs a login and one round trip', async () => {
  const { lab, endpoint } = await leaf()
  const { device: open } = await device(endpoint)
  assert.equal(planCli(await open.read.running(), inside(['router bgp 65102'], 'router-id 10.0.0.1')), [])
  assert.is(await finish(open), null)
  await open.release()
  assert.is(lab.counters.logins, 1)
  assert.is(lab.counters.roundTrips, 1)
})

test('a first run costs a round trip per context and eight more, verifies, saves, and leaves no checkpoint', async () => {
  const { lab, endpoint } = await leaf()
  const { device: open } = await device(endpoint)
  const tasks = [await work(open, 'loopback', LOOPBACK), await work(open, 'session', SESSION)]
  assert.equal(await open.write(tasks), [{ state: 'applied' }, { state: 'applied' }])
  assert.is(await finish(open), null)
  const contexts = ['interface', 'router', 'vrf', 'neighbor', 'address-family'].length
  assert.ok(lab.counters.roundTrips <= contexts + 8, `${lab.counters.roundTrips} round trips`)
  assert.is(lab.counters.sessionsMost, 1)
  assert.is(lab.startupText(), lab.runningText())
  assert.equal(lab.checkpoints(), [])
  assert.equal(planCli(await open.read.running(), [...LOOPBACK, ...SESSION]), [])
})

test('after a reconnection in mid-write the rest is written, all is verified and saved, and the checkpoint is the same', async () => {
  const { lab, endpoint } = await leaf()
  const { device: open } = await device(endpoint)
  assert.equal(await open.write([await work(open, 'loopback', LOOPBACK)]), [{ state: 'applied' }])
  const { net } = open.pending() ?? {}
  await open.reconnect()
  assert.equal(open.pending(), { net })
  assert.equal(await open.write([await work(open, 'session', SESSION)]), [{ state: 'applied' }])
  await open.reconnect()
  assert.is(await finish(open), null)
  assert.is(lab.counters.logins, 3)
  assert.is(lab.startupText(), lab.runningText())
  assert.equal(lab.checkpoints(), [])
  assert.equal(planCli(await open.read.running(), [...LOOPBACK, ...SESSION]), [])
})

test('the configuration is read without a shell, which is opened on the same connection when something is written', async () => {
  const { lab, endpoint } = await leaf()
  const { device: open } = await device(endpoint)
  await open.read.running()
  assert.is(lab.counters.commands, 1, 'nothing set up a terminal')
  assert.equal(await open.write([await work(open, 'loopback', LOOPBACK)]), [{ state: 'applied' }])
  assert.is(await finish(open), null)
  assert.is(lab.counters.logins, 1)
  assert.match(lab.runningText(), /loopback1002/)
})

test('a switch that has only shells, gives no exit status, or ends the connection with a command, is read and written to all the same', async () => {
  for (const [faults, logins] of [
    [{ noExec: true }, 1],
    [{ noExitStatus: true }, 1],
    [{ closeAfterExec: true }, 2],
  ] as const) {
    const { lab, endpoint } = await leaf({ faults })
    const { device: open } = await device(endpoint)
    assert.ok(findCli(await open.read.running(), ['hostname leaf-a']))
    // The switch takes its time to close.
    await new Promise(resolve => setTimeout(resolve, 200))
    assert.equal(await open.write([await work(open, 'loopback', LOOPBACK)]), [{ state: 'applied' }])
    assert.is(await finish(open), null)
    assert.is(lab.counters.logins, logins, JSON.stringify(faults))
  }
})

test('a configuration of which the end is missing is never taken for the whole', async () => {
  const { lab, endpoint } = await leaf({ faults: { hang: { pattern: '^show running', afterBytes: 200 } } })
  const { device: open } = await device(endpoint)
  setTimeout(() => lab.close(), 300)
  const failure = await failureOf(open.read.running())
  assert.is(failure.code, 'unreachable')
  assert.match(failure.message, /closed the session/)
})

test('one byte at a time, log messages in every answer and 20,000 lines change nothing', async () => {
  for (const faults of [{ chunkBytes: 1 }, { syslog: { pattern: '.' } }, { extraLines: 20_000 }, { slowMs: 5 }]) {
    const { lab, endpoint } = await leaf({ faults })
    const { device: open } = await device(endpoint)
    const [outcome] = await open.write([await work(open, 'session', [...LOOPBACK, ...SESSION])])
    assert.is(outcome?.state, 'applied', JSON.stringify(faults))
    assert.is(await finish(open), null, JSON.stringify(faults))
    assert.match(lab.runningText(), /neighbor 192\.0\.2\.10\n {6}remote-as 65531/)
    await open.release()
  }
})

test('a line refused three contexts deep is named; its task is undone, the one before it stays, the one behind it is unsent', async () => {
  const { lab, endpoint } = await leaf({ faults: { reject: [{ pattern: '^as-override', text: '% Invalid command' }] } })
  const { device: open } = await device(endpoint)
  const third = inside([], 'vrf context vrf-009')
  const tasks = [
    await work(open, 'loopback', LOOPBACK),
    await work(open, 'session', SESSION),
    await work(open, 'third', third),
  ]
  const outcomes = await open.write(tasks)
  assert.equal(
    outcomes.map(outcome => outcome.state),
    ['applied', 'failed', 'unsent'],
  )
  const failure = failureIn(outcomes[1])
  assert.is(failure.code, 'rejected')
  assert.equal(failure.device, {
    said: '% Invalid command',
    line: 'as-override',
    context: [...PEER, 'address-family ipv4 unicast'],
  })
  assert.match(failure.aftermath ?? '', /^Undone: its lines were taken back one by one, .*the task before it stay/)
  assert.match(lab.runningText(), /interface loopback1002\n {2}vrf member vrf-001\n {2}ip address 10\.1\.0\.1\/32/)
  assert.not.match(lab.runningText(), /192\.0\.2\.10|vrf-009/)
  assert.is(await finish(open), null)
  assert.is(lab.startupText(), lab.runningText())
  assert.equal(lab.checkpoints(), [])
  assert.ok(planCli(await open.read.running(), SESSION).length > 0, 'the snapshot knows that the task is gone')
})

test('a context that is refused is not entered: what was meant for its inside is never sent', async () => {
  const { lab, endpoint } = await leaf({ faults: { reject: [{ pattern: '^neighbor', text: '% Invalid ip address' }] } })
  const { device: open } = await device(endpoint)
  const [outcome] = await open.write([await work(open, 'peer', inside(PEER, 'remote-as 65531', 'shutdown'))])
  assert.is(failureIn(outcome).device?.line, 'neighbor 192.0.2.10')
  assert.not.match(lab.runningText(), /shutdown/)
  assert.equal(
    lab.typed.filter(line => /remote-as|shutdown/.test(line)),
    [],
  )
  assert.not.match(
    lab.runningText(),
    /router bgp 65102\n(?: .*\n)* {2}vrf vrf-001/,
    'the context around it is gone too',
  )
})

test('a rollback that fails too is said loudly, the checkpoint stays, and nothing more is written or saved', async () => {
  const reject = ['^as-override', '^no vrf'].map(pattern => ({ pattern, text: '% Invalid command' }))
  const faults = { reject, rollbackFails: true }
  const { lab, endpoint } = await leaf({ faults })
  const { device: open } = await device(endpoint, 'r-7')
  const failure = failureIn((await open.write([await work(open, 'session', SESSION)]))[0])
  assert.match(failure.message, /THE ROLLBACK FAILED TOO/)
  assert.match(failure.device?.said ?? '', /% Invalid command\n--- rollback.*\n(?:.*\n)*Verification failed/)
  assert.match(failure.aftermath ?? '', /^NOT undone: .*unknown.*Nothing was saved.*weft-r-7 is kept/)
  const next = failureIn((await open.write([await work(open, 'next', LOOPBACK)]))[0])
  assert.is(next.code, 'unsafe')
  assert.is(await finish(open), null)
  assert.equal(lab.checkpoints(), ['weft-r-7'])
  assert.not.match(lab.startupText(), /192\.0\.2\.10/)
})

test('a refused checkpoint is a failure before anything is written; a full switch is told which it holds', async () => {
  const { lab, endpoint } = await leaf({ faults: { refuseCheckpoint: true } })
  const { device: open } = await device(endpoint)
  const failure = failureIn((await open.write([await work(open, 'loopback', LOOPBACK)]))[0])
  assert.match(failure.message, /refused the checkpoint weft-test/)
  assert.match(failure.device?.said ?? '', /FCOE is enabled/)
  assert.is(failure.aftermath, 'Nothing was written.')
  assert.not.match(lab.runningText(), /loopback1002/)
  const full = await leaf()
  const { device: tenth } = await device(full.endpoint)
  for (let number = 0; number < 10; number++) await exec(tenth, `checkpoint old-${number}`)
  const refused = failureIn((await tenth.write([await work(tenth, 'loopback', LOOPBACK)]))[0])
  assert.match(refused.remedy ?? '', /holds 10 checkpoints; here are old-0, .*old-9.*no checkpoint old-0/)
})

test('saving that fails is a failure of its own; the changes are still there', async () => {
  const { lab, endpoint } = await leaf({ faults: { copyFails: true } })
  const { device: open } = await device(endpoint)
  await open.write([await work(open, 'loopback', LOOPBACK)])
  const failure = await finish(open)
  assert.match(failure?.message ?? '', /did not save/)
  assert.match(failure?.device?.said ?? '', /request was aborted/)
  assert.match(failure?.aftermath ?? '', /a reload would lose them/)
  assert.match(lab.runningText(), /loopback1002/)
})

test('what was not saved is saved by a later run that is asked to, without a checkpoint', async () => {
  const { lab, endpoint } = await leaf({ faults: { copyFails: true } })
  const first = await device(endpoint)
  await first.device.write([await work(first.device, 'loopback', LOOPBACK)])
  assert.ok(await finish(first.device))
  lab.setFaults({})
  const { device: second, told } = await device(endpoint, 'second')
  await second.read.running()
  assert.equal(
    await second.write([{ id: 'save', title: 'save', commands: [{ save: true }], differences: [savedAs('behind')] }]),
    [{ state: 'applied' }],
  )
  assert.is(await finish(second), null)
  assert.match(lab.startupText(), /loopback1002/)
  assert.equal(
    told.filter(line => /^(writing|saving)/.test(line)),
    ['saving: copy running-config startup-config'],
  )
  // The net of the run that could not save is still there.
  assert.equal(lab.checkpoints(), ['weft-test'])
})

test('lines that ask not to be saved are not, unless others of the run do', async () => {
  const { lab, endpoint } = await leaf()
  const { device: open } = await device(endpoint)
  const task = await work(open, 'loopback', LOOPBACK)
  await open.write([{ ...task, unsaved: true }])
  assert.is(await finish(open), null)
  assert.match(lab.runningText(), /loopback1002/)
  assert.not.match(lab.startupText(), /loopback1002/)
  assert.equal(lab.checkpoints(), [])
})

test('a connection that ends in the middle of a write and does not come back leaves the unknown named, and how to look', async () => {
  const { lab, endpoint } = await leaf()
  const { device: open } = await device({ ...endpoint, timeoutSeconds: 0.4 })
  const task = await work(open, 'session', [...LOOPBACK, ...SESSION])
  lab.onChange(() => lab.setFaults({ disconnectAfterCommands: 0, closed: true }))
  const [outcome] = await open.write([task])
  if (outcome?.state !== 'unknown') throw new Error(`it is ${outcome?.state}`)
  const { failure } = outcome
  assert.is(failure.code, 'unreachable')
  assert.match(failure.aftermath ?? '', /^Unknown: \d+ lines were acknowledged/)
  assert.match(failure.remedy ?? '', /show running-config.*rollback running-config checkpoint weft-test/)
  assert.is(await finish(open), null)
  assert.equal(lab.checkpoints(), ['weft-test'])
})

test('a device that hangs in the middle of an answer is a timeout, and the next read logs in again', async () => {
  const { lab, endpoint } = await leaf({ faults: { hang: { pattern: '^show running', afterBytes: 60 } } })
  const { device: open } = await device({ ...endpoint, timeoutSeconds: 0.4 })
  const failure = await failureOf(open.read.running())
  assert.is(failure.code, 'timeout')
  assert.is(failure.device?.line, 'show running-config')
  lab.setFaults({})
  assert.ok(findCli(await open.read.running(), ['hostname leaf-a']))
  assert.is(lab.counters.logins, 2)
})

test('a switch without a free session is asked again until it has one', async () => {
  const { lab, endpoint } = await leaf({ faults: { sessionLimit: 0 } })
  const { device: open, told } = await device(endpoint)
  setTimeout(() => lab.setFaults({}), 300)
  assert.ok(findCli(await open.read.running(), ['hostname leaf-a']))
  assert.ok(told.some(line => /^waiting: leaf-a has no free session/.test(line)))
})

test('a session limit that lasts is busy, with the words of the switch', async () => {
  const { endpoint } = await leaf({ faults: { sessionLimit: 0 } })
  const { device: open } = await device({ ...endpoint, timeoutSeconds: 0.5 })
  const failure = await failureOf(open.read.running())
  assert.is(failure.code, 'busy')
  assert.match(failure.device?.said ?? '', /session limit 0 reached/)
})

test('a device that closes behind its banner is told apart, with the banner', async () => {
  const { endpoint } = await leaf({ faults: { closeAfterBanner: true } })
  const { device: open } = await device(endpoint)
  const failure = await failureOf(open.read.running())
  assert.is(failure.code, 'unreachable')
  assert.match(failure.message, /opened no shell/)
  assert.match(failure.device?.said ?? '', /Cisco NX-OS Software/)
})

test('only reading gets through the reading side', async () => {
  const { lab, endpoint } = await leaf()
  const { device: open } = await device(endpoint)
  for (const command of [
    'reload',
    'show version > bootflash:x',
    'show clock | vsh',
    'clear counters',
    'show clock\nreload',
  ]) {
    assert.is((await failureOf(open.read.show(command))).code, 'unsafe', command)
  }
  assert.match(await open.read.show('show version | include "leaf|NXOS"'), /NXOS/)
  assert.is((await failureOf(open.read.show('show nothing'))).code, 'rejected')
  assert.is(lab.log.filter(line => /reload/.test(line)).length, 0)
})

test('a run that is stopped says that it was interrupted', async () => {
  const { endpoint } = await leaf({ faults: { hang: { pattern: '^show running', afterBytes: 10 } } })
  const stop = new AbortController()
  const { openNxos } = await import('../../../src/device/nxos/open.ts')
  const open = await openNxos({ endpoint, run: 'r', progress: () => {}, signal: stop.signal })
  setTimeout(() => stop.abort(), 200)
  assert.is((await failureOf(open.read.running())).code, 'interrupted')
  await open.release()
})

test('a line that was taken and is not shown fails the end of the run', async () => {
  const { lab, endpoint } = await leaf()
  const { device: open } = await device(endpoint)
  await open.write([await work(open, 'loopback', LOOPBACK)])
  const other = await device(endpoint, 'other')
  await other.device.write([await work(other.device, 'removal', inside([], 'no interface loopback1002'))])
  const failure = await finish(open)
  assert.is(failure?.code, 'stale')
  assert.match(failure?.message ?? '', /interface loopback1002.* is missing/)
  assert.ok(lab.counters.sessionsMost <= 2)
})

test('a line or command with a character that a switch obeys is never typed', async () => {
  const { lab, endpoint } = await leaf()
  const { device: open } = await device(endpoint)
  const before = lab.runningText()
  for (const letter of ['\r', '\n', '?', '\u0000', '\u0003', '\u0015', '\u001b']) {
    const line = `description a${letter}no vlan 20`
    const [outcome] = await open.write([
      { id: 'x', title: 'x', differences: [], commands: [{ parents: ['interface loopback0'], line }] },
    ])
    assert.is(failureIn(outcome).code, 'invalid', JSON.stringify(letter))
    const [typed] = await exec(open, `clear counters${letter}no vlan 20`)
    assert.ok(typed?.state !== 'applied')
    const shown = await failureOf(open.read.show(`show version${letter}reload`))
    assert.ok(shown.code === 'invalid' || shown.code === 'unsafe')
  }
  assert.is(lab.runningText(), before)
  assert.equal(lab.checkpoints(), [])
  await open.release()
})

test('two hosts of a run that write to one switch do so one after the other: no line falls into the context of another', async () => {
  const { lab, endpoint } = await leaf()
  const { device: open } = await device(endpoint)
  const ports = ['interface Ethernet1/1', 'interface Ethernet1/2', 'interface loopback0']
  const works = []
  for (const port of ports) works.push(await work(open, port, inside([port], `description of ${port}`)))
  const outcomes = await Promise.all(works.map(each => open.write([each])))
  assert.equal(outcomes.flat(), [{ state: 'applied' }, { state: 'applied' }, { state: 'applied' }])
  assert.is(await finish(open), null)
  for (const port of ports) {
    const [own] = lab.running().filter(({ line }) => line === port)
    assert.ok(
      own?.children.some(({ line }) => line === `description of ${port}`),
      lab.runningText(),
    )
  }
})

test('what nxos_command types is never typed within a context: shutdown is no command of exec mode', async () => {
  const { lab, endpoint } = await leaf()
  const { device: open } = await device(endpoint)
  const [first, second] = [
    inside(['interface Ethernet1/1'], 'description x'),
    inside(['interface Ethernet1/1'], 'mtu 9216'),
  ]
  const lines = await work(open, 'lines', first)
  const typed: Work<'nxos'> = { id: 'typed', title: 'typed', commands: [{ exec: 'shutdown' }], differences: [] }
  const [written, refused] = await open.write([lines, typed])
  assert.is(written?.state, 'applied')
  assert.is(refused?.state, 'failed')
  assert.not.match(lab.runningText(), 'shutdown')
  const more = await open.write([
    await work(open, 'more', second),
    { ...typed, commands: [{ exec: 'clear counters' }] },
  ])
  assert.equal(
    more.map(({ state }) => state),
    ['applied', 'applied'],
  )
  assert.equal(lab.typed.slice(-2), ['end', 'clear counters'])
})

test.run()
