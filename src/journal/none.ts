import type { Ledger } from './ledger.ts'

const nothing = async () => {}

/** A ledger that keeps nothing: for descriptions, which do nothing, and for plans with --no-ledger. */
export const noLedger: Ledger = {
  begin: nothing,
  record: () => {},
  intend: nothing,
  conclude: nothing,
  own: nothing,
  end: nothing,
  lease: async ({ target, run, who, seconds }) => ({
    held: { target, run, who, token: 0, until: new Date(Date.now() + seconds * 1000).toISOString() },
  }),
  renew: async () => true,
  release: nothing,
  unfinished: async () => [],
  leaveUnfinished: nothing,
  settle: nothing,
  runs: async () => [],
  run: async () => null,
  events: async () => [],
  intents: async () => [],
  owners: async () => [],
  prune: async () => 0,
  close: nothing,
}
