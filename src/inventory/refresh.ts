import type { Variables } from '../model/value.ts'
import type { HostPart, Inventory } from './inventory.ts'
import { mergeInventory } from './merge.ts'

/**
 * An inventory that was read again in the middle of a run. Of its variables only those may hold templates that stood in it, by this name
 * and with this text, when the run had `begun`; the others are data, as those of add_host: the run itself may have written them.
 * Hosts of `keep` that are gone stay as they were `before`, in no group.
 */
export function refreshed(
  fresh: Inventory,
  { begun, before, keep }: { begun: Inventory; before: Inventory; keep: readonly string[] },
): Inventory {
  const stood = textsOf(begun)
  const hosts = new Map<string, HostPart>()
  for (const [name, part] of fresh.parts.hosts) {
    const own = Object.entries(fresh.hosts.get(name)?.variables ?? {}).filter(
      ([variable, value]) => !MADE.has(variable) && !stood.has(textOf(variable, value)),
    )
    const data = new Set(own.map(([variable]) => variable))
    hosts.set(name, { ...part, variables: { ...part.variables, ...Object.fromEntries(own) }, data })
  }
  for (const name of keep) {
    const { variables, data } = before.hosts.get(name) ?? {}
    if (variables && !hosts.has(name)) hosts.set(name, { name, variables, ...(data ? { data } : {}) })
  }
  return mergeInventory({ ...fresh.parts, hosts })
}

/** What merging gives to each host by itself. */
const MADE = new Set(['inventory_hostname', 'inventory_hostname_short', 'group_names'])

/** Every variable of an inventory with its value, wherever in it they stand. */
function textsOf({ parts }: Inventory): ReadonlySet<string> {
  const named = [...parts.groups.values(), ...parts.hosts.values()].map(({ variables }) => variables)
  const beside = parts.folders.flatMap(({ group, host }) => [...group.values(), ...host.values()])
  return new Set([...named, ...beside].flatMap(entriesOf))
}

function entriesOf(variables: Variables): string[] {
  return Object.entries(variables).map(([name, value]) => textOf(name, value))
}

function textOf(name: string, value: unknown): string {
  return JSON.stringify([name, value])
}
