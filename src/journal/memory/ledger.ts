import type { Ledger } from '../ledger.ts'
import { memoryIntents } from './intents.ts'
import { memoryLeases } from './leases.ts'
import { memoryOwners } from './owners.ts'
import { memoryRuns } from './runs.ts'
import { createState } from './state.ts'
import { memoryUnfinished } from './unfinished.ts'

export interface MemoryOptions {
  readonly clock?: () => Date
  /** False: events are counted, not kept, so that memory does not grow with a plan. Default true. */
  readonly keepsEvents?: boolean
}

/** A ledger that is gone with the process: for tests, and for plans with --no-ledger. It answers as the one on disk does. */
export function memoryLedger({ clock = () => new Date(), keepsEvents = true }: MemoryOptions = {}): Ledger {
  const state = createState(clock)
  return {
    ...memoryRuns(state, { keepsEvents }),
    ...memoryIntents(state),
    ...memoryOwners(state),
    ...memoryLeases(state),
    ...memoryUnfinished(state),
  }
}
