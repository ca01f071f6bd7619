import type { Ledger, Retention } from './ledger.ts'

/** How long runs are kept without being asked for; a drift check every ten minutes makes 4,000 plans in a month. */
const KEPT: readonly Retention[] = [
  { mode: 'plan', days: 30 },
  { mode: 'run', days: 365 },
]
/** Never more at once: nobody shall wait for it. */
const AT_ONCE = 20

/** Forgets, each time when it is closed, some of what is past its time. What goes wrong with it is no fault of the run's. */
export function withRetention(ledger: Ledger): Ledger {
  return {
    ...ledger,
    async close() {
      for (const keep of KEPT) await ledger.prune({ ...keep, most: AT_ONCE }).catch(() => 0)
      await ledger.close()
    },
  }
}
