/**
 * One difference between live and wanted, as plain data. `before` null = create, `after` null = delete.
 * The inverse change (before and after swapped) is the undo.
 */
export interface Change<V = unknown> {
  /** Unique on its host: 'router bgp 65102/vrf vrf-001/neighbor 192.168.1.10', a dn, 'BGPPeer/rack-1-leaf-a'. */
  readonly resource: string
  readonly before: V | null
  readonly after: V | null
  /** Why traffic may notice; shown to the reviewer. */
  readonly disrupts?: string
  /** Why it cannot be undone. */
  readonly oneWay?: string
}

/** The inverse of a list of changes: swapped, in reverse order. */
export function inverse<V>(changes: readonly Change<V>[]): Change<V>[] {
  return changes.map(change => ({ ...change, before: change.after, after: change.before })).reverse()
}

export type { ShownChange } from './event-parts.ts'
