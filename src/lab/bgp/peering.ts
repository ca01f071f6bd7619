import type { Family } from './address.ts'

/** What a session may carry: unicast routes of a family, or those of the EVPN overlay. */
export type SessionFamily = Family | 'evpn'

/** One configured end of a BGP session, as its device has it; plain data made from whatever configures the device. */
export interface Peering {
  /** Unique in the fabric: 'leaf-101', 'apic1/node-201', 'blue/blue-1'. */
  readonly device: string
  readonly software: 'nxos' | 'aci' | 'bird' | 'cilium' | 'gobgp'
  /** 'default', 'vrf-001', on an ACI leaf 'tenant:vrf', on a node always 'default'. */
  readonly vrf: string
  /** The address that it speaks from, or why there is none. */
  readonly local: string | null
  readonly localMissing?: string
  /** The peer's address, or a subnet for dynamic neighbours. */
  readonly remote: string
  readonly localAs: number
  readonly remoteAs: number | null
  readonly families: readonly SessionFamily[]
  readonly password: Password | null
  readonly keepalive: number
  readonly hold: number
  /** IP hops that its packets may travel; 1 = the peer is on a connected subnet. */
  readonly hops: number
  /** The source is a loopback: the peer cannot be connected to it. */
  readonly fromLoopback: boolean
  /** Why it is administratively down, if it is. */
  readonly shutdown?: string
  /** Subnets that the device is connected to in the VRF; null = it has a route to everywhere. */
  readonly connected: readonly string[] | null
  readonly interface?: string
  /** What may come in from this peer; absent = everything. */
  readonly accepts?: (prefix: string) => boolean
  /** How many prefixes of a family it takes from this peer, and what it does with more. */
  readonly limits?: Readonly<Partial<Record<Family, PrefixLimit>>>
  /** Replaces the peer's AS in what it sends, so that a cluster's other nodes take it. */
  readonly asOverride: boolean
  /** Paths to one prefix at most, per family. */
  readonly maximumPaths: Readonly<Record<Family, number>>
  /** Prefixes that it announces to this peer. */
  readonly announces: readonly string[]
}

export interface PrefixLimit {
  readonly count: number
  /** 'shut' ends the session, 'reject' drops what is too much, 'log' only tells. */
  readonly action: 'shut' | 'reject' | 'log'
}

/** A password in the clear, or as NX-OS shows it in its running-config ('3 <hex>'). */
export type Password = { readonly clear: string } | { readonly shown: string }
