import { existsSync } from 'node:fs'
import type { Ledger } from './ledger.ts'
import { memoryLedger } from './memory/ledger.ts'
import type { LedgerMode } from './place.ts'
import { withRetention } from './retention.ts'

/**
 * Opens the ledger in a file (see ledgerFile), which is made, with its folder, where it is not there. `file` null: none is kept (plans only).
 * Throws FailureError with what to do: unsafe (another could change it), failed (the disk), busy (another process writes for more than 5 s),
 * invalid (written by a newer weft, or no ledger).
 */
export async function openLedger({
  file,
  mode,
  clock = () => new Date(),
}: {
  readonly file: string | null
  readonly mode: LedgerMode
  readonly clock?: () => Date
}): Promise<Ledger> {
  if (file === null || (mode === 'read' && !existsSync(file))) return memoryLedger({ clock, keepsEvents: false })
  const { openSqlite } = await import('./sqlite/open.ts')
  const ledger = await openSqlite({ file, mode, clock })
  return mode === 'read' ? ledger : withRetention(ledger)
}
