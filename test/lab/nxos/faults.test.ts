import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { type LabSwitch, startSwitch } from '../../../src/lab/nxos/switch.ts'
import { execute, login, openShell, password, user } from './shell-client.ts'

let lab: LabSwitch

test.before(async () => {
  lab = await startSwitch({
    name: 'leaf-101',
    config: 'hostname leaf-101\nfeature bgp\nrouter bgp 1\n',
    users: { [user]: password },
  })
})

test.after.each(() => lab.setFaults({}))
test.after(() => lab.close())

test('refuseAuth refuses the right password', async () => {
  lab.setFaults({ refuseAuth: true })
  const refused = await login(lab.port).catch(() => null)
  assert.is(refused, null)
})

test('closeAfterBanner ends the session before a prompt', async () => {
  lab.setFaults({ closeAfterBanner: true })
  const shell = await openShell(lab, { wait: /NX-OS/ })
  await shell.closed
  assert.not.match(shell.read(), /#/)
})

test('the session beyond the limit is told so and closed', async () => {
  lab.setFaults({ sessionLimit: 1 })
  const first = await openShell(lab)
  const second = await openShell(lab, { wait: /CLI session limit 1 reached\. Exiting\./ })
  await second.closed
  assert.not.match(second.read(), /# /)
  assert.is(lab.counters.sessionsNow, 1)
  first.end()
})

test('hang stops in the middle of an output', async () => {
  lab.setFaults({ hang: { pattern: '^show version', afterBytes: 100 } })
  const shell = await openShell(lab)
  await shell.ask('terminal length 0\n', /# $/)
  await shell.ask('show version\n', /NX-OS/)
  await new Promise(resolve => setTimeout(resolve, 60))
  assert.is(shell.read().length, 'show version'.length + 100)
  shell.end()
})

test('chunkBytes sends byte by byte and loses nothing', async () => {
  lab.setFaults({ chunkBytes: 1 })
  const shell = await openShell(lab)
  const pieces: number[] = []
  shell.channel.on('data', (data: Buffer) => pieces.push(data.length))
  assert.is(await shell.ask('show hostname\n', /# $/), 'show hostname\r\r\nleaf-101 \r\n\rleaf-101# ')
  assert.ok(pieces.length > 10, `${pieces.length} pieces`)
  shell.end()
})

test('syslog breaks into an answer', async () => {
  lab.setFaults({ syslog: { pattern: '^show run' } })
  const shell = await openShell(lab)
  await shell.ask('terminal length 0\n', /# $/)
  const said = await shell.ask('show running-config\n', /# $/)
  assert.match(said, /\r\n\d+ \w+ \d+ [\d:]+ switch %ETHPORT-5-IF_DOWN[^\r]*\r\n/)
  assert.match(said, /router bgp 1/)
  shell.end()
})

test('slowMs takes its time for each line, one after the other', async () => {
  lab.setFaults({ slowMs: 40 })
  const shell = await openShell(lab)
  const start = performance.now()
  await shell.ask('show clock\nshow clock\nshow hostname\n', /leaf-101 \r\n\rleaf-101# $/)
  assert.ok(performance.now() - start >= 75)
  shell.end()
})

test('reject refuses a line with the words that were ordered', async () => {
  lab.setFaults({ reject: [{ pattern: '^remote-as 65000$', text: '% Remote AS refused by the lab' }] })
  const shell = await openShell(lab)
  await shell.ask('conf t\nrouter bgp 1\nneighbor 192.0.2.9\n', /neighbor\)# $/)
  assert.match(await shell.ask('remote-as 65000\n', /# $/), /% Remote AS refused by the lab\r\n/)
  assert.not.match(lab.runningText(), /65000/)
  shell.end()
})

test('checkpoint, rollback and copy fail when told to', async () => {
  const shell = await openShell(lab)
  await shell.ask('checkpoint good\n', /Done[\s\S]*# $/)
  await shell.ask('conf t\nhostname other\nend\n', /other# $/)
  lab.setFaults({ refuseCheckpoint: true, rollbackFails: true, copyFails: true })
  assert.match(await shell.ask('checkpoint bad\n', /# $/), /ERROR: ascii-cfg: FCOE is enabled/)
  assert.match(await shell.ask('rollback running-config checkpoint good\n', /# $/), /Verification failed/)
  assert.match(lab.runningText(), /hostname other/)
  const saved = lab.startupText()
  assert.match(await shell.ask('copy running-config startup-config\n', /# $/), /aborted/)
  assert.is(lab.startupText(), saved)
  lab.setFaults({})
  await shell.ask('rollback running-config checkpoint good\n', /leaf-101# $/)
  shell.end()
})

test('disconnectAfterCommands drops the connection', async () => {
  lab.setFaults({ disconnectAfterCommands: 2 })
  const shell = await openShell(lab)
  await shell.ask('show clock\n', /# $/)
  await shell.ask('show clock\n', /# $/)
  shell.channel.write('show clock\n')
  await shell.closed
})

test('extraLines makes the running-config long', async () => {
  lab.setFaults({ extraLines: 20_000 })
  const text = await execute(lab.port, 'show running-config')
  assert.ok(text.split('\n').length > 20_000)
  assert.match(text, /^ip access-list LAB-EXTRA$/m)
})

test.run()
