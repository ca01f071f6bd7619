import type { RunEvent } from '../../model/event.ts'
import type { Lease, Owner, PastIntent, PastRun, RunStart, Unfinished } from '../ledger.ts'
import type { noResults } from '../records.ts'

export interface KeptRun {
  readonly start: RunStart
  readonly end: Pick<PastRun, 'exit' | 'seconds'>
}

export interface Told {
  readonly results: ReturnType<typeof noResults>
  readonly events: RunEvent[]
  readonly hosts: Set<string>
}

/** All that a ledger in memory holds. Its maps are changed by the methods of the ledger only, each after all that may refuse. */
export interface State {
  readonly clock: () => Date
  readonly runs: Map<string, KeptRun>
  /** By run, also of those that have not begun. */
  readonly told: Map<string, Told>
  readonly intents: Map<string, readonly PastIntent[]>
  /** By target and resource (keyOf). */
  readonly owners: Map<string, Owner>
  readonly leases: Map<string, { readonly token: number; readonly lease: Lease | null }>
  /** By target and run (keyOf). */
  readonly unfinished: Map<string, Unfinished>
}

export function createState(clock: () => Date): State {
  return {
    clock,
    runs: new Map(),
    told: new Map(),
    intents: new Map(),
    owners: new Map(),
    leases: new Map(),
    unfinished: new Map(),
  }
}

export function keyOf(one: string, other: string): string {
  return JSON.stringify([one, other])
}

/** As JSON would bring it back: what is kept does not change with what was given. */
export function copyOf<T>(value: T): T {
  return JSON.parse(JSON.stringify(value)) as T
}

/** The order of their bytes in UTF-8, as databases have it. */
export function inOrder(one: readonly string[], other: readonly string[]): number {
  for (const [at, text] of one.entries()) {
    const order = Buffer.compare(Buffer.from(text), Buffer.from(other[at] ?? ''))
    if (order !== 0) return order
  }
  return 0
}
