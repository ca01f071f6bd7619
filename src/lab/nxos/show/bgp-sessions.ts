import { isoDuration, shortDuration } from '../duration.ts'
import { after, command, type ExecAnswer, type ExecCommand, type ExecRequest } from '../exec/command.ts'
import { type PeerRow, peersOf, type VrfPeers } from './bgp-peers.ts'

export const bgpSessionCommands: readonly ExecCommand[] = [
  command('show bgp sessions [vrf <vrf>]', showSessions, 'bgp'),
  command('show ip bgp neighbors [<ip>] [vrf <vrf>]', showNeighbors, 'bgp'),
  command('show ipv6 bgp neighbors [<ip>] [vrf <vrf>]', showNeighbors, 'bgp'),
  command('show bgp {ipv4|ipv6} unicast neighbors [<ip>] [vrf <vrf>]', showNeighbors, 'bgp'),
  command('show bgp vrf <vrf> all neighbors [<ip>]', showNeighbors, 'bgp'),
]

function showSessions({ state, words }: ExecRequest): ExecAnswer {
  const all = peersOf(state, 'all')
  const wanted = after(words, 'vrf') ?? 'all'
  const vrfs = all.filter(({ vrf }) => wanted === 'all' || vrf.name === wanted)
  if (vrfs.length === 0) return { text: '', data: {} }
  const peers = all.flatMap(each => each.peers)
  const as = all[0]?.vrf.localAs ?? '0'
  const text = `Total peers ${peers.length}, established peers ${established(peers)}\nASN ${as}\n${vrfs.map(block).join('\n')}`
  const data = {
    totalpeers: peers.length,
    totalestablishedpeers: established(peers),
    localas: Number(as) || as,
    TABLE_vrf: { ROW_vrf: vrfs.map(vrfRow) },
  }
  return { text, data }
}

function block({ vrf, peers }: VrfPeers): string {
  const lines = peers.map(peer => {
    const ports = `${peer.session?.localPort ?? 0}/${peer.session?.remotePort ?? 0}`
    const times = [shortDuration(peer.since), '00:00:19', '00:00:19'].join('|')
    const address = peer.address.length > 15 ? `${peer.address}\n${' '.repeat(15)}` : peer.address.padEnd(15)
    const flaps = String(peer.session?.flaps ?? 0)
    return `${address} ${peer.remoteAs.padStart(5)} ${flaps.padEnd(5)} ${times} ${letter(peer)}   ${ports.padEnd(16)} 0/0\n`
  })
  return `VRF ${vrf.name}, local ASN ${vrf.localAs}
peers ${peers.length}, established peers ${established(peers)}, local router-id ${vrf.routerId}
State: I-Idle, A-Active, O-Open, E-Established, C-Closing, S-Shutdown

Neighbor        ASN    Flaps LastUpDn|LastRead|LastWrit St Port(L/R)  Notif(S/R)
${lines.join('')}`
}

function vrfRow({ vrf, peers }: VrfPeers): object {
  const rows = peers.map(peer => ({
    'neighbor-id': peer.address,
    connectionsdropped: peer.session?.flaps ?? 0,
    remoteas: Number(peer.remoteAs) || peer.remoteAs,
    lastflap: isoDuration(peer.since),
    state: peer.state,
    localport: peer.session?.localPort ?? 0,
    remoteport: peer.session?.remotePort ?? 0,
    notificationssent: 0,
    notificationsreceived: 0,
  }))
  return {
    'vrf-name-out': vrf.name,
    'local-as': Number(vrf.localAs) || vrf.localAs,
    vrfpeers: peers.length,
    vrfestablishedpeers: established(peers),
    'router-id': vrf.routerId,
    ...(rows.length > 0 ? { TABLE_neighbor: { ROW_neighbor: rows } } : {}),
  }
}

function showNeighbors({ state, words }: ExecRequest): ExecAnswer {
  const address = after(words, 'neighbors')
  const vrfs = peersOf(state, after(words, 'vrf') ?? 'default')
  const shown = vrfs.flatMap(({ vrf, peers }) =>
    peers
      .filter(peer => address === undefined || address === 'vrf' || peer.address === address)
      .map(peer => ({ vrf, peer })),
  )
  const text = shown.map(({ vrf, peer }) => {
    const kind = peer.remoteAs === vrf.localAs ? 'ibgp' : 'ebgp'
    const age =
      peer.state === 'Established' ? `, up for ${shortDuration(peer.since)}` : `, down for ${shortDuration(peer.since)}`
    return `BGP neighbor is ${peer.address}, remote AS ${peer.remoteAs}, ${kind} link, Peer index 3
  BGP version 4, remote router ID 0.0.0.0
  Neighbor vrf: ${vrf.name}
  BGP state = ${peer.state}${age}
`
  })
  return { text: text.join('\n') }
}

function established(peers: readonly PeerRow[]): number {
  return peers.filter(peer => peer.state === 'Established').length
}

function letter(peer: PeerRow): string {
  return peer.state.slice(0, 1)
}
