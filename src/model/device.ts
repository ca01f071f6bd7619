import type { Failure } from './failure.ts'
import type { Intent, Outcome, TargetId } from './intent.ts'
import type { Kind, Read } from './kind.ts'
import type { Managed } from './managed.ts'

/** What a device needs to know of an intent to carry it out. */
export type Work<K extends Kind = Kind> = Pick<Intent<K>, 'id' | 'title' | 'differences' | 'commands' | 'unsaved'>

/** What an earlier run wrote on a target and did not commit. */
export interface Left {
  /** What leads back to before it (a checkpoint's name). */
  readonly net: string | null
  /** What it may have changed, in the order in which it was sent; secrets left out (********). */
  readonly changes: readonly Managed[]
}

/** What stands there of a change: it is made, it is not, or there is something else. */
export type Standing = 'made' | 'unmade' | 'other'

/** What was found of what an earlier run left: whether the way back is still there, and how each change stands. */
export interface Found {
  readonly hasNet: boolean
  readonly standings: readonly Standing[]
}

/**
 * One target for the whole run, opened once, whoever asks for it: one session, one snapshot of its live state.
 * Its life: open → read → (write → verify)* → commit → release. What leads back (an NX-OS checkpoint, previous objects) is kept until
 * commit. Only the door (src/run/door) writes, commits and reverts; modules get `read`.
 */
export interface Device<K extends Kind = Kind> {
  readonly kind: K
  readonly target: TargetId
  readonly read: Read<K>
  /** What leads back once something is written (a checkpoint's name); null where nothing on the target does. */
  readonly net: string | null
  /** Makes planned differences visible to later reads. Nothing is sent. */
  stage(differences: readonly Managed[]): void
  /**
   * Sends the commands of several intents in order, and stops at the first that is refused: what that one had changed is taken back
   * (its failure's aftermath tells), those before it stay, those behind it are unsent. After a lost session it connects again, reads,
   * and tells of each intent whether it is there. One outcome per intent; does not throw.
   */
  write(work: readonly Work<K>[]): Promise<readonly Outcome[]>
  /** Reads again and holds what this run has written against what is there. Null = all of it is. */
  verify(): Promise<Failure | null>
  /** Makes what was written last (saves it), then lets go of what leads back. Null where nothing was written. */
  commit(): Promise<Failure | null>
  /** Takes back what this run has written and not committed, the last first. Null = it is as it was before. */
  revert(): Promise<Failure | null>
  /** Whether something was written that is neither committed nor reverted, and what leads back (a checkpoint's name). */
  pending(): { readonly net: string | null } | null
  /** Reads how what an earlier run left stands now. Throws FailureError. */
  look(left: Left): Promise<Found>
  /** Takes that up: this run's commit saves it, where it is to be saved, and lets go of its way back. Nothing is sent yet. */
  adopt(left: Pick<Left, 'net'> & { readonly saves: boolean }): void
  /** Ends the session; the next question logs in again. What is staged, and what is written and not committed, stays as it is. */
  reconnect(): Promise<void>
  /** Ends the session, at once. What is pending stays as it is. */
  release(): Promise<void>
}
