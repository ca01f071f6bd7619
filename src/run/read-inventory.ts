import { dirname, resolve } from 'node:path'
import type { Inventory } from '../inventory/inventory.ts'
import { loadInventory } from '../inventory/load.ts'
import type { RunOptions } from './options.ts'

/** The inventory that the options name, with the variables beside the first playbook. Throws FailureError (invalid). */
export function readInventory(options: Pick<RunOptions, 'inventory' | 'folder' | 'playbooks'>): Promise<Inventory> {
  const playbookFolder = dirname(resolve(options.folder, options.playbooks[0] ?? '.'))
  return loadInventory(options.inventory, { folder: options.folder, playbookFolder })
}
