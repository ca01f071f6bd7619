import { mkdtemp, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { closeAll, LEAF, leaf, PASSWORD, USER } from '../support/nxos.ts'
import { weft } from '../support/weft.ts'

/** Round trips of a switch for 12 nxos_config tasks: first run and in sync. Run it: node test/bench/nxos-round-trips.ts */
const TASKS: readonly { parents: readonly string[]; lines: readonly string[] }[] = [
  {
    parents: [],
    lines: [
      'feature lldp',
      'ip prefix-list nodes seq 5 permit 192.0.2.0/24',
      'ip prefix-list nodes seq 10 permit 10.1.0.0/24',
    ],
  },
  { parents: ['vlan 3001'], lines: ['name nodes'] },
  { parents: ['vrf context vrf-001'], lines: ['rd auto', 'description tenant'] },
  {
    parents: ['interface loopback1002'],
    lines: ['vrf member vrf-001', 'ip address 10.1.0.1/32', 'description BGP source'],
  },
  {
    parents: ['interface Vlan3001'],
    lines: ['no shutdown', 'vrf member vrf-001', 'ip address 192.0.2.1/24', 'no ip redirects'],
  },
  { parents: ['route-map out permit 10'], lines: ['match ip address prefix-list nodes'] },
  {
    parents: ['router bgp 65102', 'template peer nodes'],
    lines: ['remote-as 65531', 'update-source loopback1002', 'ebgp-multihop 10'],
  },
  {
    parents: ['router bgp 65102', 'template peer nodes', 'address-family ipv4 unicast'],
    lines: ['as-override', 'route-map out out', 'send-community'],
  },
  {
    parents: ['router bgp 65102', 'vrf vrf-001', 'address-family ipv4 unicast'],
    lines: ['maximum-paths 64', 'maximum-paths ibgp 2'],
  },
  ...[11, 12, 13].map(node => ({
    parents: ['router bgp 65102', 'vrf vrf-001', `neighbor 192.0.2.${node}`],
    lines: ['inherit peer nodes', `description node-${node}`],
  })),
]
const CONTEXTS =
  'vlan, vrf context, loopback, SVI, route-map, router bgp, template, its family, vrf, its family, 3 neighbors'.split(
    ',',
  ).length + 2

const { lab, endpoint } = await leaf({ config: LEAF })
const folder = await mkdtemp(join(tmpdir(), 'weft-trips-'))
const host = {
  ansible_host: '127.0.0.1',
  ansible_port: lab.port,
  ansible_user: USER,
  ansible_password: PASSWORD,
  ansible_network_os: 'nxos',
  weft_known_hosts: endpoint.knownHosts,
}
await writeFile(join(folder, 'hosts.yml'), JSON.stringify({ all: { hosts: { 'leaf-a': host } } }))
await writeFile(
  join(folder, 'play.yml'),
  JSON.stringify([
    {
      hosts: 'all',
      tasks: TASKS.map(task => ({ nxos_config: task.parents.length > 0 ? task : { lines: task.lines } })),
    },
  ]),
)

for (const what of ['first run', 'in sync']) {
  const before = { ...lab.counters }
  const started = performance.now()
  const { code, out } = await weft(['run', join(folder, 'play.yml'), '-i', join(folder, 'hosts.yml')])
  const trips = lab.counters.roundTrips - before.roundTrips
  const may = what === 'first run' ? `${CONTEXTS} contexts + 6 = ${CONTEXTS + 6}` : '1'
  console.log(
    `${what}: ${trips} round trips (may be ${may}), ${lab.counters.logins - before.logins} login, ${(performance.now() - started).toFixed(0)} ms, exit ${code}`,
  )
  if (code !== 0) console.log(out)
}
await closeAll()
