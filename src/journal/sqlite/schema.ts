import type { DatabaseSync } from 'node:sqlite'
import { FailureError } from '../../model/failure.ts'

/** 'weft' in ASCII, in the header of the file: a database of another program is not taken for a ledger. */
const APPLICATION = 0x77656674

/**
 * How each version of the schema is made from the one before; the number of steps is the version. Steps that were released are never changed.
 * Lists and values are JSON; events are lines of JSON under gzip, many to a row: a fifteenth of the room, in half of the time.
 */
export const STEPS: readonly string[] = [
  `
  CREATE TABLE runs (
    id TEXT PRIMARY KEY, time TEXT NOT NULL, mode TEXT NOT NULL, playbooks TEXT NOT NULL, version TEXT NOT NULL, who TEXT NOT NULL,
    reason TEXT, revision TEXT, dirty INTEGER, host TEXT NOT NULL, pid INTEGER NOT NULL, mark TEXT, plan TEXT, exit INTEGER, seconds REAL,
    ok INTEGER NOT NULL DEFAULT 0, changed INTEGER NOT NULL DEFAULT 0, skipped INTEGER NOT NULL DEFAULT 0, failed INTEGER NOT NULL DEFAULT 0,
    unreachable INTEGER NOT NULL DEFAULT 0, rescued INTEGER NOT NULL DEFAULT 0, ignored INTEGER NOT NULL DEFAULT 0
  ) STRICT;
  CREATE INDEX runs_by_time ON runs (time);
  CREATE TABLE events (
    run TEXT NOT NULL REFERENCES runs ON DELETE CASCADE, number INTEGER NOT NULL, count INTEGER NOT NULL, body BLOB NOT NULL,
    PRIMARY KEY (run, number)
  ) STRICT;
  CREATE TABLE intents (
    run TEXT NOT NULL REFERENCES runs ON DELETE CASCADE, number INTEGER NOT NULL, id TEXT NOT NULL, task TEXT NOT NULL, host TEXT NOT NULL,
    kind TEXT NOT NULL, target TEXT NOT NULL, title TEXT NOT NULL, differences TEXT NOT NULL, commands TEXT NOT NULL, state TEXT NOT NULL,
    failure TEXT, time TEXT NOT NULL, ended TEXT, PRIMARY KEY (run, number), UNIQUE (run, id)
  ) STRICT;
  CREATE TABLE owners (
    target TEXT NOT NULL, resource TEXT NOT NULL, playbook TEXT NOT NULL, task TEXT NOT NULL, run TEXT NOT NULL, time TEXT NOT NULL,
    value TEXT NOT NULL, PRIMARY KEY (target, resource)
  ) STRICT;
  CREATE TABLE leases (
    target TEXT PRIMARY KEY, token INTEGER NOT NULL, run TEXT, who TEXT NOT NULL, host TEXT NOT NULL, pid INTEGER NOT NULL, mark TEXT,
    until TEXT NOT NULL
  ) STRICT;
  CREATE TABLE unfinished (
    target TEXT NOT NULL, run TEXT NOT NULL REFERENCES runs, host TEXT NOT NULL, net TEXT, time TEXT NOT NULL, PRIMARY KEY (target, run)
  ) STRICT;
  `,
  'ALTER TABLE intents ADD COLUMN unsaved INTEGER NOT NULL DEFAULT 0',
  `
  CREATE TABLE hosts (
    run TEXT NOT NULL REFERENCES runs ON DELETE CASCADE, host TEXT NOT NULL, PRIMARY KEY (run, host)
  ) STRICT, WITHOUT ROWID;
  `,
]

/**
 * Brings the schema up to date, within a transaction that the caller holds. Throws FailureError invalid for what is not a ledger, and for one
 * of a newer weft.
 */
export function migrate(database: DatabaseSync, file: string, steps: readonly string[] = STEPS): void {
  const version = versionOf(database, file, steps)
  for (const step of steps.slice(version)) database.exec(step)
  if (version < steps.length)
    database.exec(`PRAGMA application_id = ${APPLICATION}; PRAGMA user_version = ${steps.length}`)
}

/** The version of the schema, 0 in an empty file; throws as migrate does. */
export function versionOf(database: DatabaseSync, file: string, steps: readonly string[] = STEPS): number {
  const version = pragma(database, 'user_version')
  const application = pragma(database, 'application_id')
  const isEmpty = application === 0 && version === 0 && pragma(database, 'schema_version') === 0
  if (application !== APPLICATION && !isEmpty)
    throw new FailureError({
      code: 'invalid',
      message: `${file} is the database of another program, not a weft ledger`,
      remedy: 'Choose another place with --ledger FILE.',
    })
  if (version > steps.length)
    throw new FailureError({
      code: 'invalid',
      message: `the ledger ${file} was written by a newer weft (its schema is ${version}, this one knows ${steps.length})`,
      remedy: 'Update weft, or choose another place with --ledger FILE.',
    })
  return version
}

function pragma(database: DatabaseSync, name: string): number {
  return Number(database.prepare(`PRAGMA ${name}`).get()?.[name] ?? 0)
}
