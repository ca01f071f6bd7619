import type { BgpFamily } from '../control-plane.ts'
import { isoDuration, shortDuration } from '../duration.ts'
import { after, command, type ExecAnswer, type ExecCommand, type ExecRequest } from '../exec/command.ts'
import { type PeerRow, peersOf, prefixesFrom, type VrfPeers } from './bgp-peers.ts'

const every: readonly BgpFamily[] = ['ipv4 unicast', 'ipv6 unicast', 'l2vpn evpn']

export const bgpSummaryCommands: readonly ExecCommand[] = [
  command('show bgp vrf <vrf> all summary', request => summary(request, every), 'bgp'),
  command('show bgp all summary [vrf <vrf>]', request => summary(request, every), 'bgp'),
  command('show ip bgp summary [vrf <vrf>]', request => summary(request, ['ipv4 unicast']), 'bgp'),
  command('show ip bgp vrf <vrf> summary', request => summary(request, ['ipv4 unicast']), 'bgp'),
  command('show ipv6 bgp summary [vrf <vrf>]', request => summary(request, ['ipv6 unicast']), 'bgp'),
  command('show ipv6 bgp vrf <vrf> summary', request => summary(request, ['ipv6 unicast']), 'bgp'),
  command('show bgp ipv4 unicast summary [vrf <vrf>]', request => summary(request, ['ipv4 unicast']), 'bgp'),
  command('show bgp ipv6 unicast summary [vrf <vrf>]', request => summary(request, ['ipv6 unicast']), 'bgp'),
  command('show bgp vrf <vrf> ipv4 unicast summary', request => summary(request, ['ipv4 unicast']), 'bgp'),
  command('show bgp vrf <vrf> ipv6 unicast summary', request => summary(request, ['ipv6 unicast']), 'bgp'),
  command('show bgp l2vpn evpn summary [vrf <vrf>]', request => summary(request, ['l2vpn evpn']), 'bgp'),
]

const names: Record<BgpFamily, { name: string; af: number; saf: number; route: 'ipv4' | 'ipv6' | null }> = {
  'ipv4 unicast': { name: 'IPv4 Unicast', af: 1, saf: 1, route: 'ipv4' },
  'ipv6 unicast': { name: 'IPv6 Unicast', af: 2, saf: 1, route: 'ipv6' },
  'l2vpn evpn': { name: 'L2VPN EVPN', af: 25, saf: 70, route: null },
}

function summary({ state, words }: ExecRequest, families: readonly BgpFamily[]): ExecAnswer {
  const vrfs = peersOf(state, after(words, 'vrf') ?? 'default')
  const shown = (vrf: VrfPeers) => families.filter(family => families.length === 1 || vrf.vrf.families.includes(family))
  const tables = vrfs.flatMap(vrf => shown(vrf).map(family => table(vrf, family, networks(vrf, family))))
  const data = vrfs.map(vrf => ({
    'vrf-name-out': vrf.vrf.name,
    'vrf-router-id': vrf.vrf.routerId,
    'vrf-local-as': vrf.vrf.localAs,
    TABLE_af: { ROW_af: shown(vrf).map(family => afRow(vrf, family, networks(vrf, family))) },
  }))
  return { text: tables.join('\n'), data: data.length === 0 ? {} : { TABLE_vrf: { ROW_vrf: data } } }

  function networks(vrf: VrfPeers, family: BgpFamily): number {
    const { route } = names[family]
    return route === null ? 0 : state.control.routes(vrf.vrf.name, route).length
  }
}

function table({ vrf, peers }: VrfPeers, family: BgpFamily, networks: number): string {
  const title = `BGP summary information for VRF ${vrf.name}, address family ${names[family].name}\n`
  const inside = peers.filter(peer => peer.families.includes(family))
  if (inside.length === 0) return title
  const capable = inside.filter(peer => peer.state === 'Established').length
  const version = networks + 2
  const head = `BGP router identifier ${vrf.routerId}, local AS number ${vrf.localAs}
BGP table version is ${version}, ${names[family].name} config peers ${inside.length}, capable peers ${capable}
${networks} network entries and ${networks} paths using ${networks * 240} bytes of memory
BGP attribute entries [${Math.min(networks, 2)}/${Math.min(networks, 2) * 172}], BGP AS path entries [${Math.min(networks, 1)}/${Math.min(networks, 1) * 6}]
BGP community entries [0/0], BGP clusterlist entries [0/0]

Neighbor        V    AS    MsgRcvd    MsgSent   TblVer  InQ OutQ Up/Down  State/PfxRcd
`
  return `${title}${head}${inside.map(peer => line(peer, family, version)).join('')}`
}

/** A neighbor longer than its column stands on a line of its own, as in NX-OS 9.3. */
function line(peer: PeerRow, family: BgpFamily, version: number): string {
  const up = peer.state === 'Established'
  const sent = up ? messages(peer) : 0
  const address = peer.address.length > 15 ? `${peer.address}\n${' '.repeat(15)}` : peer.address.padEnd(15)
  const numbers = [sent, sent, up ? version : 0].map((number, index) => String(number).padStart(index === 2 ? 8 : 10))
  const last = prefixesFrom(peer, family) ?? peer.state
  return `${address} 4 ${peer.remoteAs.padStart(5)} ${numbers.join(' ')}    0    0 ${shortDuration(peer.since).padStart(8)} ${last}\n`
}

function afRow({ peers }: VrfPeers, family: BgpFamily, networks: number): object {
  const { name, af, saf } = names[family]
  const inside = peers.filter(peer => peer.families.includes(family))
  const known = { safi: saf, 'af-name': name }
  if (inside.length === 0) return { 'af-id': af, TABLE_saf: { ROW_saf: [known] } }
  const counters = {
    tableversion: networks + 2,
    configuredpeers: inside.length,
    capablepeers: inside.filter(peer => peer.state === 'Established').length,
    totalnetworks: networks,
    totalpaths: networks,
    memoryused: networks * 240,
    numberattrs: Math.min(networks, 2),
    bytesattrs: Math.min(networks, 2) * 172,
    numberpaths: Math.min(networks, 1),
    bytespaths: Math.min(networks, 1) * 6,
    numbercommunities: 0,
    bytescommunities: 0,
    numberclusterlist: 0,
    bytesclusterlist: 0,
    dampening: 'false',
  }
  const rows = inside.map(peer => neighborRow(peer, family, networks + 2))
  return { 'af-id': af, TABLE_saf: { ROW_saf: [{ ...known, ...counters, TABLE_neighbor: { ROW_neighbor: rows } }] } }
}

function neighborRow(peer: PeerRow, family: BgpFamily, version: number): object {
  const up = peer.state === 'Established'
  return {
    neighborid: peer.address,
    neighborversion: 4,
    msgrecvd: up ? messages(peer) : 0,
    msgsent: up ? messages(peer) : 0,
    neighbortableversion: up ? version : 0,
    inq: 0,
    outq: 0,
    neighboras: peer.remoteAs,
    time: isoDuration(peer.since),
    state: peer.state,
    ...(up ? { prefixreceived: prefixesFrom(peer, family) ?? 0 } : {}),
  }
}

/** About a keepalive a minute since the session is up. */
function messages(peer: PeerRow): number {
  return 5 + Math.floor((Date.now() - peer.since.getTime()) / 60_000)
}
