import type { Growth } from '../inventory/grow.ts'
import type { Inventory } from '../inventory/inventory.ts'
import type { Recap } from '../model/event.ts'
import type { Intent } from '../model/intent.ts'
import type { Module } from '../model/module.ts'
import type { Block, Play, Task } from '../model/play.ts'
import { layered, type Scope } from '../model/scope.ts'
import type { Variables } from '../model/value.ts'
import type { Templar } from '../playbook/template/templar.ts'
import type { Door } from './door/door.ts'
import type { Leases } from './door/leases.ts'
import type { Mask } from './mask.ts'
import type { Doors, RunOptions } from './options.ts'
import type { Cursor } from './play/cursor.ts'
import type { PlacedTask } from './play/place.ts'
import type { Devices } from './target/devices.ts'
import type { Trust } from './variables/trusted-file.ts'

/** What tasks learned about one host. Each field is replaced, never changed in place: rendered values are cached by identity. */
export interface HostState {
  /** set_fact and register. */
  facts: Variables
  /** include_vars, and what a public role leaves. */
  included: Scope
  /** Gathered facts, without the ansible_ prefix. */
  gathered: Variables
}

/** Everything that lives as long as the run. */
export interface Run {
  readonly id: string
  readonly options: RunOptions
  readonly doors: Doors
  readonly mask: Mask
  /** Which files may hold templates. */
  readonly trust: Trust
  readonly devices: Devices
  readonly door: Door
  readonly leases: Leases
  /** In a plan: what came to its door, in order. */
  readonly planned: Intent[]
  readonly moduleNamed: (name: string) => Module | undefined
  readonly templarFor: (folders: readonly string[]) => Templar
  /** Between pieces of work: lets signals and timers have their turn. */
  readonly breath: () => Promise<void>
  readonly states: Map<string, HostState>
  readonly recaps: Map<string, Recap>
  /** Hosts that take no part in later plays. */
  readonly out: Map<string, 'failed' | 'unreachable'>
  /** Task ids that failed, for the command that retries. */
  readonly failedTasks: PlacedTask[]
  /** What was left out because the run ended early, in the words of the report. */
  readonly undone: string[]
  /** Hosts of what was not begun; null = not known. */
  unbegun: ReadonlySet<string> | null
  inventory: Inventory
  /** As it was read when the run began. */
  readonly begun: Inventory
  /** What add_host and group_by did to it, in order. */
  readonly grown: Growth[]
  /** Whether anything was, or in a plan would be, changed. */
  changed: boolean
  /** --start-at-task: the name that is still waited for. */
  startAt: string | null
  startAtFound: boolean
}

/** One batch of one play. */
export interface PlayRun {
  readonly run: Run
  readonly play: Play
  readonly name: string
  /** All hosts of the play, of all batches. */
  readonly all: readonly string[]
  readonly batch: readonly string[]
  /** Play variables with those of its files, untemplated. */
  readonly variables: Scope
  readonly handlers: readonly HandlerEntry[]
  readonly cursors: Map<string, Cursor>
  /** Handler id → hosts that must run it. */
  readonly notified: Map<string, Set<string>>
  /** Tells hosts that left this play (failed and not rescued, unreachable, end_host) from those still in. */
  readonly left: Set<string>
  /** Hosts of later plays: their devices are kept open. null = not known, keep all. */
  readonly later: ReadonlySet<string> | null
  /** Blocks that stand for an include; their variables win over facts. */
  readonly includes: WeakSet<Block>
  /** What they name, to see an include that includes itself. */
  readonly included: WeakMap<Block, string>
  /** What the loop of an include gave to its tasks: data. */
  readonly includedBy: WeakMap<Block, Variables>
  /** Weaker than the inventory: the defaults of roles that are included, by the block of their tasks. */
  readonly defaults: WeakMap<Block, Variables>
  /** What `include_role: {public: true}` leaves visible, by the including task. */
  readonly publicRoles: Map<PlacedTask, Variables>
  /** end_play: no further batch. */
  ended: boolean
  /** More failed hosts of a batch than this end the play for all. */
  readonly maxFailPercentage: number | null
  /** A failure that ends the play and the run for everyone. */
  fatal: boolean
}

/** Hosts that go through a play in step: the whole batch, or each host by itself where the strategy is free. */
export interface Lane {
  readonly playRun: PlayRun
  readonly hosts: readonly string[]
  /** Whether there are other lanes beside it. */
  readonly free: boolean
  /** Tasks in the order of writing, includes spliced in; `next` is where lockstep looks on. */
  readonly order: PlacedTask[]
  next: number
}

export interface HandlerEntry {
  readonly placed: PlacedTask
  readonly task: Task
}

export function stateOf(run: Run, host: string): HostState {
  let state = run.states.get(host)
  if (!state) {
    state = { facts: {}, included: layered([]), gathered: {} }
    run.states.set(host, state)
  }
  return state
}

export function isPlan(run: Run): boolean {
  return run.options.mode === 'plan'
}
