import { isDeepStrictEqual } from 'node:util'
import type { Position } from './position.ts'

/**
 * What a managed thing is called on its target; it says its kind, and no two things of a target share one:
 * 'cli:router bgp 65102/vrf vrf-001/neighbor 192.0.2.1', 'apic:uni/tn-t/out-o', 'kube:crd.projectcalico.org/BGPPeer//rack-1',
 * 'file:/etc/frr/frr.conf', 'save:startup-config'.
 */
export type ResourceId = string

/**
 * One thing that a task keeps, whether it differs or not, as plain data. `before` null = not there, `after` null = not wanted.
 * The same with before and after swapped is the way back.
 */
export interface Managed<V = unknown> {
  readonly id: ResourceId
  readonly before: V | null
  readonly after: V | null
  /** Why traffic may notice; shown to the reviewer. */
  readonly disrupts?: string
  /** Why it cannot be undone. */
  readonly oneWay?: string
  /** It is sent whatever is there (match: none). */
  readonly always?: boolean
  /** The line of the playbook that asks for it. */
  readonly at?: Position
}

/** Whether live and wanted are not the same. */
export function differs({ before, after, always }: Managed): boolean {
  return always === true || (before !== after && !isDeepStrictEqual(before, after))
}

/** Of all that is managed, what must be changed. */
export function differences<V>(managed: readonly Managed<V>[]): Managed<V>[] {
  return managed.filter(differs)
}

/** The way back of a list of differences: swapped, in reverse order. */
export function inverse<V>(changes: readonly Managed<V>[]): Managed<V>[] {
  return changes.map(change => ({ ...change, before: change.after, after: change.before })).reverse()
}

export type { ShownChange } from './event-parts.ts'
