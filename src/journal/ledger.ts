import type { RunEvent, Status } from '../model/event.ts'
import type { Failure } from '../model/failure.ts'
import type { Managed } from '../model/managed.ts'
import type { ProcessIdentity } from './process.ts'

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
  readonly process: ProcessIdentity
  /** The reviewed plan that is applied, by its digest. */
  readonly plan?: string
}

export interface PastRun extends RunStart {
  /** Null while it runs, and for ever when weft was killed: whoever reads this must not take it for success. */
  readonly exit: number | null
  readonly seconds: number | null
  /** Its intents by what became of them. */
  readonly intents: Readonly<Record<IntentState, number>>
  /** The results of tasks on hosts that its events told, by status; also of a run that was killed. */
  readonly results: Readonly<Record<Status, number>>
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
  /** The task asked for it not to be saved. */
  readonly unsaved?: boolean
}

export interface PastIntent extends IntentRecord {
  /** Counted from 0 in the order in which they were written down. */
  readonly number: number
  readonly state: IntentState
  readonly failure?: Failure
  readonly time: string
  /** When its present state was noted. */
  readonly ended: string | null
}

/** What became of an intent. A later one replaces an earlier: applied, and then undone; unknown, and then found applied. */
export interface IntentOutcome {
  readonly id: string
  readonly state: Exclude<IntentState, 'open'>
  readonly failure?: Failure
}

/** Which playbook and task last applied a resource, and what it left there; null: it removed it, and keeps it away. */
export interface Owner {
  readonly target: string
  readonly resource: string
  readonly playbook: string
  readonly task: string
  readonly run: string
  readonly time: string
  readonly value: unknown
}

export type OwnedResource = Pick<Owner, 'target' | 'resource'>

/** A target that one run at a time may write to. The token grows with every holder: an intent with an old one is refused. */
export interface Lease {
  readonly target: string
  readonly run: string
  readonly who: string
  readonly process: ProcessIdentity
  readonly token: number
  readonly until: string
}

export interface LeaseWish {
  readonly target: string
  readonly run: string
  readonly who: string
  readonly process: ProcessIdentity
  readonly seconds: number
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

/** Which runs are asked for; all of what is given must hold. */
export interface RunQuery {
  readonly limit?: number
  readonly mode?: 'plan' | 'run'
  /** Something was told of this host. */
  readonly host?: string
  /** It was of this playbook: its path as it was given, or the end of it ('site.yml'). */
  readonly playbook?: string
  /** It began at this moment (ISO 8601, UTC) or later. */
  readonly since?: string
  /** It did not end well, or not at all. */
  readonly failed?: boolean
}

/** Which runs may be forgotten. With both, a run goes only when both say so: old enough, and not among the newest. */
export interface Retention {
  /** Runs that began longer ago may go. */
  readonly days?: number
  /** So many of the newest stay (of `mode`, where that is given). */
  readonly runs?: number
  readonly mode?: 'plan' | 'run'
  /** No more than so many at once, the oldest first. */
  readonly most?: number
}

/**
 * What weft must remember, written before it is done. A promise that is fulfilled means that it is on the disk: in a run it outlives the
 * machine's fall, in a plan, and for events, that of the process. Calls take effect in the order in which they were made.
 *
 * All throw FailureError: failed (the store cannot be written or read), busy (another process writes for too long), unsafe (a lease was
 * lost), defect (a run or intent that is not there, or is there already); then nothing of the call is kept.
 */
export interface Ledger {
  begin(run: RunStart): Promise<void>
  /**
   * Keeps an event (masked), also before its run has begun. Quick, and never throws: it is written with the next ones, within a second, and
   * at the latest with the run's next intent or its end. Events of a run that never begins are dropped.
   */
  record(run: string, event: RunEvent): void
  /** Before anything is sent. With a lease: refused (unsafe) when it is no longer held, in the same step. */
  intend(intents: readonly IntentRecord[], lease?: Lease): Promise<void>
  /** What became of intents of a run, and what they left, in one step. */
  conclude(run: string, outcomes: readonly IntentOutcome[], owners?: readonly Owner[]): Promise<void>
  /** Resources that were found as wanted. What the same playbook and task own already, with that value, stays as it was noted first. */
  own(owners: readonly Owner[]): Promise<void>
  /** Resources that are nobody's any more. */
  disown(resources: readonly OwnedResource[]): Promise<void>
  end(run: string, end: { readonly exit: number; readonly seconds: number }): Promise<void>

  /**
   * Takes a target for a run, or says who has it. It is free when nobody has it, when the holder's time is over, and when its process is
   * gone from this machine; the run that has it gets it again, with the same token and a new time.
   */
  lease(wish: LeaseWish): Promise<{ readonly held: Lease } | { readonly by: Lease }>
  /** False when another took it meanwhile. */
  renew(lease: Lease, seconds: number): Promise<boolean>
  /** Nothing happens where another took it meanwhile. */
  release(lease: Lease): Promise<void>

  /** The oldest first. */
  unfinished(target?: string): Promise<readonly Unfinished[]>
  /** Replaces what the same run left there before. */
  leaveUnfinished(entry: Unfinished): Promise<void>
  /** Nothing is left any more on a target: of one run, or of all. */
  settle(target: string, run?: string): Promise<void>

  /** Past runs, the newest first. */
  runs(query?: RunQuery): Promise<readonly PastRun[]>
  /** By its id, or by a beginning of it that no other has; 'last' is the newest. */
  run(id: string): Promise<PastRun | null>
  events(run: string): Promise<readonly RunEvent[]>
  intents(run: string): Promise<readonly PastIntent[]>
  /** By target, then by resource. */
  owners(query?: Partial<OwnedResource>): Promise<readonly Owner[]>
  /**
   * Forgets runs with their events and intents, never ownership, leases or what is unfinished. A run stays, whatever is asked: while its
   * process lives, while it has left something unfinished, and while an intent of it is open that is younger than `days` (of any age without).
   */
  prune(keep: Retention): Promise<number>
  /** The ids of the runs that `prune` would take away, the oldest first. */
  pastTheirTime(keep: Retention): Promise<readonly string[]>
  /** Writes what waits, and lets go of the store. */
  close(): Promise<void>
}
