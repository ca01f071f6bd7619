import { BlockList } from 'node:net'
import type { BgpFamily, BgpSession } from '../control-plane.ts'
import type { SwitchState } from '../state.ts'
import { bgpVrfs, type ConfiguredNeighbor, type ConfiguredVrf } from './bgp-config.ts'

/** A row of the BGP tables: a session that the control plane knows, or a configured neighbor that nobody answers. */
export interface PeerRow {
  readonly address: string
  readonly remoteAs: string
  readonly families: readonly BgpFamily[]
  readonly session: BgpSession | null
  /** 'Established', 'Idle', 'Shut (Admin)' … */
  readonly state: string
  readonly since: Date
}

export interface VrfPeers {
  readonly vrf: ConfiguredVrf
  readonly peers: readonly PeerRow[]
}

/** The peers of the VRFs asked for ('all' = every one), as configured and as they are. */
export function peersOf(state: SwitchState, wanted: string): VrfPeers[] {
  return bgpVrfs(state.running)
    .filter(vrf => wanted === 'all' || vrf.name === wanted)
    .map(vrf => ({ vrf, peers: rows(state, vrf) }))
}

/** The prefixes that a peer has sent in a family; null while the family is not up. */
export function prefixesFrom(row: PeerRow, family: BgpFamily): number | null {
  if (row.state !== 'Established') return null
  return row.session?.families.find(each => each.family === family)?.prefixesReceived ?? 0
}

function rows(state: SwitchState, vrf: ConfiguredVrf): PeerRow[] {
  const sessions = state.control.bgpSessions(vrf.name)
  return vrf.neighbors.flatMap(neighbor => {
    if (neighbor.address.includes('/')) return dynamicRows(neighbor, sessions, vrf)
    return [row(neighbor, sessions.find(session => session.neighbor === neighbor.address) ?? null, state.booted)]
  })
}

function row(neighbor: ConfiguredNeighbor, session: BgpSession | null, since: Date): PeerRow {
  const alive = neighbor.shutdown ? 'Shut (Admin)' : (session?.state ?? 'Idle')
  return { ...neighbor, session, state: alive, since: session?.since ?? since }
}

/** A prefix peer is shown by the peers that came in. */
function dynamicRows(neighbor: ConfiguredNeighbor, sessions: readonly BgpSession[], vrf: ConfiguredVrf): PeerRow[] {
  const named = new Set(vrf.neighbors.map(each => each.address))
  return sessions
    .filter(session => !named.has(session.neighbor) && isWithin(session.neighbor, neighbor.address))
    .map(session => ({
      ...row(neighbor, session, session.since),
      address: session.neighbor,
      remoteAs: session.remoteAs,
    }))
}

function isWithin(address: string, prefix: string): boolean {
  const [network = '', length = ''] = prefix.split('/')
  if (address.includes(':') !== prefix.includes(':')) return false
  const list = new BlockList()
  list.addSubnet(network, Number(length), address.includes(':') ? 'ipv6' : 'ipv4')
  return list.check(address, address.includes(':') ? 'ipv6' : 'ipv4')
}
