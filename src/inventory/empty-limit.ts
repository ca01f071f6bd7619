import { FailureError } from '../model/failure.ts'
import type { Inventory } from './inventory.ts'
import { matchHosts, patternWarnings } from './pattern.ts'

/** A --limit that leaves no hosts is a mistake: nothing would be done, and that would look like success. Throws FailureError (invalid). */
export function refuseEmptyLimit(inventory: Inventory, limit: string | undefined): void {
  if (limit === undefined || matchHosts(inventory, 'all:localhost', limit).length > 0) return
  const parts = limit.startsWith('@') ? [] : patternWarnings(inventory, limit)
  throw new FailureError({
    code: 'invalid',
    message: [`--limit ${limit} leaves no hosts.`, ...parts].join(' '),
    remedy: 'See `weft inventory --graph` for the hosts and groups that exist.',
  })
}
