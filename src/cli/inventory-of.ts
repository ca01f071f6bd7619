import { existsSync } from 'node:fs'
import { join } from 'node:path'
import type { Inventory } from '../inventory/inventory.ts'
import type { InventoryScripts } from '../inventory/script/scripts.ts'
import { listenForInterrupt } from './process/interrupt.ts'
import type { Wires } from './wires.ts'

/** The inventory for a command without a playbook. Programs in it are started where the operator's settings allow that; Ctrl-C ends them. */
export async function inventoryOf(named: readonly string[] | undefined, wires: Wires): Promise<Inventory> {
  const [{ readInventory }, { loadSettings, repositoryOf }] = await Promise.all([wires.inventory(), wires.settings()])
  // A home folder that is no repository may well hold both an inventory and the settings.
  const repository = repositoryOf(join(wires.folder, 'inventory'))
  const repositories = existsSync(join(repository, '.git')) ? [repository] : []
  const settings = await loadSettings({ environment: wires.environment, repositories })
  const interrupt = listenForInterrupt(() => {}, wires.environment)
  try {
    return await readInventory({
      inventory: named ?? ['inventory/'],
      folder: wires.folder,
      playbooks: [],
      inventoryScripts: inventoryScripts(settings.inventory_scripts, wires),
      stop: interrupt.stop,
    })
  } finally {
    interrupt.release()
  }
}

/** The programs that a command may start for its inventory, and asks once. */
export function inventoryScripts(
  allowed: InventoryScripts['allowed'],
  wires: Pick<Wires, 'program'>,
): InventoryScripts {
  return { allowed, told: new Map(), run: async (start, how) => (await wires.program())(start, how) }
}
