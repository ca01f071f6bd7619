import type { RunEvent } from '../model/event.ts'
import type { Failure } from '../model/failure.ts'
import type { Managed } from '../model/managed.ts'

/** Who started a run, why, and from which state of the repository. */
export interface RunStart {
  readonly id: string
  readonly time: string
  readonly mode: 'plan' | 'run'
  readonly playbooks: readonly string[]
  readonly version: string
  /** 'frank@jump-1'. */
  readonly who: string
  /** --reason. */
  readonly reason?: string
  /** The commit of the repository, and whether the tree had changes beside it; null outside of git. */
  readonly commit: { readonly id: string; readonly dirty: boolean } | null
  readonly process: { readonly host: string; readonly pid: number }
  /** The reviewed plan that is applied, by its digest. */
  readonly plan?: string
}

export interface PastRun extends RunStart {
  /** Null while it runs, and for ever when weft was killed: whoever reads this must not take it for success. */
  readonly exit: number | null
  readonly seconds: number | null
  readonly counts: Readonly<Record<IntentState, number>>
}

/** open: written down, and no outcome yet; after the run's end that means unknown. */
export type IntentState = 'open' | 'applied' | 'failed' | 'undone' | 'unknown' | 'unsent' | 'shut'

/** One intent as the ledger keeps it: secrets are fingerprints, never values. */
export interface IntentRecord {
  readonly run: string
  /** Unique in a run. */
  readonly id: string
  readonly task: string
  readonly host: string
  readonly kind: string
  readonly target: string
  readonly title: string
  readonly differences: readonly Managed[]
  readonly commands: readonly unknown[]
}

export interface PastIntent extends IntentRecord {
  readonly number: number
  readonly state: IntentState
  readonly failure?: Failure
  readonly time: string
  readonly ended: string | null
}

/** Which playbook and task last applied a resource, and what it left there. */
export interface Owner {
  readonly target: string
  readonly resource: string
  readonly playbook: string
  readonly task: string
  readonly run: string
  readonly time: string
  readonly value: unknown
}

/** A target that one run at a time may write to. The token grows with every holder: a write with an old one is refused. */
export interface Lease {
  readonly target: string
  readonly run: string
  readonly who: string
  readonly token: number
  readonly until: string
}

/** What a run left on a target that is not finished: written, not committed (not saved, a checkpoint left). */
export interface Unfinished {
  readonly target: string
  readonly host: string
  readonly run: string
  /** The checkpoint's name, or what else leads back. */
  readonly net: string | null
  readonly time: string
}

/**
 * What weft must remember, written before it is done. A promise that is fulfilled means that it is on the disk.
 * All throw FailureError (failed) where the store cannot be written.
 */
export interface Ledger {
  begin(run: RunStart): Promise<void>
  /** Keeps an event (masked). Quick: it is written with the next ones, and at the latest when the run ends. */
  record(run: string, event: RunEvent): void
  /** Before anything is sent. */
  intend(intents: readonly IntentRecord[]): Promise<void>
  conclude(
    run: string,
    outcomes: readonly { readonly id: string; readonly state: IntentState; readonly failure?: Failure }[],
  ): Promise<void>
  own(owners: readonly Owner[]): Promise<void>
  end(run: string, end: { readonly exit: number; readonly seconds: number }): Promise<void>

  lease(wish: {
    readonly target: string
    readonly run: string
    readonly who: string
    readonly process: RunStart['process']
    readonly seconds: number
  }): Promise<{ readonly held: Lease } | { readonly by: Lease }>
  renew(lease: Lease, seconds: number): Promise<boolean>
  release(lease: Lease): Promise<void>

  unfinished(target?: string): Promise<readonly Unfinished[]>
  leaveUnfinished(entry: Unfinished): Promise<void>
  settle(target: string): Promise<void>

  /** Past runs, the newest first. */
  runs(query?: { readonly limit?: number; readonly mode?: 'plan' | 'run' }): Promise<readonly PastRun[]>
  /** By its id, or by a beginning of it that no other has; 'last' is the newest. */
  run(id: string): Promise<PastRun | null>
  events(run: string): Promise<readonly RunEvent[]>
  intents(run: string): Promise<readonly PastIntent[]>
  owners(query: { readonly target?: string; readonly resource?: string }): Promise<readonly Owner[]>
  /** Forgets runs (not ownership) older than so many days, and all but the newest so many. */
  prune(keep: { readonly days?: number; readonly runs?: number }): Promise<number>
  close(): Promise<void>
}
