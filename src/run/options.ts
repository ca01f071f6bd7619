import type { InventoryScripts } from '../inventory/script/scripts.ts'
import type { Ledger, RunStart } from '../journal/ledger.ts'
import type { Device } from '../model/device.ts'
import type { Emit } from '../model/event.ts'
import type { Guard } from '../model/guard.ts'
import type { Endpoint } from '../model/host.ts'
import type { Kind } from '../model/kind.ts'
import type { ModuleEntry } from '../model/module.ts'
import type { PlanDocument } from '../model/plan.ts'
import type { Progress } from '../model/progress.ts'
import type { Variables } from '../model/value.ts'
import type { Fingerprinting } from './plan/fingerprint.ts'

/** What the user asked for on the command line. */
export interface RunOptions {
  readonly playbooks: readonly string[]
  readonly inventory: readonly string[]
  readonly limit?: string
  readonly tags: readonly string[]
  readonly skipTags: readonly string[]
  readonly extraVars: Variables
  readonly forks: number
  /** 'plan' touches nothing (also `run --check`). */
  readonly mode: 'plan' | 'run'
  readonly diff: boolean
  readonly startAtTask?: string
  /** Handlers run even on hosts that failed; a play's own force_handlers wins. */
  readonly forceHandlers?: boolean
  /** The folder that relative paths on the command line are relative to. */
  readonly folder: string
  /** A plan: what comes to the door is kept and given back as a document. */
  readonly keepsPlan?: { readonly salt?: string }
  /** A run: the reviewed plan that it applies, and how its fingerprints are made; nothing else may pass the door. */
  readonly reviewed?: { readonly plan: PlanDocument; readonly fingerprinted: Fingerprinting }
  /** Why it is done, in the user's words; kept in the ledger. */
  readonly reason?: string
  readonly verbosity: number
  /**
   * What a plan may start although the repository decides what it is: the operator's own setting, never the repository's. Module names
   * (command, shell: for tasks with check_mode: false), 'pipe' (lookups that run programs) …
   */
  readonly allowInPlan?: readonly string[]
  /** Folders beside the repository whose files are as good as its own: the operator's own setting. Absolute. */
  readonly roots?: readonly string[]
  /** Inventories that are programs, of plans and runs alike; none is started when left out. Shared by all that one command does. */
  readonly inventoryScripts?: InventoryScripts
  /** First Ctrl-C: the running step ends, no new one starts. */
  readonly stop: AbortSignal
  /** Second Ctrl-C: everything closes at once; the events say what is unknown. */
  readonly abort: AbortSignal
}

/** How to open one device of a kind. */
export type Open<K extends Kind> = (options: {
  readonly endpoint: Endpoint
  readonly run: string
  readonly progress: Progress
  readonly signal: AbortSignal
  /** What the repository may not have started; left out = anything may be. */
  readonly guard?: Guard
}) => Promise<Device<K>>

/** The ways out of the engine: what it tells, what it may open, which modules it knows, what time it is. */
export interface Doors {
  readonly emit: Emit
  readonly open: { readonly [K in Kind]: Open<K> }
  readonly modules: readonly ModuleEntry[]
  readonly clock: () => Date
  /** What is kept of runs, written before things are done. */
  readonly ledger: Ledger
  /** 'frank@jump-1'. */
  readonly who: string
  /** The state of the repository; asked once, beside other work. */
  readonly commit: () => Promise<RunStart['commit']>
}
