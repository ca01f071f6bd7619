import type { Host } from '../model/host.ts'
import type { Variables } from '../model/value.ts'
import type { VariableFolder } from './variable-folder.ts'

/** All hosts and groups with their variables merged. Immutable: add_host and group_by make a new one (grow.ts). */
export interface Inventory {
  /** In the order of the sources. */
  readonly hosts: ReadonlyMap<string, Host>
  /** Group → its hosts, those of child groups included, in the order that a pattern gives them. 'all' and 'ungrouped' are always there. */
  readonly groups: ReadonlyMap<string, readonly string[]>
  /** Group → groups directly below it. */
  readonly children: ReadonlyMap<string, readonly string[]>
  /** Files and folders that were read, absolute; host lists as given. */
  readonly sources: readonly string[]
  /** Things to tell the user. */
  readonly warnings: readonly string[]
  /** What it was merged from; for grow.ts. */
  readonly parts: InventoryParts
}

export interface InventoryParts {
  readonly groups: ReadonlyMap<string, GroupPart>
  readonly hosts: ReadonlyMap<string, HostPart>
  readonly folders: readonly VariableFolder[]
  readonly sources: readonly string[]
  readonly warnings: readonly string[]
}

/** A group as its sources give it: only its direct hosts and children. */
export interface GroupPart {
  readonly name: string
  readonly hosts: readonly string[]
  readonly children: readonly string[]
  readonly variables: Variables
}

export interface HostPart {
  readonly name: string
  readonly variables: Variables
  /** Names among them whose value add_host gave. */
  readonly data?: ReadonlySet<string>
}
