import { accepted } from './accepted.ts'
import { type Family, familyOf } from './address.ts'
import type { Session } from './session.ts'

/** A prefix that a device has learnt by BGP, with all the paths that it uses (ECMP). */
export interface LearntRoute {
  readonly device: string
  readonly vrf: string
  readonly family: Family
  readonly prefix: string
  readonly paths: readonly LearntPath[]
}

export interface LearntPath {
  readonly nextHop: string
  /** The device that announced it. */
  readonly from: string
  readonly asPath: readonly number[]
  readonly internal: boolean
}

/**
 * The routes that Established sessions bring, after the filters of the receiving end, at most as many paths as it
 * keeps. Pure.
 */
export function learntRoutes(sessions: readonly Session[]): LearntRoute[] {
  const table = new Map<string, { route: LearntRoute; limit: number }>()
  for (const session of sessions) {
    if (session.state !== 'Established' || !session.far) continue
    for (const prefix of received(session)) {
      const { device, vrf } = session
      const family = familyOf(prefix)
      const key = `${device} ${vrf} ${prefix}`
      const known = table.get(key)?.route.paths ?? []
      const limit = session.near.maximumPaths[family]
      table.set(key, { route: { device, vrf, family, prefix, paths: [...known, pathOf(session)] }, limit })
    }
  }
  return [...table.values()].map(({ route, limit }) => ({ ...route, paths: bestPaths(route.paths, limit) }))
}

/** How many prefixes came in over a session, by family; before the choice of best paths. */
export function received(session: Session): string[] {
  const { near, far } = session
  if (session.state !== 'Established' || !far) return []
  return session.families.flatMap(family => {
    const taken = accepted(near, far, family)
    const limit = family === 'evpn' ? undefined : near.limits?.[family]
    return limit?.action === 'reject' ? taken.slice(0, limit.count) : taken
  })
}

function pathOf(session: Session): LearntPath {
  const internal = session.localAs === session.far?.localAs
  return {
    nextHop: session.remote,
    from: session.peer ?? '',
    asPath: internal ? [] : [session.far?.localAs ?? 0],
    internal,
  }
}

/** Same length of AS path for all, so the order of next hops decides who stays within the limit. */
function bestPaths(paths: readonly LearntPath[], limit: number): LearntPath[] {
  const order = new Intl.Collator('en', { numeric: true })
  return paths.toSorted((left, right) => order.compare(left.nextHop, right.nextHop)).slice(0, Math.max(1, limit))
}
