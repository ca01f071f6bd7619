import { type Host, isLocalhost } from '../model/host.ts'
import type { Variables } from '../model/value.ts'
import type { GroupPart, Inventory } from './inventory.ts'
import { mergeInventory } from './merge.ts'

/** What add_host or group_by does to an inventory. */
export interface Growth {
  readonly addHost?: Parameters<typeof addHost>[1]
  readonly groupBy?: { readonly host: string; readonly key: string; readonly parents: readonly string[] }
}

/** The inventory with a growth; a host that is not there is put into no group. */
export function withGrowth(inventory: Inventory, { addHost: added, groupBy }: Growth): Inventory {
  const grown = added ? addHost(inventory, added) : inventory
  if (!groupBy || !grown.hosts.has(groupBy.host)) return grown
  return addToGroup(grown, groupBy.host, groupBy.key, groupBy.parents)
}

/** What add_host does: the host with these variables in these groups, as a new inventory. The old one is left as it is. */
export function addHost(
  inventory: Inventory,
  { name, groups, variables }: { name: string; groups: readonly string[]; variables: Variables },
): Inventory {
  const hosts = new Map(inventory.parts.hosts)
  const known = hosts.get(name)
  const data = new Set([...(known?.data ?? []), ...Object.keys(variables)])
  hosts.set(name, { name, variables: { ...known?.variables, ...variables }, data })
  const grown = groups.reduce((known, group) => withMember(known, group, name), new Map(inventory.parts.groups))
  return mergeInventory({ ...inventory.parts, hosts, groups: grown })
}

/** What group_by does: the host in the group, and the group below its parents, as a new inventory. */
export function addToGroup(
  inventory: Inventory,
  host: string,
  group: string,
  parents: readonly string[] = [],
): Inventory {
  const groups = withMember(new Map(inventory.parts.groups), group, host)
  for (const parent of parents.filter(name => name !== 'all')) {
    const known = groups.get(parent) ?? emptyGroup(parent)
    if (!known.children.includes(group)) groups.set(parent, { ...known, children: [...known.children, group] })
  }
  return mergeInventory({ ...inventory.parts, groups })
}

/** The host, or the implicit localhost (local connection, in no group). Undefined for any other unknown name. */
export function hostOf(inventory: Inventory, name: string): Host | undefined {
  const known = inventory.hosts.get(name)
  if (known || !isLocalhost(name)) return known
  return {
    name,
    groups: [],
    variables: {
      ansible_host: name,
      ansible_connection: 'local',
      inventory_hostname: name,
      inventory_hostname_short: name.split('.')[0] ?? name,
      group_names: [],
    },
  }
}

function withMember(groups: Map<string, GroupPart>, group: string, host: string): Map<string, GroupPart> {
  const known = groups.get(group) ?? emptyGroup(group)
  if (!known.hosts.includes(host)) groups.set(group, { ...known, hosts: [...known.hosts, host] })
  return groups
}

function emptyGroup(name: string): GroupPart {
  return { name, hosts: [], children: [], variables: {} }
}
