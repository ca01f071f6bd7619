import type { BgpSession, Route, RouteFamily } from '../../nxos/control-plane.ts'
import { familyOf } from '../address.ts'
import { type LearntRoute, received } from '../routes.ts'
import type { Session } from '../session.ts'

/** Sessions of a switch as its `show` commands ask for them; `overlay` = how many routes it has through EVPN. */
export function switchSessions(
  sessions: readonly Session[],
  about: { since: (session: Session) => Date; overlay: number },
): BgpSession[] {
  return sessions.map(session => {
    const prefixes = received(session)
    const families = session.families.map(family => {
      if (family === 'evpn') return { family: 'l2vpn evpn' as const, prefixesReceived: about.overlay }
      const own = prefixes.filter(prefix => familyOf(prefix) === family)
      return { family: `${family} unicast` as const, prefixesReceived: own.length }
    })
    const { vrf, remote, state } = session
    return {
      vrf,
      neighbor: remote,
      remoteAs: String(session.remoteAs ?? 0),
      state,
      since: about.since(session),
      families,
    }
  })
}

/** Learnt routes of a switch as its `show` commands ask for them. */
export function switchRoutes(
  routes: readonly LearntRoute[],
  about: { family: RouteFamily; localAs: number; since: (route: LearntRoute) => Date },
): Route[] {
  const chosen = routes.filter(route => route.family === about.family)
  return chosen.map(route => ({
    vrf: route.vrf,
    family: route.family,
    prefix: route.prefix,
    paths: route.paths.map(path => ({
      nextHop: path.nextHop,
      source: `bgp-${about.localAs}`,
      kind: path.internal ? 'internal' : 'external',
      preference: path.internal ? 200 : 20,
      metric: 0,
      since: about.since(route),
      ...(path.asPath[0] === undefined ? {} : { tag: path.asPath[0] }),
      asPath: path.asPath,
    })),
  }))
}
