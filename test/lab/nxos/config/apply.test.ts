import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { type Applied, applyLine, type Standing } from '../../../../src/lab/nxos/config/apply.ts'
import { loadConfig } from '../../../../src/lab/nxos/config/load.ts'
import type { Config } from '../../../../src/lab/nxos/config/node.ts'
import { printConfig } from '../../../../src/lab/nxos/config/print.ts'

const top: Standing = { mode: 'config', line: '', paths: [[]] }
const features =
  'feature bgp\nfeature interface-vlan\nfeature nv overlay\nfeature fabric forwarding\nfeature vn-segment-vlan-based\n'

/** Types lines as a person would, `exit` included; answers the configuration and all that was said. */
function type(start: string, lines: readonly string[]): { text: string; said: string; config: Config } {
  let config = loadConfig(start)
  let standings: readonly Standing[] = [top]
  let said = ''
  for (const line of lines) {
    if (line === 'exit') {
      standings = standings.slice(0, -1)
      continue
    }
    const applied: Applied = applyLine(config, standings, line)
    if ('refused' in applied) said += `${applied.refused}\n`
    else if ('error' in applied) said += `${line.slice(applied.column)}: ${applied.error}\n`
    else {
      config = applied.config
      said += applied.said
      const left = standings.slice(0, standings.length - applied.depth)
      standings = applied.enter ? [...left, applied.enter] : left
    }
  }
  return { text: printConfig(config), said, config }
}

test('BGP of a tenant VRF is kept in the form and order of NX-OS', () => {
  const { text, said } = type(features, [
    'router bgp 65102',
    'vrf vrf-001',
    'neighbor 192.168.1.11 remote-as 65531',
    'address-family ipv4 unicast',
    'route-map OUT out',
    'as-override',
    'exit',
    'password secret-word',
    'update-source lo 1002',
    'neighbor 192.168.1.2',
    'inherit peer K8S',
    'exit',
    'address-family ipv4 unicast',
    'maximum-paths 64',
    'advertise l2vpn evpn',
    'exit',
    'exit',
    'template peer K8S',
    'remote-as 65531',
  ])
  assert.is(said, '')
  assert.match(
    text,
    /router bgp 65102\n {2}template peer K8S\n {4}remote-as 65531\n {2}vrf vrf-001\n {4}address-family ipv4 unicast\n {6}advertise l2vpn evpn\n {6}maximum-paths 64\n {4}neighbor 192\.168\.1\.2\n {6}inherit peer K8S\n {4}neighbor 192\.168\.1\.11\n {6}remote-as 65531\n {6}password 3 [0-9a-f]+\n {6}update-source loopback1002\n {6}address-family ipv4 unicast\n {8}as-override\n {8}route-map OUT out$/,
  )
})

test('a singleton replaces its predecessor, and no removes it with or without its value', () => {
  const start = `${features}interface loopback1\n  description old\n  ip address 192.0.2.1/32\n`
  const replaced = type(start, ['interface loopback1', 'description new words', 'ip address 192.0.2.2 255.255.255.255'])
  assert.match(replaced.text, /description new words\n {2}ip address 192\.0\.2\.2\/32$/)
  const removed = type(start, ['interface loopback1', 'no description', 'no ip address 192.0.2.1/32'])
  assert.match(removed.text, /interface loopback1$/)
})

test('removing a context removes what is below it', () => {
  const start = `${features}router bgp 1\n  vrf a\n    neighbor 10.0.0.1\n      remote-as 2\n`
  assert.match(type(start, ['router bgp 1', 'no vrf a']).text, /router bgp 1$/)
  assert.not.match(type(start, ['no feature bgp']).text, /bgp/)
})

test('a prefix-list goes entry by entry or as a whole, and gets its numbers by itself', () => {
  const lines = [
    'ip prefix-list A permit 10.0.0.0/8 le 32',
    'ip prefix-list A seq 7 deny 10.1.0.0/16',
    'ip prefix-list A permit 10.2.0.0/16',
  ]
  const { text } = type('', lines)
  assert.is(
    text.trim(),
    'ip prefix-list A seq 5 permit 10.0.0.0/8 le 32 \nip prefix-list A seq 7 deny 10.1.0.0/16\nip prefix-list A seq 10 permit 10.2.0.0/16',
  )
  assert.not.match(type(text, ['no ip prefix-list A seq 7']).text, /seq 7/)
  assert.is(type(text, ['no ip prefix-list A']).text, '')
})

test('a route-map entry is permit 10 by default and has one action', () => {
  assert.is(type('', ['route-map A', 'match tag 5']).text.trim(), 'route-map A permit 10\n  match tag 5')
  const both = 'route-map A permit 10\nroute-map A permit 20\n'
  assert.is(type(both, ['route-map A deny 10']).text.trim(), 'route-map A deny 10\nroute-map A permit 20')
  assert.is(type(both, ['no route-map A']).text, '')
})

test('vrf member takes the addresses away and says so', () => {
  const start = `${features}interface Vlan10\n  no shutdown\n  ip address 192.0.2.1/24\n`
  const { text, said } = type(start, ['interface vlan 10', 'vrf member a', 'vrf member a'])
  assert.is(said, 'Warning: Deleted all L3 config on interface Vlan10\n')
  assert.match(text, /interface Vlan10\n {2}no shutdown\n {2}vrf member a$/)
})

test('an address that overlaps another of the same VRF is refused', () => {
  const start = `${features}interface loopback1\n  ip address 192.0.2.1/32\ninterface loopback2\n`
  assert.is(
    type(start, ['interface loopback2', 'ip address 192.0.2.1/32']).said,
    '% 192.0.2.1/32 overlaps with address configured on loopback1\n',
  )
  assert.match(type(start, ['interface loopback2', 'vrf member b', 'ip address 192.0.2.1/32']).said, /^Warning[^%]*$/)
})

test('VLANs stand in one list, with a block for those that have something to say', () => {
  const { text, config } = type(`${features}vlan 1,10\n`, [
    'vlan 20-22',
    'exit',
    'vlan 3001',
    'vn-segment 30001',
    'no vlan 21',
  ])
  assert.match(text, /\nvlan 1,10,20,22,3001\nvlan 3001\n {2}vn-segment 30001/)
  assert.is(config.filter(node => node.line.startsWith('vlan ')).length, 2)
})

test('an interface range is configured port by port', () => {
  const { text } = type('', ['interface Ethernet1/1-2, Ethernet1/5', 'switchport mode trunk'])
  assert.is(text.match(/interface Ethernet1\/\d\n {2}switchport mode trunk/g)?.length, 3)
})

test('no shutdown is kept where down is the default, and only there', () => {
  const start = `${features}interface Vlan5\ninterface Ethernet1/1\ninterface Ethernet1/2\n  no switchport\ninterface loopback1\n`
  const { text } = type(start, [
    'int vlan5',
    'no shut',
    'int eth1/1',
    'no shut',
    'int eth1/2',
    'no shut',
    'int lo1',
    'no shut',
  ])
  assert.match(text, /interface Vlan5\n {2}no shutdown/)
  assert.match(text, /interface Ethernet1\/1\n\ninterface Ethernet1\/2\n {2}no switchport\n {2}no shutdown/)
  assert.match(text, /interface loopback1$/)
})

test('a line that the switch does not know or cannot take is refused where it goes wrong', () => {
  const cases: [string[], string][] = [
    [
      ['router bgp 65102', 'vrf a', 'neighbor 10.0.0.1', 'remote-as 4294967296'],
      '4294967296: % Invalid number, range is (1:4294967295)',
    ],
    [['interface loopback1', 'ip address 10.0.0.300/32'], '10.0.0.300/32: % Invalid ip address'],
    [['interface loopback5000'], 'loopback5000: % Invalid interface format'],
    [['router bgp 65102', 'bogus line'], 'bogus line: % Invalid command'],
    [['router bgp'], ': % Incomplete command'],
    [['b'], 'b: % Ambiguous command'],
    [['vlan 5000'], '5000: % Invalid value/range'],
  ]
  for (const [lines, said] of cases) assert.is(type(features, lines).said, `${said} at '^' marker.\n`)
  assert.is(type('', ['router bgp 1']).said, "router bgp 1: % Invalid command at '^' marker.\n")
  assert.is(type(`${features}router bgp 1\n`, ['router bgp 2']).said, '% BGP is already running with AS number 1\n')
})

test('a line behind a refused context lands in the outer one: shutdown closes all of BGP', () => {
  const { text, said } = type(features, ['router bgp 65102', 'neighbor 10.0.0.300', 'shutdown'])
  assert.is(said, "10.0.0.300: % Invalid ip address at '^' marker.\n")
  assert.match(text, /router bgp 65102\n {2}shutdown$/)
})

test('default interface empties it', () => {
  const { text } = type('interface loopback1\n  description x\n', ['default interface loopback1'])
  assert.is(text.trim(), 'interface loopback1')
})

test('one route-map for each direction of a neighbor', () => {
  const start = `${features}router bgp 1\n  neighbor 10.0.0.1\n    address-family ipv4 unicast\n      route-map A in\n      route-map A out\n`
  const { text } = type(start, [
    'router bgp 1',
    'neighbor 10.0.0.1',
    'address-family ipv4 unicast',
    'route-map B in',
    'send-community both',
  ])
  assert.match(text, /send-community\n {6}send-community extended\n {6}route-map A out\n {6}route-map B in$/)
})

test.run()
