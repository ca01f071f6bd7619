/** Address families whose routes a VRF holds. */
export type RouteFamily = 'ipv4' | 'ipv6'

export type BgpFamily = 'ipv4 unicast' | 'ipv6 unicast' | 'l2vpn evpn'

export type BgpState = 'Idle' | 'Active' | 'Connect' | 'OpenSent' | 'OpenConfirm' | 'Established' | 'Closing'

/** One end of a BGP session as the switch sees it. Configured neighbors that are not reported here are shown as Idle. */
export interface BgpSession {
  /** 'default' for the global table. */
  readonly vrf: string
  /** The peer's address; for a `neighbor 10.0.0.0/24` prefix peer the address of the peer that came in. */
  readonly neighbor: string
  readonly remoteAs: string
  readonly state: BgpState
  /** Since when the session is in this state. */
  readonly since: Date
  readonly flaps?: number
  readonly localPort?: number
  readonly remotePort?: number
  /** Families that both ends agreed on, with the number of prefixes received in each. Empty unless Established. */
  readonly families: readonly { readonly family: BgpFamily; readonly prefixesReceived: number }[]
}

/** A way to a prefix. Connected, local and static routes come from the configuration; only learnt ones are reported here. */
export interface RoutePath {
  readonly nextHop: string
  /** Short name ('Vlan3001', 'Eth1/1'); left out for a next hop that is resolved recursively, as NX-OS does for BGP. */
  readonly interface?: string
  /** 'bgp-65102', 'ospf-UNDERLAY' … */
  readonly source: string
  readonly kind?: 'external' | 'internal'
  readonly preference: number
  readonly metric: number
  readonly since: Date
  /** The first AS of the path for BGP. */
  readonly tag?: number
  /** The AS path of a BGP route, nearest first. */
  readonly asPath?: readonly number[]
}

export interface Route {
  readonly vrf: string
  readonly family: RouteFamily
  /** '10.1.0.0/26' */
  readonly prefix: string
  /** All best paths (ECMP). */
  readonly paths: readonly RoutePath[]
}

export interface VpcState {
  readonly peer: 'peer-ok' | 'peer-link-down' | 'peer-not-configured'
  readonly keepalive: 'peer-alive' | 'peer-not-reachable-through-keepalive' | 'disabled'
  readonly role: 'primary' | 'secondary' | 'none-established'
  /** Numbers of the vPCs that are down; the others are up. */
  readonly down?: readonly number[]
}

export interface InterfaceState {
  readonly up: boolean
  /** 'Link not connected', 'Administratively down' …; null when up. */
  readonly reason: string | null
}

/**
 * What a switch learns from its neighbours, as functions that are asked at each `show`. `interface` is asked only for
 * interfaces that the configuration does not shut; null = the configuration decides.
 */
export interface ControlPlane {
  bgpSessions(vrf: string): readonly BgpSession[]
  routes(vrf: string, family: RouteFamily): readonly Route[]
  vpc(): VpcState | null
  interface(name: string): InterfaceState | null
}

/** Nothing learnt: every session Idle, no routes but those of the configuration, the vPC peer well. */
export const quietControlPlane: ControlPlane = {
  bgpSessions: () => [],
  routes: () => [],
  vpc: () => null,
  interface: () => null,
}
