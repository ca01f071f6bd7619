import { mkdirSync } from 'node:fs'
import { dirname } from 'node:path'
import type { DatabaseSync } from 'node:sqlite'
import { type RunEvent, RunEvent as RunEventSchema } from '../model/event.ts'
import type { Journal, PastRun } from './journal.ts'

/** Events that are kept in memory before they are written together: one transaction costs as much as a hundred inserts. */
const TOGETHER = 100

/** A journal in a SQLite file (`.weft/journal.db`), made when it is not there. Several weft processes may share it. */
export async function openJournal(file: string): Promise<Journal> {
  const { DatabaseSync } = await import('node:sqlite')
  mkdirSync(dirname(file), { recursive: true })
  const database = new DatabaseSync(file)
  database.exec(TABLES)
  const waiting: RunEvent[] = []
  let run = ''
  let count = 0
  const write = () => {
    if (waiting.length > 0) count = insert(database, { run, events: waiting.splice(0), count })
  }
  return {
    record(event) {
      if (event.event === 'run-started') {
        run = event.run
        count = 0
      }
      waiting.push(event)
      if (waiting.length >= TOGETHER || event.event === 'run-started' || event.event === 'run-finished') write()
    },
    runs: (limit = 50) => database.prepare('SELECT * FROM runs ORDER BY started DESC LIMIT ?').all(limit).map(pastRun),
    events: id =>
      database
        .prepare('SELECT body FROM events WHERE run = ? ORDER BY number')
        .all(id)
        .map(row => RunEventSchema.parse(JSON.parse(String(row.body)))),
    close() {
      write()
      database.close()
    },
  }
}

const TABLES = `
  PRAGMA journal_mode = WAL;
  PRAGMA busy_timeout = 5000;
  CREATE TABLE IF NOT EXISTS runs (
    id TEXT PRIMARY KEY, started TEXT NOT NULL, mode TEXT NOT NULL, playbooks TEXT NOT NULL, version TEXT NOT NULL,
    exit INTEGER, seconds REAL
  ) STRICT;
  CREATE TABLE IF NOT EXISTS events (
    run TEXT NOT NULL, number INTEGER NOT NULL, event TEXT NOT NULL, host TEXT, body TEXT NOT NULL,
    PRIMARY KEY (run, number)
  ) STRICT, WITHOUT ROWID;
`

function insert(
  database: DatabaseSync,
  { run, events, count }: { run: string; events: RunEvent[]; count: number },
): number {
  if (run === '') return count // input that was invalid before a run began is no run
  let number = count
  database.exec('BEGIN IMMEDIATE')
  try {
    const keep = database.prepare('INSERT INTO events VALUES (?, ?, ?, ?, ?)')
    for (const event of events) {
      if (event.event === 'run-started') begin(database, event)
      if (event.event === 'run-finished') {
        database.prepare('UPDATE runs SET exit = ?, seconds = ? WHERE id = ?').run(event.exit, event.seconds, run)
      }
      keep.run(run, number++, event.event, 'host' in event ? (event.host ?? null) : null, JSON.stringify(event))
    }
    database.exec('COMMIT')
  } catch (error) {
    database.exec('ROLLBACK')
    throw error
  }
  return number
}

function begin(database: DatabaseSync, event: Extract<RunEvent, { event: 'run-started' }>): void {
  const { run, time, mode, playbooks, version } = event
  database
    .prepare('INSERT INTO runs VALUES (?, ?, ?, ?, ?, NULL, NULL)')
    .run(run, time, mode, JSON.stringify(playbooks), version)
}

function pastRun(row: Record<string, unknown>): PastRun {
  return {
    id: String(row.id),
    started: String(row.started),
    mode: row.mode === 'plan' ? 'plan' : 'run',
    playbooks: JSON.parse(String(row.playbooks)) as string[],
    version: String(row.version),
    exit: row.exit === null ? null : Number(row.exit),
    seconds: row.seconds === null ? null : Number(row.seconds),
  }
}
