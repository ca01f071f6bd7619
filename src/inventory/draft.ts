import type { Value } from '../model/value.ts'

/** An inventory while its sources are read. Mutable, and known only to the readers of one loadInventory. */
export interface Draft {
  readonly hosts: Map<string, DraftHost>
  readonly groups: Map<string, DraftGroup>
  readonly warnings: string[]
}

export interface DraftHost {
  readonly name: string
  readonly variables: Record<string, Value>
  /** Names among them that are never templates. */
  data?: ReadonlySet<string>
}

export interface DraftGroup {
  readonly name: string
  readonly hosts: string[]
  readonly children: string[]
  readonly variables: Record<string, Value>
}

export function newDraft(): Draft {
  const draft: Draft = { hosts: new Map(), groups: new Map(), warnings: [] }
  draftChild(draft, 'all', 'ungrouped')
  return draft
}

/** The group, made when it is new. */
export function draftGroup(draft: Draft, name: string): DraftGroup {
  const known = draft.groups.get(name)
  if (known) return known
  const group = { name, hosts: [], children: [], variables: {} }
  draft.groups.set(name, group)
  return group
}

/** Puts a host in a group; the first source that names a host is its inventory_file. */
export function draftHost(
  draft: Draft,
  name: string,
  { group, file }: { group?: string; file?: Origin },
): Record<string, Value> {
  let host = draft.hosts.get(name)
  if (!host) {
    host = { name, variables: file ? { inventory_file: file.file, inventory_dir: file.folder } : {} }
    draft.hosts.set(name, host)
  }
  if (group) {
    const members = draftGroup(draft, group).hosts
    if (!members.includes(name)) members.push(name)
  }
  return host.variables
}

export interface Origin {
  readonly file: string
  readonly folder: string
}

/** Makes `child` a child of `parent`. Throws Error when that closes a circle. */
export function draftChild(draft: Draft, parent: string, child: string): void {
  const group = draftGroup(draft, parent)
  draftGroup(draft, child)
  if (parent === child || reaches(draft, child, parent))
    throw new Error(`the group ${child} cannot be a child of ${parent}: they would contain each other`)
  if (!group.children.includes(child)) group.children.push(child)
}

function reaches(draft: Draft, from: string, to: string): boolean {
  return (draft.groups.get(from)?.children ?? []).some(child => child === to || reaches(draft, child, to))
}
