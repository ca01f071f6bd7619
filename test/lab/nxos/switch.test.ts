import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { type LabSwitch, startSwitch } from '../../../src/lab/nxos/switch.ts'
import { execute, login, openShell, password, user } from './shell-client.ts'

const config = `hostname leaf-101
feature bgp
feature interface-vlan
vrf context vrf-001
interface loopback1002
  vrf member vrf-001
  ip address 192.0.2.1/32
router bgp 65102
  vrf vrf-001
    address-family ipv4 unicast
`
let lab: LabSwitch

test.before(async () => {
  lab = await startSwitch({ name: 'leaf-101', config, users: { [user]: password } })
})

test.after(() => lab.close())

test('the echo ends in \\r\\r\\n, lines in \\r\\n, and \\r stands before the prompt', async () => {
  const shell = await openShell(lab)
  assert.match(shell.read(), /\r\n\rleaf-101# $/)
  const said = await shell.ask('show hostname\n', /# $/)
  assert.is(said, 'show hostname\r\r\nleaf-101 \r\n\rleaf-101# ')
  shell.end()
})

test('the prompt names the mode, exit goes one up, end leaves', async () => {
  const shell = await openShell(lab)
  const prompts: string[] = []
  const lines = [
    'conf t',
    'router bgp 65102',
    'vrf vrf-001',
    'neighbor 192.168.1.10',
    'address-family ipv4 unicast',
    'exit',
    'exit',
  ]
  for (const line of [
    ...lines,
    'int lo1002',
    'route-map A permit 10',
    'vrf context vrf-001',
    'address-family ipv6 unicast',
    'end',
  ]) {
    const said = await shell.ask(`${line}\r`, /# $/)
    prompts.push(/\((.*)\)# $/.exec(said)?.[1] ?? '')
  }
  assert.equal(prompts, [
    'config',
    'config-router',
    'config-router-vrf',
    'config-router-vrf-neighbor',
    'config-router-vrf-neighbor-af',
    'config-router-vrf-neighbor',
    'config-router-vrf',
    'config-if',
    'config-route-map',
    'config-vrf',
    'config-vrf-af-ipv6',
    '',
  ])
  shell.end()
})

test('a wrong word gets a caret below it, counted from the prompt', async () => {
  const shell = await openShell(lab)
  const said = await shell.ask('show fex\n', /# $/)
  assert.is(
    said,
    `show fex\r\r\n${' '.repeat('leaf-101# show '.length)}^\r\n% Invalid command at '^' marker.\r\n\rleaf-101# `,
  )
  assert.match(await shell.ask('show bgp vrf\n', /# $/), /% Incomplete command at '\^' marker\./)
  assert.match(await shell.ask('conf t\nb\n', /\^' marker\.[\s\S]*# $/), /% Ambiguous command at '\^' marker\./)
  shell.end()
})

test('the exec channel answers without echo and prompt', async () => {
  assert.is(await execute(lab.port, 'show hostname'), 'leaf-101 \n')
})

test('long output stops at --More-- until the length is 0', async () => {
  const shell = await openShell(lab)
  const first = await shell.ask('show version\n', /--More--/)
  assert.not.match(first, /Core Plugin/)
  assert.match(await shell.ask(' ', /# $/), /Core Plugin/)
  await shell.ask('terminal length 0\n', /# $/)
  assert.match(await shell.ask('show version\n', /# $/), /Core Plugin/)
  shell.end()
})

test('a wrong password is refused and counted as no login', async () => {
  const before = lab.counters.logins
  const error = await login(lab.port, 'wrong').then(
    () => null,
    refused => refused as Error & { level?: string },
  )
  assert.is(error?.level, 'client-authentication')
  assert.is(lab.counters.logins, before)
})

test('latency counts from the time a line comes, so that pipelined lines overlap in one round trip', async () => {
  const shell = await openShell(lab)
  await shell.ask('conf t\n', /\(config\)# $/)
  lab.setLatency(60)
  const before = lab.counters.roundTrips
  const start = performance.now()
  const lines = Array.from(
    { length: 20 },
    (_, index) => `ip prefix-list P seq ${index + 5} permit 10.0.${index}.0/24\n`,
  )
  await shell.ask(lines.join(''), /seq 24 permit 10\.0\.19\.0\/24\r\r\n\rleaf-101\(config\)# $/)
  const took = performance.now() - start
  lab.setLatency(0)
  assert.ok(took >= 55 && took < 500, `${took} ms`)
  assert.is(lab.counters.roundTrips, before + 1)
  assert.is(lab.running().filter(node => node.line.startsWith('ip prefix-list P ')).length, 20)
  shell.end()
})

test('the answers of the login take the latency too', async () => {
  lab.setLatency(40)
  const start = performance.now()
  const client = await login(lab.port)
  const took = performance.now() - start
  lab.setLatency(0)
  client.end()
  // Key exchange (two answers), the service, the password.
  assert.ok(took >= 4 * 40 - 10, `${took} ms`)
})

test('those who watch are told of each change', async () => {
  const seen: string[] = []
  const stop = lab.onChange(running => seen.push(running.find(node => node.line.startsWith('hostname'))?.line ?? ''))
  const shell = await openShell(lab)
  await shell.ask('conf t\nhostname leaf-102\n', /leaf-102\(config\)# $/)
  await shell.ask('hostname leaf-101\nend\n', /leaf-101# $/)
  stop()
  assert.equal(seen, ['hostname leaf-102', 'hostname leaf-101'])
  shell.end()
})

test('checkpoint, rollback and saving work and ten checkpoints are the most', async () => {
  const shell = await openShell(lab)
  const before = lab.runningText()
  await shell.ask('terminal length 0\n', /# $/)
  assert.match(await shell.ask('checkpoint weft-1\n', /# $/), /Done\r\n/)
  await shell.ask('conf t\nrouter bgp 65102\nvrf vrf-001\nneighbor 192.168.1.99\nremote-as 65531\nend\n', /leaf-101# $/)
  assert.is.not(lab.runningText(), before)
  assert.match(
    await shell.ask('rollback running-config checkpoint weft-1 atomic\n', /leaf-101# $/),
    /Rollback completed successfully\./,
  )
  assert.is(lab.runningText(), before)
  for (let index = 2; index <= 10; index++) await shell.ask(`checkpoint weft-${index}\n`, /Done[\s\S]*# $/)
  assert.match(await shell.ask('checkpoint weft-11\n', /# $/), /ERROR: .*Maximum number/)
  assert.is(lab.checkpoints().length, 10)
  await shell.ask('clear checkpoint database\n', /# $/)
  assert.match(await shell.ask('copy running-config startup-config\n', /# $/), /Copy complete\./)
  assert.is(lab.startupText(), lab.runningText())
  shell.end()
})

test('write erase asks first', async () => {
  const shell = await openShell(lab)
  const before = lab.startupText()
  await shell.ask('write erase\n', /\[n\] $/)
  await shell.ask('n\n', /# $/)
  assert.is(lab.startupText(), before)
  shell.end()
})

test('maintenance mode isolates BGP and shows in the prompt', async () => {
  const shell = await openShell(lab)
  await shell.ask('terminal length 0\n', /# $/)
  await shell.ask('system mode maintenance\n', /\[no\] $/)
  assert.match(await shell.ask('yes\n', /leaf-101\(maint-mode\)# $/), /Maintenance mode operation successful/)
  assert.match(lab.runningText(), /router bgp 65102\n {2}isolate\n/)
  assert.match(await shell.ask('show system mode\n', /# $/), /System Mode: Maintenance/)
  await shell.ask('no system mode maintenance\n', /\[no\] $/)
  await shell.ask('yes\n', /leaf-101# $/)
  assert.not.match(lab.runningText(), /isolate/)
  shell.end()
})

test('a banner of several lines is asked for line by line', async () => {
  const shell = await openShell(lab)
  await shell.ask('conf t\n', /\(config\)# $/)
  assert.match(await shell.ask('banner motd @\n', /> $/), /Enter TEXT message\. {2}End with the character '@'\./)
  await shell.ask('no shutdown\n', /> $/)
  await shell.ask('@\n', /\(config\)# $/)
  assert.match(lab.runningText(), /\nbanner motd @\nno shutdown\n@\n/)
  await shell.ask('no banner motd\n', /\(config\)# $/)
  assert.not.match(lab.runningText(), /banner/)
  shell.end()
})

test('what is typed behind a hang or an exit has no effect', async () => {
  const shell = await openShell(lab)
  shell.channel.write('exit\nconf t\nhostname never\n')
  await shell.closed
  assert.not.match(lab.runningText(), /never/)
})

test.run()
