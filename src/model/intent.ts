import type { Failure } from './failure.ts'
import type { Command, Kind } from './kind.ts'
import type { Managed } from './managed.ts'
import type { Position } from './position.ts'

/** Which thing it is that is written to, whoever asks: 'nxos:192.0.2.11:22', 'apic:https://192.0.2.1', 'kube:CONTEXT@FILE', 'linux:local'. */
export type TargetId = string

/** One task's wish to change something outside, on one target: what the door lets pass or not, the plan lists and the ledger keeps. */
export interface Intent<K extends Kind = Kind> {
  /** The same in every process: the task's id, the host, and which round of its loop: 'site.yml:12 0.tasks.3|leaf-1|0'. */
  readonly id: string
  readonly task: string
  /** The host of the inventory that asks. */
  readonly host: string
  readonly kind: K
  readonly target: TargetId
  /** What it would do, for people: the task's name, or "types 'clear ip bgp *'". */
  readonly title: string
  /** What differs; empty for an action, whose effect is not known before. */
  readonly differences: readonly Managed[]
  readonly commands: readonly Command<K>[]
  /** nxos: the task asks not to be saved (`save_when: never`). */
  readonly unsaved?: boolean
  /** The task itself says check_mode: true: it is shown and never sent. */
  readonly pretended?: boolean
  /** The task says check_mode: false, and the operator allows its module to be run in a plan. */
  readonly insists?: boolean
  /** The task says no_log: nothing of what it would write is shown, nor kept in the ledger or a plan. */
  readonly hidden?: boolean
  /** The line of the playbook that asks. */
  readonly at: Position
}

/**
 * What became of an intent. shut: the door did not open (a plan, a policy), nothing was sent. unsent: an earlier one of the same write
 * failed. unknown: it was sent, and what became of it could not be found out.
 */
export type Outcome =
  | { readonly state: 'applied'; readonly said?: unknown }
  | { readonly state: 'failed'; readonly failure: Failure }
  | { readonly state: 'unknown'; readonly failure: Failure }
  | { readonly state: 'unsent' }
  | { readonly state: 'shut'; readonly failure?: Failure }
