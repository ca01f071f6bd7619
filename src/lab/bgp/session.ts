import { covers, hostOf, isSubnet } from './address.ts'
import { judge, type Reachable, type SessionState } from './judge.ts'
import type { Peering, SessionFamily } from './peering.ts'

/** A BGP session as one of its ends sees it. */
export interface Session {
  readonly device: string
  readonly vrf: string
  readonly local: string | null
  /** The peer's address; of a dynamic neighbour the one that came in. */
  readonly remote: string
  /** The configured neighbour: the same address, or the subnet that it came in by. */
  readonly configured: string
  readonly localAs: number
  readonly remoteAs: number | null
  readonly state: SessionState
  /** One sentence: why it is not Established; of an established one, with whom. */
  readonly because: string
  /** Families that both ends agreed on. */
  readonly families: readonly SessionFamily[]
  /** Seconds, as negotiated where Established. */
  readonly hold: number
  readonly keepalive: number
  /** The device at the other end, where there is one. */
  readonly peer: string | null
  readonly near: Peering
  readonly far: Peering | null
}

/** Every session of a fabric, seen from both of its ends. Pure. */
export function sessions(peerings: readonly Peering[], reachable?: Reachable): Session[] {
  const byAddress = indexByLocal(peerings)
  return peerings.flatMap(near => {
    const candidates = isSubnet(near.remote) ? callers(near, peerings) : (byAddress.get(hostOf(near.remote)) ?? [])
    const partners = candidates.filter(far => far.device !== near.device && expects(far, near))
    if (partners.length > 0) return partners.map(far => describe(near, far, judge(near, far, reachable)))
    // A dynamic neighbour waits in silence: without a caller there is nothing to show.
    if (isSubnet(near.remote)) return []
    return [describe(near, null, judge(near, null, reachable, candidates))]
  })
}

/** Peerings that would call a dynamic neighbour: their peer is its address. */
function callers(near: Peering, peerings: readonly Peering[]): Peering[] {
  return peerings.filter(far => far.local !== null && !isSubnet(far.remote) && covers(near.remote, far.local))
}

/** Is `near` the peer that `far` has configured? */
function expects(far: Peering, near: Peering): boolean {
  if (near.local === null) return false
  return isSubnet(far.remote) ? covers(far.remote, near.local) : hostOf(far.remote) === hostOf(near.local)
}

function indexByLocal(peerings: readonly Peering[]): Map<string, Peering[]> {
  const index = new Map<string, Peering[]>()
  for (const peering of peerings) {
    if (peering.local === null) continue
    const address = hostOf(peering.local)
    index.set(address, [...(index.get(address) ?? []), peering])
  }
  return index
}

function describe(near: Peering, far: Peering | null, verdict: ReturnType<typeof judge>): Session {
  const { device, vrf, local, localAs, remoteAs } = near
  return {
    device,
    vrf,
    local,
    remote: far?.local ? hostOf(far.local) : hostOf(near.remote),
    configured: near.remote,
    localAs,
    remoteAs: remoteAs ?? far?.localAs ?? null,
    ...verdict,
    peer: far?.device ?? null,
    near,
    far,
  }
}
