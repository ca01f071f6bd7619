import { type Family, familyOf } from './address.ts'
import type { OverlaySwitch, OverlayVrf } from './nxos/overlay.ts'
import type { Peering } from './peering.ts'
import type { LearntPath, LearntRoute } from './routes.ts'
import type { Session } from './session.ts'

/** A route reflector of the overlay that is not itself in the lab. */
export interface Spine {
  readonly name: string
  readonly address: string
}

/** A spine's ends of the EVPN sessions: it agrees with whatever its leaves say. */
export function spinePeerings(spines: readonly Spine[], leaves: readonly Peering[]): Peering[] {
  return spines.flatMap(spine =>
    leaves.flatMap(leaf => {
      if (leaf.remote !== spine.address || leaf.local === null || !leaf.families.includes('evpn')) return []
      const { localMissing: _, shutdown: __, ...agreed } = leaf
      const ends = { device: spine.name, local: spine.address, remote: leaf.local }
      return [{ ...agreed, ...ends, localAs: leaf.remoteAs ?? 0, remoteAs: leaf.localAs, announces: [] }]
    }),
  )
}

/**
 * Routes that switches learn from each other through EVPN: those of a VRF that the other advertises, into the VRF with
 * the same VNI, by the other's VTEP. A route from a node of one's own comes first, so it is not taken from elsewhere.
 */
export function overlayRoutes(
  switches: readonly OverlaySwitch[],
  sessions: readonly Session[],
  learnt: readonly LearntRoute[],
): LearntRoute[] {
  const reflectors = reflectorsByDevice(sessions)
  const own = new Set(learnt.map(route => keyOf(route.device, route.vrf, route.prefix)))
  return switches.flatMap(receiver =>
    receiver.vrfs.flatMap(vrf => {
      const others = switches.filter(each => each.device !== receiver.device && meet(reflectors, receiver, each))
      const paths = others.flatMap(sender => offers(sender, vrf, learnt))
      const foreign = paths.filter(
        each => !own.has(keyOf(receiver.device, vrf.vrf, each.prefix)) && !vrf.originates.includes(each.prefix),
      )
      return gather(receiver.device, vrf, foreign)
    }),
  )
}

interface Offer {
  readonly prefix: string
  readonly path: LearntPath
}

/** What a switch advertises of the VRF with the same VNI. */
function offers(sender: OverlaySwitch, wanted: OverlayVrf, learnt: readonly LearntRoute[]): Offer[] {
  const vrf = sender.vrfs.find(each => each.vni === wanted.vni)
  if (!vrf) return []
  const path = { nextHop: sender.vtep, from: sender.device, internal: true }
  const fromNodes = learnt
    .filter(route => route.device === sender.device && route.vrf === vrf.vrf)
    .map(route => ({ prefix: route.prefix, path: { ...path, asPath: route.paths[0]?.asPath ?? [] } }))
  const all = [...fromNodes, ...vrf.originates.map(prefix => ({ prefix, path: { ...path, asPath: [] } }))]
  return all.filter(each => vrf.advertises.includes(familyOf(each.prefix)))
}

function gather(device: string, vrf: OverlayVrf, offers: readonly Offer[]): LearntRoute[] {
  const byPrefix = Map.groupBy(offers, each => each.prefix)
  return [...byPrefix].map(([prefix, same]) => {
    const family: Family = familyOf(prefix)
    const paths = same.map(each => each.path).slice(0, vrf.maximumPaths[family])
    return { device, vrf: vrf.vrf, family, prefix, paths }
  })
}

/** The peers that a device has an Established EVPN session with. */
function reflectorsByDevice(sessions: readonly Session[]): ReadonlyMap<string, ReadonlySet<string>> {
  const found = new Map<string, Set<string>>()
  for (const session of sessions) {
    if (session.state !== 'Established' || !session.families.includes('evpn') || !session.peer) continue
    found.set(session.device, (found.get(session.device) ?? new Set<string>()).add(session.peer))
  }
  return found
}

/** Two switches hear of each other directly or through a common reflector. */
function meet(
  reflectors: ReadonlyMap<string, ReadonlySet<string>>,
  left: OverlaySwitch,
  right: OverlaySwitch,
): boolean {
  const ours = reflectors.get(left.device) ?? new Set()
  return ours.has(right.device) || [...ours].some(each => reflectors.get(right.device)?.has(each))
}

function keyOf(device: string, vrf: string, prefix: string): string {
  return `${device} ${vrf} ${prefix}`
}
