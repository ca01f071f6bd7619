import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { applyCli } from '../../../src/diff/cli/apply.ts'
import { normalCli } from '../../../src/diff/cli/normal.ts'
import { type CliPlanOptions, planCli } from '../../../src/diff/cli/plan.ts'
import { renderCli } from '../../../src/diff/cli/render.ts'
import { parseCli, printCli } from '../../../src/diff/cli/tree.ts'
import { inverse } from '../../../src/model/managed.ts'

const LIVE = `hostname leaf-a
feature bgp
ip prefix-list nodes seq 5 permit 10.0.0.0/24
vlan 1,10-12
vlan 10
  name old
interface Vlan10
  description old text
  no shutdown
  no ip redirects
  vrf member blue
  ip address 10.0.0.1/24
  ip address 10.0.9.1/24 secondary
  ipv6 address 2001:db8::1/64
interface Ethernet1/1
  no switchport
  mtu 9216
ip access-list acl
  10 permit tcp any any
  20 deny ip any any
router bgp 65102
  neighbor 10.1.1.1 remote-as 65001
    description spine
  vrf blue
    neighbor 192.0.2.1
      remote-as 65531
      password 3 a667d47acc18ea6b
      address-family ipv4 unicast
        send-community
        send-community extended
        maximum-prefix 100
`
const live = normalCli(parseCli(LIVE))
const PEER = ['router bgp 65102', 'vrf blue', 'neighbor 192.0.2.1']

const plan = (parents: string[], lines: string[], options?: CliPlanOptions) =>
  planCli(
    live,
    lines.map(line => ({ parents, line })),
    options,
  )
const asText = (parents: string[], lines: string[], options?: CliPlanOptions) =>
  plan(parents, lines, options).map(({ before, after }) => `${before?.line ?? ''} → ${after?.line ?? ''}`)
const typed = (parents: string[], lines: string[]) =>
  renderCli(plan(parents, lines)).map(({ parents: above, line }) => [...above, line].join(' / '))

test('a new value of a line that can be there once is a change of it, not an addition', () => {
  assert.equal(asText(PEER, ['remote-as 65532']), ['remote-as 65531 → remote-as 65532'])
  assert.equal(asText(['interface Vlan10'], ['description new']), ['description old text → description new'])
  assert.equal(asText(['interface Vlan10'], ['ip address 10.0.0.2/24']), [
    'ip address 10.0.0.1/24 → ip address 10.0.0.2/24',
  ])
  assert.equal(asText(['interface Vlan10'], ['ip address 10.0.8.1/24 secondary']), [
    ' → ip address 10.0.8.1/24 secondary',
  ])
  assert.equal(asText([...PEER, 'address-family ipv4 unicast'], ['maximum-prefix 200']), [
    'maximum-prefix 100 → maximum-prefix 200',
  ])
})

test('what is there in another spelling is in sync', () => {
  assert.equal(
    asText(
      ['int vlan 10'],
      ['desc old text', 'no shut', 'ip addr 10.0.0.1 255.255.255.0', 'IPv6 address 2001:DB8:0::1/64'],
    ),
    [],
  )
  assert.equal(asText(['interface eth1/1'], ['mtu 9216', 'no switchport']), [])
  assert.equal(asText(['router bgp 65102'], ['neighbor 10.1.1.1 remote-as 65001']), [])
  assert.equal(asText(['router bgp 65102', 'neighbor 10.1.1.1'], ['remote-as 65001', 'description spine']), [])
  assert.equal(asText([...PEER, 'address-family ipv4 unicast'], ['send-community both', 'send-community standard']), [])
  assert.equal(asText(['ip access-list acl'], ['permit tcp any any']), [])
  assert.equal(asText([], ['ip prefix-list nodes permit 10.0.0.0/24', 'vlan 11', 'vlan 10-12', 'feature bgp']), [])
})

test('defaults that running-config leaves out are in sync, their opposite is a change', () => {
  assert.equal(asText(['interface Ethernet1/2'], ['no shutdown', 'mtu 1500', 'ip redirects']), [])
  assert.equal(asText(['interface Vlan11'], ['no shutdown']), [' → interface Vlan11', ' → no shutdown'])
  assert.equal(asText(['interface Vlan10'], ['shutdown']), ['no shutdown → '])
  assert.equal(asText(['interface Vlan10'], ['ip redirects']), ['no ip redirects → '])
  assert.equal(asText(PEER, ['no shutdown', 'timers 60 180']), [])
  assert.equal(asText(['interface Ethernet1/1'], ['switchport']), ['no switchport → '])
})

test('`no` wants a line gone, whatever its value, and takes what is below it', () => {
  assert.equal(asText(['interface Vlan10'], ['no description']), ['description old text → '])
  assert.equal(asText(['interface Vlan10'], ['no ip address 10.0.9.1/24 secondary']), [
    'ip address 10.0.9.1/24 secondary → ',
  ])
  assert.equal(asText(['interface Vlan10'], ['no bandwidth']), [])
  assert.equal(asText([], ['no ip prefix-list nodes']), ['ip prefix-list nodes seq 5 permit 10.0.0.0/24 → '])
  const [gone] = plan(['router bgp 65102', 'vrf blue'], ['no neighbor 192.0.2.1'])
  assert.is(gone?.before?.children?.length, 3)
  assert.match(gone?.disrupts ?? '', /BGP sessions/)
  assert.equal(typed([], ['no vlan 12']), ['no vlan 12'])
  assert.equal(typed(['interface Vlan10'], ['no description']), ['interface Vlan10 / no description'])
})

test('`no` of a short form takes every line that it stands for', () => {
  const family = [...PEER, 'address-family ipv4 unicast']
  assert.equal(asText(family, ['no send-community both']), ['send-community → ', 'send-community extended → '])
  assert.equal(asText(['ip access-list acl'], ['no permit tcp any any']), ['10 permit tcp any any → '])
  assert.equal(asText([], ['no vlan 11-13']), ['vlan 11 → ', 'vlan 12 → '])
})

test('`default` resets a line in either sign, and a whole interface', () => {
  assert.equal(asText(['interface Ethernet1/1'], ['default switchport']), ['no switchport → '])
  assert.equal(asText([], ['default interface Ethernet1/1']), ['mtu 9216 → ', 'no switchport → '])
  assert.equal(typed([], ['default interface eth1/1']), [
    'interface Ethernet1/1 / no mtu 9216',
    'interface Ethernet1/1 / switchport',
  ])
})

test('a context that is missing is a change of its own, so that the undo can remove it', () => {
  const changes = plan(['router bgp 65102', 'vrf green', 'neighbor 192.0.2.9'], ['remote-as 65531'])
  assert.equal(
    changes.map(change => change.id),
    [
      'cli:router bgp 65102/vrf green',
      'cli:router bgp 65102/vrf green/neighbor 192.0.2.9',
      'cli:router bgp 65102/vrf green/neighbor 192.0.2.9/remote-as',
    ],
  )
  assert.equal(renderCli(inverse(changes)), [{ parents: ['router bgp 65102'], line: 'no vrf green' }])
})

test('an encrypted password is not compared with one in clear, unless asked', () => {
  assert.equal(asText(PEER, ['password secret']), [])
  assert.equal(asText(PEER, ['password 0 secret']), [])
  assert.equal(asText(PEER, ['password 3 0000d47acc18ea6b']), [
    'password 3 a667d47acc18ea6b → password 3 0000d47acc18ea6b',
  ])
  const [always] = plan(PEER, ['password secret'], { updatePasswords: true })
  assert.is(always?.after?.line, 'password secret')
  assert.match(always?.disrupts ?? '', /resets the BGP sessions/)
})

test('an entry whose number is taken goes before the new one comes', () => {
  const lines = ['ip prefix-list nodes seq 5 permit 10.9.0.0/24']
  assert.equal(typed([], lines), ['no ip prefix-list nodes seq 5 permit 10.0.0.0/24', lines[0]])
  assert.equal(typed(['ip access-list acl'], ['20 permit udp any any']), [
    'ip access-list acl / no 20',
    'ip access-list acl / 20 permit udp any any',
  ])
})

test('a new VRF of an interface takes its addresses away openly and brings the wanted ones back', () => {
  const parents = ['interface Vlan10']
  assert.equal(asText(parents, ['vrf member green', 'ip address 10.0.0.1/24']), [
    'ipv6 address 2001:db8::1/64 → ',
    'ip address 10.0.9.1/24 secondary → ',
    'ip address 10.0.0.1/24 → ',
    'no ip redirects → ',
    'vrf member blue → vrf member green',
    ' → ip address 10.0.0.1/24',
  ])
})

test('adding to and removing from a list of VLANs is planned as the whole list that results', () => {
  const port = normalCli(
    parseCli('interface Ethernet1/1\n  switchport trunk allowed vlan 10-12\n  switchport trunk allowed vlan add 20\n'),
  )
  const trunk = (line: string) =>
    planCli(port, [{ parents: ['interface Ethernet1/1'], line: `switchport trunk allowed vlan ${line}` }]).map(
      change => change.after?.line,
    )
  assert.equal(trunk('add 21,13'), ['switchport trunk allowed vlan 10-13,20-21'])
  assert.equal(trunk('remove 11'), ['switchport trunk allowed vlan 10,12,20'])
  assert.equal([...trunk('add 11'), ...trunk('remove 30'), ...trunk('20,10-11,12')], [])
})

test('a range of interfaces is each of them, as running-config shows them', () => {
  const changes = plan(['int eth1/1-2, eth1/4'], ['description x'])
  assert.equal(
    changes.map(change => change.id).filter(resource => resource.endsWith('description')),
    [
      'cli:interface Ethernet1/1/description',
      'cli:interface Ethernet1/2/description',
      'cli:interface Ethernet1/4/description',
    ],
  )
})

test('later lines see what earlier ones do', () => {
  const lines = [
    { parents: [], line: 'no vlan 10' },
    { parents: ['vlan 10'], line: 'name again' },
  ]
  assert.equal(
    planCli(live, lines).map(change => change.after?.line ?? 'gone'),
    ['gone', 'vlan 10', 'name again'],
  )
})

test('planning changes nothing, and after the apply there is nothing to plan; the inverse brings the old tree back', () => {
  const lines = [
    ...['remote-as 1', 'description x', 'no password'].map(line => ({ parents: PEER, line })),
    ...['no description', 'vrf member green', 'mtu 9000'].map(line => ({ parents: ['interface Vlan10'], line })),
    { parents: [], line: 'no router bgp 65102' },
    { parents: ['interface loopback5'], line: 'ip address 10.5.5.5/32' },
  ]
  const before = printCli(live)
  const changes = planCli(live, lines.slice(0, -2))
  const after = applyCli(live, changes)
  assert.is(printCli(live), before)
  assert.equal(planCli(after, lines.slice(0, -2)), [])
  assert.is(sorted(printCli(applyCli(after, inverse(changes)))), sorted(before))
  const removal = planCli(live, lines.slice(-2))
  assert.is(sorted(printCli(applyCli(applyCli(live, removal), inverse(removal)))), sorted(before))
})

function sorted(text: string): string {
  return text.split('\n').sort().join('\n')
}

test.run()
