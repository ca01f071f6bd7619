import type { Host } from '../model/host.ts'
import type { Variables } from '../model/value.ts'

/** All hosts and groups with their variables merged. Immutable: add_host and group_by make a new one (see grow.ts). */
export interface Inventory {
  /** In the order of the sources. */
  readonly hosts: ReadonlyMap<string, Host>
  /** Group → its hosts, those of child groups included, as a pattern naming the group gives them. 'all' and 'ungrouped' are always there. */
  readonly groups: ReadonlyMap<string, readonly string[]>
  /** Group → groups directly below it. */
  readonly children: ReadonlyMap<string, readonly string[]>
  /** Files and folders that were read, absolute; host lists as given. */
  readonly sources: readonly string[]
  /** Things to tell the user: a source that is empty, an odd group name. */
  readonly warnings: readonly string[]
  /** What grow.ts needs to merge variables again. */
  readonly parts: InventoryParts
}

export interface InventoryParts {
  readonly groups: ReadonlyMap<string, GroupPart>
  readonly hosts: ReadonlyMap<string, HostPart>
  /** group_vars/ and host_vars/ by folder, in rising precedence: inventories first, then the playbook's. */
  readonly folders: readonly { readonly folder: string; readonly group: ReadonlyMap<string, Variables>; readonly host: ReadonlyMap<string, Variables> }[]
}

export interface GroupPart {
  readonly name: string
  readonly hosts: readonly string[]
  readonly children: readonly string[]
  readonly variables: Variables
}

export interface HostPart {
  readonly name: string
  readonly variables: Variables
}
