import type { Inventory } from '../inventory/inventory.ts'
import { FailureError } from '../model/failure.ts'
import { nearest } from '../model/nearest.ts'
import { isSecret } from '../model/secret.ts'
import type { Value, Variables } from '../model/value.ts'
import { visible, visibleJson } from '../model/visible.ts'
import { inventoryOf } from './inventory-of.ts'
import type { ExitCode, Wires } from './wires.ts'

export interface InventoryFlags {
  readonly inventory?: string[]
  readonly graph?: boolean
  readonly list?: boolean
  readonly host?: string
  readonly limit?: string
  readonly json?: boolean
}

/** `weft inventory`: a tree of groups, all of it as JSON, or one host's merged variables; secrets masked. */
export async function inventoryCommand({
  options,
  wires,
}: {
  options: InventoryFlags
  wires: Wires
}): Promise<ExitCode> {
  const { matchHosts, refuseEmptyLimit } = await wires.inventory()
  const inventory = await inventoryOf(options.inventory, wires)
  refuseEmptyLimit(inventory, options.limit)
  const shown = new Set(matchHosts(inventory, 'all', options.limit))
  const say = (text: string) => void wires.out.write(`${visible(text)}\n`)
  for (const warning of inventory.warnings) wires.err.write(`warning: ${visible(warning)}\n`)
  if (options.host !== undefined) {
    say(visibleJson(JSON.stringify(maskVariables(variablesOf(inventory, options.host)), null, 2)))
  } else if (options.list || options.json) {
    say(visibleJson(JSON.stringify(asList(inventory, shown), null, 2)))
  } else {
    for (const line of graph(inventory, 'all', shown)) say(line)
  }
  return 0
}

function variablesOf(inventory: Inventory, name: string): Variables {
  const host = inventory.hosts.get(name)
  if (host) return host.variables
  const close = nearest(name, [...inventory.hosts.keys()])
  throw new FailureError({
    code: 'invalid',
    message: `there is no host '${name}' in the inventory`,
    remedy: close ? `Did you mean '${close}'?` : "'weft inventory --graph' shows all hosts.",
  })
}

/** The form of `ansible-inventory --list`, which other tools read. */
function asList(inventory: Inventory, shown: ReadonlySet<string>): object {
  const hostvars = [...inventory.hosts].filter(([name]) => shown.has(name))
  const groups = [...inventory.groups].map(([name, hosts]) => {
    const children = inventory.children.get(name) ?? []
    const below = new Set(children.flatMap(child => inventory.groups.get(child) ?? []))
    const own = hosts.filter(host => shown.has(host) && !below.has(host))
    return [name, { ...(own.length > 0 ? { hosts: own } : {}), ...(children.length > 0 ? { children } : {}) }] as const
  })
  return {
    _meta: { hostvars: Object.fromEntries(hostvars.map(([name, host]) => [name, maskVariables(host.variables)])) },
    ...Object.fromEntries(groups),
  }
}

function graph(inventory: Inventory, group: string, shown: ReadonlySet<string>, depth = 0): string[] {
  const children = (inventory.children.get(group) ?? []).filter(
    child => depth > 0 || child !== 'ungrouped' || (inventory.groups.get(child)?.length ?? 0) > 0,
  )
  const below = new Set(children.flatMap(child => inventory.groups.get(child) ?? []))
  const own = (inventory.groups.get(group) ?? []).filter(host => shown.has(host) && !below.has(host))
  const lead = depth === 0 ? '' : `${'  |'.repeat(depth)}--`
  return [
    `${lead}@${group}:`,
    ...children.flatMap(child => graph(inventory, child, shown, depth + 1)),
    ...own.map(host => `${'  |'.repeat(depth + 1)}--${host}`),
  ]
}

/** Values whose name says that they are secret are not printed; a template that fetches them elsewhere is. */
function maskVariables(value: Value, name = ''): Value {
  if (Array.isArray(value)) return value.map(entry => maskVariables(entry, name))
  if (typeof value === 'object' && value !== null) {
    return Object.fromEntries(Object.entries(value).map(([key, entry]) => [key, maskVariables(entry, key)]))
  }
  const shown = typeof value !== 'string' && typeof value !== 'number'
  return shown || value === '' || !isSecret(name, value) ? value : '********'
}
