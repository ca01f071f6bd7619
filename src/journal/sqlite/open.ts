import { accessSync, constants, existsSync } from 'node:fs'
import { dirname } from 'node:path'
import type { DatabaseSync } from 'node:sqlite'
import { pathToFileURL } from 'node:url'
import type { Ledger } from '../ledger.ts'
import type { LedgerMode } from '../place.ts'
import { checkPrivateFile, preparePrivateFile } from '../private-file.ts'
import { ledgerFailure } from './failures.ts'
import { sqliteLedger } from './ledger.ts'
import { migrate, STEPS, versionOf } from './schema.ts'
import { commit, createStore, patiently, type StoreOptions, whenFree } from './store.ts'

/**
 * The ledger in a SQLite file, which is made (with mode 0600) where it is not there, unless it is only to be read. Throws FailureError: unsafe
 * (others could change it), failed (disk), busy (another process writes), invalid (a newer weft's, or no ledger).
 */
export async function openSqlite(options: StoreOptions): Promise<Ledger> {
  const { file, mode } = options
  try {
    if (mode === 'read') checkPrivateFile(file)
    else preparePrivateFile(file)
    const database = await connect(file, mode)
    try {
      await upToDate(database, options)
    } catch (error) {
      database.close()
      throw error
    }
    return sqliteLedger(createStore(database, options))
  } catch (error) {
    throw ledgerFailure(error, { file, mode })
  }
}

/** A ledger on a disk that cannot be written is read as it is: SQLite would make files beside it even to read. */
async function connect(file: string, mode: LedgerMode): Promise<DatabaseSync> {
  const { DatabaseSync } = await import('node:sqlite')
  if (mode !== 'read' || isWritable(file)) return new DatabaseSync(file, { timeout: 20 })
  const place = existsSync(`${file}-wal`) ? file : `${pathToFileURL(file)}?immutable=1`
  return new DatabaseSync(place, { readOnly: true })
}

/** The order matters: how room is given back can only be chosen before there are tables. */
async function upToDate(database: DatabaseSync, options: StoreOptions): Promise<void> {
  const version = await whenFree(database, options, () => versionOf(database, options.file))
  if (version === STEPS.length) return
  await patiently(database, options, 'PRAGMA auto_vacuum = INCREMENTAL')
  await patiently(database, options, 'PRAGMA journal_mode = WAL')
  await patiently(database, options, 'BEGIN IMMEDIATE')
  // Another process may have been faster: it is looked at again.
  commit(database, () => migrate(database, options.file))
}

function isWritable(file: string): boolean {
  try {
    for (const path of [file, dirname(file)]) accessSync(path, constants.W_OK)
    return true
  } catch {
    return false
  }
}
