import type { Ledger } from '../ledger.ts'
import { later, noSuchRun, thereAlready } from '../records.ts'
import { selectEvents } from './events.ts'
import { insertIntents, selectIntents, updateIntents } from './intents.ts'
import { refuseLostLease, releaseLease, renewLease, takeLease } from './leases.ts'
import { deleteOwners, selectOwners, upsertOwners } from './owners.ts'
import { prunable, pruneRuns } from './prune.ts'
import { createRecorder } from './recorder.ts'
import { endRun, hasRun, insertRun, selectRun, selectRuns } from './runs.ts'
import type { Store } from './store.ts'
import { deleteUnfinished, selectUnfinished, upsertUnfinished } from './unfinished.ts'

/** The ledger on a store whose schema is up to date. */
export function sqliteLedger(bare: Store): Ledger {
  const { record, store } = createRecorder(bare)
  return {
    record,
    ...runsIn(store),
    ...intentsIn(store),
    ...ownersIn(store),
    ...leasesIn(store),
    ...unfinishedIn(store),
  }
}

function runsIn(
  store: Store,
): Pick<Ledger, 'begin' | 'end' | 'runs' | 'run' | 'events' | 'prune' | 'pastTheirTime' | 'close'> {
  return {
    begin: run =>
      store.write(database => {
        if (hasRun(database, run.id)) throw thereAlready(`run ${run.id}`)
        insertRun(database, run)
      }),
    end: (run, end) =>
      store.write(database => {
        if (!endRun(database, run, end)) throw noSuchRun(run)
      }),
    runs: query => store.read(database => selectRuns(database, query)),
    run: id => store.read(database => selectRun(database, id)),
    events: run => store.read(database => selectEvents(database, run)),
    prune: keep => pruneRuns(store, keep),
    pastTheirTime: keep => prunable(store, keep),
    close: () => store.close(),
  }
}

function intentsIn(store: Store): Pick<Ledger, 'intend' | 'conclude' | 'intents'> {
  const time = () => store.clock().toISOString()
  return {
    intend: (intents, lease) =>
      store.write(database => {
        if (lease) refuseLostLease(database, lease, store.clock())
        insertIntents(database, intents, time())
      }),
    conclude: (run, outcomes, owners = []) =>
      store.write(database => {
        updateIntents(database, { run, outcomes, time: time() })
        upsertOwners(database, owners)
      }),
    intents: run => store.read(database => selectIntents(database, run)),
  }
}

function ownersIn(store: Store): Pick<Ledger, 'own' | 'disown' | 'owners'> {
  return {
    own: owners => store.write(database => upsertOwners(database, owners, { found: true })),
    disown: resources => store.write(database => deleteOwners(database, resources)),
    owners: (query = {}) => store.read(database => selectOwners(database, query)),
  }
}

function leasesIn(store: Store): Pick<Ledger, 'lease' | 'renew' | 'release'> {
  return {
    lease: wish => store.write(database => takeLease(database, wish, store.clock())),
    renew: (lease, seconds) => store.write(database => renewLease(database, lease, later(store.clock(), seconds))),
    release: lease => store.write(database => releaseLease(database, lease)),
  }
}

function unfinishedIn(store: Store): Pick<Ledger, 'unfinished' | 'leaveUnfinished' | 'settle'> {
  return {
    unfinished: target => store.read(database => selectUnfinished(database, target ?? null)),
    leaveUnfinished: entry => store.write(database => upsertUnfinished(database, entry)),
    settle: (target, run) => store.write(database => deleteUnfinished(database, target, run ?? null)),
  }
}
