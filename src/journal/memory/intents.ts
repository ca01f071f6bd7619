import { refuseLost } from '../lease.ts'
import type { IntentRecord, Ledger, PastIntent } from '../ledger.ts'
import { noSuchIntent, noSuchRun, thereAlready } from '../records.ts'
import { setOwner } from './owners.ts'
import { copyOf, type State } from './state.ts'

export function memoryIntents(state: State): Pick<Ledger, 'intend' | 'conclude' | 'intents'> {
  const { clock, intents } = state
  return {
    async intend(records, lease) {
      if (lease) refuseLost(lease, state.leases.get(lease.target)?.lease ?? null, clock())
      for (const [run, kept] of added(state, records)) intents.set(run, kept)
    },
    async conclude(run, outcomes, owners = []) {
      let kept = intents.get(run) ?? []
      for (const { id, state: now, failure } of outcomes) {
        if (!kept.some(intent => intent.id === id)) throw noSuchIntent(run, id)
        kept = kept.map(intent => {
          if (intent.id !== id) return intent
          const { failure: _, ...rest } = intent
          return { ...rest, state: now, ...(failure ? { failure: copyOf(failure) } : {}), ended: clock().toISOString() }
        })
      }
      intents.set(run, kept)
      for (const owner of owners) setOwner(state, owner)
    },
    intents: async run => copyOf(intents.get(run) ?? []),
  }
}

/** The intents of each run with the new ones; throws before anything is kept. */
function added({ runs, intents, clock }: State, records: readonly IntentRecord[]): Map<string, readonly PastIntent[]> {
  const after = new Map<string, readonly PastIntent[]>()
  for (const record of records) {
    if (!runs.has(record.run)) throw noSuchRun(record.run)
    const before = after.get(record.run) ?? intents.get(record.run) ?? []
    if (before.some(({ id }) => id === record.id)) throw thereAlready(`the intent '${record.id}' of run ${record.run}`)
    const place = { number: before.length, state: 'open', time: clock().toISOString(), ended: null } as const
    after.set(record.run, [...before, { ...copyOf(record), ...place }])
  }
  return after
}
