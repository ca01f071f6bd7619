import type { ApicCommand, ApicRead } from './apic.ts'
import type { Failure } from './failure.ts'
import type { KubeCommand, KubeRead } from './kube.ts'
import type { MachineCommand, MachineRead } from './machine.ts'
import type { Managed } from './managed.ts'
import type { NxosCommand, NxosRead } from './nxos.ts'

/** What weft can talk to. */
export type Kind = 'nxos' | 'apic' | 'kube' | 'linux'

export type Read<K extends Kind> = { nxos: NxosRead; apic: ApicRead; kube: KubeRead; linux: MachineRead }[K]
export type Command<K extends Kind> = {
  nxos: NxosCommand
  apic: ApicCommand
  kube: KubeCommand
  linux: MachineCommand
}[K]

/** The commands that one task means on one device. */
export interface TaskWrite<K extends Kind> {
  readonly task: string
  readonly commands: readonly Command<K>[]
  readonly changes: readonly Managed[]
}

/**
 * What became of one task's commands. `unsent`: an earlier task of the same write failed.
 * A failure's `aftermath` says whether the task's own changes were undone.
 */
export type WriteOutcome =
  | { readonly state: 'applied' }
  | { readonly state: 'failed'; readonly failure: Failure }
  | { readonly state: 'unsent' }

/**
 * A device in a run: one session, one snapshot of its live state, one door to write through.
 * Only the engine holds it; modules get `read`.
 */
export interface Device<K extends Kind = Kind> {
  readonly kind: K
  readonly read: Read<K>
  /** Makes planned changes visible to later reads. Nothing is sent. */
  stage(changes: readonly Managed[]): void
  /** Sends several tasks' commands in order; stops at the first refusal and undoes that task. One outcome per task. */
  write(work: readonly TaskWrite<K>[]): Promise<readonly WriteOutcome[]>
  /** nxos: types an exec-mode command that may change something (clear, copy, system mode …). Never in a plan. */
  exec?(command: string): Promise<string>
  /** Ends the run on this device: saves, verifies what was written, removes the checkpoint. */
  finish(): Promise<Failure | null>
  /** Drops the snapshot (memory), keeps the session. */
  forget(): void
  close(): Promise<void>
}
