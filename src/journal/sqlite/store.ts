import type { DatabaseSync } from 'node:sqlite'
import { setTimeout as sleep } from 'node:timers/promises'
import type { LedgerMode } from '../place.ts'
import { isBusy, ledgerFailure } from './failures.ts'
import { busyFailure } from './holder.ts'

/** How long a write waits for another process's, in milliseconds; one takes some 2 ms. */
export const PATIENCE = 5000

/** One connection, whose work is done in the order in which it was asked for. */
export interface Store {
  readonly file: string
  readonly clock: () => Date
  /** In a transaction; when it throws, nothing is kept. Throws FailureError busy or failed. */
  write<T>(work: (database: DatabaseSync) => T, options?: WriteOptions): Promise<T>
  /** Throws FailureError failed. */
  read<T>(work: (database: DatabaseSync) => T): Promise<T>
  close(): Promise<void>
}

export interface WriteOptions {
  /** In a run: what is written outlives the machine's fall, not only the process's. Default true. */
  readonly durable?: boolean
  /** Called when it is written, before the next work begins. */
  readonly committed?: () => void
}

export interface StoreOptions {
  readonly file: string
  readonly mode: LedgerMode
  readonly clock: () => Date
  readonly patience?: number
}

export function createStore(database: DatabaseSync, options: StoreOptions): Store {
  const { file, mode, clock } = options
  let last: Promise<unknown> = Promise.resolve()
  const inTurn = <T>(work: () => T | Promise<T>): Promise<T> => {
    const mine = last.then(work)
    last = mine.catch(() => {})
    return mine
  }
  const safely = <T>(work: () => T): T => {
    try {
      return work()
    } catch (error) {
      throw ledgerFailure(error, { file, mode })
    }
  }
  return {
    file,
    clock,
    write: (work, { durable = true, committed } = {}) =>
      inTurn(async () => {
        // FULL costs 1 ms.
        const care = durable && mode === 'run' ? 'FULL' : 'NORMAL'
        await patiently(database, options, `PRAGMA synchronous = ${care}; BEGIN IMMEDIATE`)
        const result = safely(() => commit(database, work))
        committed?.()
        return result
      }),
    read: work => inTurn(() => safely(() => work(database))),
    close: () => inTurn(() => safely(() => database.close())),
  }
}

/** Executes what needs the writer's place, of which there is one. Throws FailureError busy or failed. */
export function patiently(database: DatabaseSync, options: StoreOptions, sql: string): Promise<void> {
  return whenFree(database, options, () => database.exec(sql))
}

/**
 * Does what another process may stand in the way of: writing, and also reading while another makes the file or changes its journal mode. It waits between tries, not within SQLite: sessions with devices must be
 * served meanwhile. Throws FailureError busy or failed.
 */
export async function whenFree<T>(
  database: DatabaseSync,
  { file, mode, patience = PATIENCE }: StoreOptions,
  work: () => T,
): Promise<T> {
  const started = performance.now()
  for (;;) {
    try {
      return work()
    } catch (error) {
      if (!isBusy(error)) throw ledgerFailure(error, { file, mode })
      if (performance.now() - started >= patience) throw busyFailure(database, file, patience / 1000)
    }
    await sleep(5 + Math.random() * 20)
  }
}

/** Does the work and commits, or takes all of it back. */
export function commit<T>(database: DatabaseSync, work: (database: DatabaseSync) => T): T {
  try {
    const result = work(database)
    database.exec('COMMIT')
    return result
  } catch (error) {
    if (database.isTransaction) database.exec('ROLLBACK')
    throw error
  }
}
