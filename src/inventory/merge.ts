import { assignWritten } from '../model/as-written.ts'
import type { Host } from '../model/host.ts'
import type { Value, Variables } from '../model/value.ts'
import type { GroupPart, HostPart, Inventory, InventoryParts } from './inventory.ts'
import type { VariableFolder } from './variable-folder.ts'

/**
 * Parts → inventory. Hosts that are in no group go to 'ungrouped', groups without a parent below 'all'. Variables merge as Ansible's
 * precedence has it: all < groups by depth, ansible_group_priority, name < host; within a level the source < group_vars < the playbook's.
 */
export function mergeInventory(parts: InventoryParts): Inventory {
  const groups = reconciled(parts)
  const depths = depthsOf(groups)
  const members = new Map([...groups.keys()].map(name => [name, hostsOf(name, groups)]))
  const inGroups = new Map([...parts.hosts.keys()].map(name => [name, [] as string[]]))
  for (const [group, names] of members) for (const name of names) inGroups.get(name)?.push(group)
  const hosts = new Map<string, Host>()
  for (const [name, part] of parts.hosts) {
    const ordered = (inGroups.get(name) ?? []).sort(byPrecedence(groups, depths))
    const variables = variablesOf({ name, own: part.variables, ordered }, groups, parts.folders)
    hosts.set(name, { name, groups: ordered, variables, ...dataOf(part, variables) })
  }
  const children = new Map([...groups].map(([name, group]) => [name, group.children]))
  return { hosts, groups: members, children, sources: parts.sources, warnings: parts.warnings, parts }
}

function reconciled(parts: InventoryParts): Map<string, GroupPart> {
  const groups = new Map(parts.groups)
  const grouped = new Set<string>()
  const below = new Set<string>()
  for (const group of groups.values()) {
    if (group.name !== 'all' && group.name !== 'ungrouped') for (const host of group.hosts) grouped.add(host)
    for (const child of group.children) below.add(child)
  }
  const all = groups.get('all') ?? { name: 'all', hosts: [], children: ['ungrouped'], variables: {} }
  const orphans = [...groups.keys()].filter(name => name !== 'all' && !below.has(name))
  groups.set('all', { ...all, children: [...all.children, ...orphans] })
  const ungrouped = groups.get('ungrouped') ?? { name: 'ungrouped', hosts: [], children: [], variables: {} }
  const strays = [...parts.hosts.keys()].filter(name => !grouped.has(name) && !ungrouped.hosts.includes(name))
  groups.set('ungrouped', { ...ungrouped, hosts: [...ungrouped.hosts.filter(name => !grouped.has(name)), ...strays] })
  return groups
}

/** The longest way from 'all'. */
function depthsOf(groups: ReadonlyMap<string, GroupPart>): Map<string, number> {
  const depths = new Map<string, number>()
  const visit = (name: string, depth: number) => {
    if ((depths.get(name) ?? -1) >= depth) return
    depths.set(name, depth)
    for (const child of groups.get(name)?.children ?? []) visit(child, depth + 1)
  }
  visit('all', 0)
  return depths
}

/** Its own hosts, then those of the groups below it level by level. */
function hostsOf(name: string, groups: ReadonlyMap<string, GroupPart>): string[] {
  const hosts = new Set<string>()
  const seen = new Set([name])
  for (let level = [name]; level.length > 0; ) {
    const below: string[] = []
    for (const group of level) {
      for (const host of groups.get(group)?.hosts ?? []) hosts.add(host)
      for (const child of groups.get(group)?.children ?? [])
        if (!seen.has(child)) {
          seen.add(child)
          below.push(child)
        }
    }
    level = below
  }
  return [...hosts]
}

function byPrecedence(groups: ReadonlyMap<string, GroupPart>, depths: ReadonlyMap<string, number>) {
  const priority = (name: string) => Number(groups.get(name)?.variables.ansible_group_priority ?? 1)
  return (a: string, b: string) =>
    (depths.get(a) ?? 0) - (depths.get(b) ?? 0) || priority(a) - priority(b) || (a < b ? -1 : 1)
}

/** What add_host gave is data, unless a file says something else of the same name. */
function dataOf({ variables: own, data }: HostPart, variables: Variables): Pick<Host, 'data'> {
  const names = [...(data ?? [])].filter(name => variables[name] === own[name])
  return names.length === 0 ? {} : { data: new Set(names) }
}

interface Merging {
  readonly name: string
  readonly own: Variables
  readonly ordered: readonly string[]
}

function variablesOf(
  { name, own, ordered }: Merging,
  groups: ReadonlyMap<string, GroupPart>,
  folders: readonly VariableFolder[],
): Variables {
  const result: Record<string, Value> = { ansible_host: name }
  const named = ordered.filter(group => group !== 'all')
  const fromFolders = (owner: VariableFolder['owner'], level: 'group' | 'host', names: readonly string[]) => {
    for (const one of names)
      for (const folder of folders) if (folder.owner === owner) assignWritten(result, folder[level].get(one))
  }
  for (const group of ordered) assignWritten(result, groups.get(group)?.variables)
  fromFolders('inventory', 'group', ['all'])
  fromFolders('playbook', 'group', ['all'])
  fromFolders('inventory', 'group', named)
  fromFolders('playbook', 'group', named)
  assignWritten(result, own)
  fromFolders('inventory', 'host', [name])
  fromFolders('playbook', 'host', [name])
  delete result.ansible_group_priority
  return {
    ...result,
    inventory_hostname: name,
    inventory_hostname_short: name.split('.')[0] ?? name,
    group_names: [...named].sort(),
  }
}
