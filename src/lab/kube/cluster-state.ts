import type { Registry } from './registry.ts'
import type { Store } from './store.ts'

/** The node of a lab cluster as its owner describes it. */
export interface LabNode {
  readonly name: string
  readonly labels?: Readonly<Record<string, string>>
  readonly addresses: { readonly v4?: string; readonly v6?: string }
  /** CIDRs that the node's pods get their addresses from, e.g. ['10.3.0.0/26', '2001:db8:3::/122']. */
  readonly podBlocks?: readonly string[]
  readonly asn?: number
  readonly unschedulable?: boolean
}

/** What every part of the server works on. */
export interface ClusterState {
  readonly name: string
  readonly store: Store
  readonly registry: Registry
  readonly nodes: readonly LabNode[]
  /** Service ranges, IPv4 first. */
  readonly serviceBlocks: readonly string[]
}
