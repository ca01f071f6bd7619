import { dirname, resolve } from 'node:path'
import type { Inventory } from '../inventory/inventory.ts'
import { loadInventory } from '../inventory/load.ts'
import type { Scripts } from '../inventory/script/scripts.ts'
import type { RunOptions } from './options.ts'
import { type Trust, whyChanged } from './variables/trusted-file.ts'

type Named = Pick<RunOptions, 'inventory' | 'folder' | 'playbooks' | 'inventoryScripts' | 'stop'>

/**
 * The inventory that the options name, with the variables beside the first playbook. When it is read again in a run, of which `again` is the
 * trust, its programs are asked again, unless the run may have written them. Throws FailureError (invalid, unsafe, failed, interrupted).
 */
export async function readInventory(options: Named, again?: Trust): Promise<Inventory> {
  const [playbook] = options.playbooks
  if (again) options.inventoryScripts?.told.clear()
  return loadInventory(options.inventory, {
    folder: options.folder,
    ...(playbook === undefined ? {} : { playbookFolder: dirname(resolve(options.folder, playbook)) }),
    ...(options.inventoryScripts ? { scripts: scriptsOf(options, options.inventoryScripts, again) } : {}),
  })
}

/** As Ansible starts them: in the folder and with the environment that weft is started in. */
function scriptsOf(
  { folder, stop }: Named,
  { run, ...known }: NonNullable<Named['inventoryScripts']>,
  again: Trust | undefined,
): Scripts {
  return {
    ...known,
    start: (words, { signal, ...limits }) =>
      run({ command: words, folder }, { signal: signal ? AbortSignal.any([stop, signal]) : stop, limits }),
    ...(again ? { whyNot: file => whyChanged(file, again) } : {}),
  }
}
