import { suite } from 'uvu'
import type { Ledger } from '../../src/journal/ledger.ts'
import { clockAt, type On } from './contract/bench.ts'
import { intents, owners } from './contract/intents.ts'
import { pruning, unfinished } from './contract/keeping.ts'
import { leases } from './contract/leases.ts'
import { events, runs } from './contract/runs.ts'

/** What every ledger promises, whatever it is kept in. */
export function ledgerContract(name: string, open: (clock: () => Date) => Promise<Ledger>): void {
  const test = suite(name)
  const on: On = (title, body) =>
    test(title, async () => {
      const clock = clockAt()
      const ledger = await open(clock.clock)
      try {
        await body(ledger, clock)
      } finally {
        await ledger.close()
      }
    })
  for (const declare of [runs, events, intents, owners, leases, unfinished, pruning]) declare(on)
  test.run()
}
