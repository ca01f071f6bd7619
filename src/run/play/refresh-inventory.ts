import { withGrowth } from '../../inventory/grow.ts'
import { refreshed } from '../../inventory/refresh.ts'
import { emit } from '../emit.ts'
import { readInventory } from '../read-inventory.ts'
import type { PlayRun } from '../state.ts'
import { rememberSecrets } from '../variables/secrets.ts'

/**
 * Reads the inventory again, as it is now. What add_host and group_by made stays, and so do the hosts of the play that is running; plays
 * after it see hosts that are new. Values that were not in it when the
 * run began are data and never rendered: the run itself may have written them.
 * Throws FailureError (invalid) for an inventory that cannot be read; the one that was read before stays then.
 */
export async function refreshInventory({ run, all }: PlayRun): Promise<void> {
  const before = run.inventory
  const read = refreshed(await readInventory(run.options, run.trust), { begun: run.begun, before, keep: all })
  const inventory = run.grown.reduce(withGrowth, read)
  for (const host of inventory.hosts.values()) rememberSecrets(run.mask, host.variables)
  for (const text of inventory.warnings) if (!before.warnings.includes(text)) emit(run, { event: 'warning', text })
  run.inventory = inventory
}
