import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { type ControlPlane, quietControlPlane } from '../../../src/lab/nxos/control-plane.ts'
import { type LabSwitch, startSwitch } from '../../../src/lab/nxos/switch.ts'
import { execute, password, user } from './shell-client.ts'

const config = `hostname leaf-101
feature bgp
feature vpc
feature interface-vlan
vlan 1,3001
vrf context vrf-001
vpc domain 12
  delay restore interface-vlan 45
interface Vlan3001
  no shutdown
  vrf member vrf-001
  ip address 192.168.1.1/24
interface port-channel1
  switchport mode trunk
  vpc peer-link
interface port-channel7
  vpc 7
interface Ethernet1/1
interface loopback1002
  vrf member vrf-001
  ip address 192.0.2.1/32
router bgp 65102
  template peer K8S
    remote-as 65531
    address-family ipv4 unicast
  vrf vrf-001
    address-family ipv4 unicast
    neighbor 192.168.1.10
      inherit peer K8S
    neighbor 192.168.1.11
      inherit peer K8S
      shutdown
    neighbor 192.168.1.12
      inherit peer K8S
`

const since = new Date(Date.now() - (26 * 3600 + 61) * 1000)
const control: ControlPlane = {
  ...quietControlPlane,
  bgpSessions: vrf =>
    vrf === 'vrf-001'
      ? [
          {
            vrf,
            neighbor: '192.168.1.10',
            remoteAs: '65531',
            state: 'Established',
            since,
            families: [{ family: 'ipv4 unicast', prefixesReceived: 1 }],
          },
        ]
      : [],
  routes: (vrf, family) =>
    vrf === 'vrf-001' && family === 'ipv4'
      ? [
          {
            vrf,
            family,
            prefix: '10.244.0.0/26',
            paths: [
              {
                nextHop: '192.168.1.10',
                source: 'bgp-65102',
                kind: 'external',
                preference: 20,
                metric: 0,
                since,
                tag: 65531,
              },
            ],
          },
        ]
      : [],
  vpc: () => ({ peer: 'peer-link-down', keepalive: 'peer-alive', role: 'secondary', down: [7] }),
}
let lab: LabSwitch

test.before(async () => {
  lab = await startSwitch({ name: 'leaf-101', config, users: { [user]: password }, control })
})

test.after(() => lab.close())

const ask = (command: string) => execute(lab.port, command)
const askJson = async (command: string) => JSON.parse(await ask(command))

test('the BGP summary has a count or a state in its last column', async () => {
  const text = await ask('show bgp vrf vrf-001 all summary')
  assert.match(
    text,
    /for VRF vrf-001, address family IPv4 Unicast\nBGP router identifier 192\.0\.2\.1, local AS number 65102/,
  )
  assert.match(text, /IPv4 Unicast config peers 3, capable peers 1/)
  assert.match(text, /^192\.168\.1\.10 +4 65531 .* 1d02h 1$/m)
  assert.match(text, /^192\.168\.1\.11 +4 65531 .* Shut \(Admin\)$/m)
  assert.match(text, /^192\.168\.1\.12 +4 65531 .* Idle$/m)
})

test('json has strings and objects for one row, json native numbers and arrays', async () => {
  const plain = await askJson('show bgp all summary vrf vrf-001 | json')
  const saf = plain.TABLE_vrf.ROW_vrf.TABLE_af.ROW_af.TABLE_saf.ROW_saf
  assert.is(saf.configuredpeers, '3')
  assert.match(saf.TABLE_neighbor.ROW_neighbor[0].time, /^P1DT2H\d+M\d+S$/)
  const native = await askJson('show bgp all summary vrf vrf-001 | json native')
  const [row] = native.TABLE_vrf.ROW_vrf[0].TABLE_af.ROW_af[0].TABLE_saf.ROW_saf[0].TABLE_neighbor.ROW_neighbor
  assert.is(row.prefixreceived, 1)
  assert.is(row.neighboras, '65531')
})

test('show bgp sessions counts over all VRFs and is {} for a VRF without any', async () => {
  const all = await askJson('show bgp sessions vrf vrf-001 | json')
  assert.is(all.totalpeers, '3')
  assert.is(all.TABLE_vrf.ROW_vrf.vrfestablishedpeers, '1')
  assert.equal(await askJson('show bgp sessions vrf management | json'), {})
})

test('the routing table has what is connected and what was learnt', async () => {
  const text = await ask('show ip route vrf vrf-001')
  assert.match(
    text,
    /^192\.168\.1\.0\/24, ubest\/mbest: 1\/0, attached\n {4}\*via 192\.168\.1\.1, Vlan3001, \[0\/0\], [\d:]+, direct$/m,
  )
  assert.match(
    text,
    /^10\.244\.0\.0\/26, ubest\/mbest: 1\/0\n {4}\*via 192\.168\.1\.10, \[20\/0\], 1d02h, bgp-65102, external, tag 65531$/m,
  )
  const one = await askJson('show ip route 10.244.0.5 vrf vrf-001 | json')
  assert.is(one.TABLE_vrf.ROW_vrf.TABLE_addrf.ROW_addrf.TABLE_prefix.ROW_prefix.ipprefix, '10.244.0.0/26')
  assert.is(
    (await askJson('show ipv6 route vrf vrf-001 | json')).TABLE_vrf.ROW_vrf.TABLE_addrf.ROW_addrf.TABLE_prefix,
    undefined,
  )
})

test('the BGP table shows next hop and AS path', async () => {
  assert.match(await ask('show bgp vrf vrf-001 ipv4 unicast'), /^\*>e10\.244\.0\.0\/26 {6}192\.168\.1\.10 +0 65531 i$/m)
  const json = await askJson('show ip bgp 10.244.0.0/26 vrf vrf-001 | json')
  assert.is(
    json.TABLE_vrf.ROW_vrf.TABLE_afi.ROW_afi.TABLE_safi.ROW_safi.TABLE_prefix.ROW_prefix.TABLE_path.ROW_path.aspath,
    '65531',
  )
})

test('vPC speaks differently in text and in JSON', async () => {
  const text = await ask('show vpc')
  assert.match(text, /^Peer status +: peer link is down +$/m)
  assert.match(text, /^vPC role +: secondary +$/m)
  assert.match(text, /^7 +Po7 +down\*/m)
  assert.match(text, /^Delay-restore status +: Timer is off\.\(timeout = 30s\)/m)
  assert.match(text, /^Delay-restore SVI status +: Timer is off\.\(timeout = 45s\)/m)
  const json = await askJson('show vpc | json')
  assert.is(json['vpc-peer-status'], 'peer-link-down')
  assert.is(json['vpc-peer-keepalive-status'], 'peer-alive')
})

test('show running-config has its header, sections and pipes', async () => {
  assert.match(
    await ask('show running-config interface Vlan3001'),
    /^\n!Command: show running-config interface Vlan3001\n!No configuration change since last restart\n!Time: /,
  )
  assert.is(
    await ask('show running-config | section "vpc domain"'),
    'vpc domain 12\n  delay restore interface-vlan 45\n',
  )
  assert.is(await ask('show running-config | include "^vlan"'), 'vlan 1,3001\n')
  assert.is(
    await ask('show running-config | count').then(Number),
    (await ask('show running-config')).split('\n').length - 1,
  )
  assert.match(await ask('show running-config | begin "router bgp"'), /^router bgp 65102\n/)
  assert.not.match(await ask('show running-config bgp | exclude neighbor'), /neighbor/)
})

test('a command of a feature that is off does not exist, and neither does json where there is none', async () => {
  assert.match(await ask('show running-config nv overlay'), /% Invalid command at '\^' marker\./)
  assert.match(await ask('show users | json'), /\^\n% Invalid command at '\^' marker\./)
})

test('facts about the switch: version, inventory, features, VRFs, VLANs', async () => {
  assert.is((await askJson('show version | json')).host_name, 'leaf-101')
  assert.is((await askJson('show inventory | json')).TABLE_inv.ROW_inv[0].name, '"Chassis"')
  assert.match(await ask('show feature'), /^bgp +1 +enabled$/m)
  assert.equal(
    (await askJson('show vrf | json')).TABLE_vrf.ROW_vrf.map((row: { vrf_name: string }) => row.vrf_name),
    ['default', 'management', 'vrf-001'],
  )
  assert.match(await ask('show vlan brief'), /^3001 VLAN3001 +active +Po1$/m)
  const vlans = await askJson('show vlan | json')
  assert.is(vlans.TABLE_vlanbrief.ROW_vlanbrief[1]['vlanshowbr-vlanid'], '3001')
  assert.is(vlans.TABLE_mtuinfo.ROW_mtuinfo[1]['vlanshowinfo-vlanmode'], 'ce-vlan')
  assert.ok(Array.isArray((await askJson('show vlan brief | json')).TABLE_vlanbriefxbrief.ROW_vlanbriefxbrief))
})

test('a VRF without interfaces has no answer, and defaults stand in running-config all only', async () => {
  assert.is((await ask('show vrf management interface | json')).trim(), '')
  assert.is((await askJson('show vrf vrf-001 interface | json')).TABLE_if.ROW_if.length, 2)
  const all = await ask("show running-config all | incl 'system default switchport'")
  assert.match(all, /^system default switchport\nno system default switchport shutdown$/m)
  assert.not.match(await ask('show running-config'), 'system default')
})

test.run()
