import type { DatabaseSync } from 'node:sqlite'
import type { Unfinished } from '../ledger.ts'
import { noSuchRun } from '../records.ts'
import { orNull, type Row, text } from './rows.ts'
import { hasRun } from './runs.ts'

export function selectUnfinished(database: DatabaseSync, target: string | null): Unfinished[] {
  return database
    .prepare('SELECT * FROM unfinished WHERE ? IS NULL OR target = ? ORDER BY time, target, run')
    .all(target, target)
    .map(unfinishedOf)
}

export function upsertUnfinished(database: DatabaseSync, { target, run, host, net, time }: Unfinished): void {
  if (!hasRun(database, run)) throw noSuchRun(run)
  database
    .prepare(
      `INSERT INTO unfinished (target, run, host, net, time) VALUES (?, ?, ?, ?, ?)
       ON CONFLICT DO UPDATE SET host = excluded.host, net = excluded.net, time = excluded.time`,
    )
    .run(target, run, host, net, time)
}

export function deleteUnfinished(database: DatabaseSync, target: string, run: string | null): void {
  database.prepare('DELETE FROM unfinished WHERE target = ? AND (? IS NULL OR run = ?)').run(target, run, run)
}

function unfinishedOf(row: Row): Unfinished {
  return {
    target: text(row, 'target'),
    host: text(row, 'host'),
    run: text(row, 'run'),
    net: orNull(row, 'net', text),
    time: text(row, 'time'),
  }
}
