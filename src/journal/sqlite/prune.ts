import type { DatabaseSync } from 'node:sqlite'
import type { Retention } from '../ledger.ts'
import { daysBefore, mayGo } from '../records.ts'
import { processOf, text } from './rows.ts'
import type { Store } from './store.ts'

/** Runs to take away in one transaction: others must be able to write in between. */
const AT_ONCE = 20

/** Forgets what is past its time; its room in the file is given back. */
export async function pruneRuns(store: Store, keep: Retention): Promise<number> {
  const ids = await prunable(store, keep)
  for (let at = 0; at < ids.length; at += AT_ONCE) {
    const some = ids.slice(at, at + AT_ONCE)
    await store.write(database => {
      for (const id of some) database.prepare('DELETE FROM runs WHERE id = ?').run(id)
      database.exec('PRAGMA incremental_vacuum')
    })
  }
  return ids.length
}

/** The runs that would go, the oldest first. */
export function prunable(store: Store, keep: Retention): Promise<string[]> {
  const before = keep.days === undefined ? null : daysBefore(store.clock(), keep.days)
  return store.read(database => pastTheirTime(database, keep, before))
}

function pastTheirTime(database: DatabaseSync, { runs, mode, most }: Retention, before: string | null): string[] {
  const young = before === null ? '' : 'AND intents.time >= ?2'
  const rows = database
    .prepare(
      `SELECT id, host, pid, mark, exit FROM runs
       WHERE (?1 IS NULL OR mode = ?1) AND (?2 IS NULL OR time < ?2)
         AND (?3 IS NULL OR id NOT IN (SELECT id FROM runs WHERE ?1 IS NULL OR mode = ?1 ORDER BY time DESC, id DESC LIMIT ?3))
         AND NOT EXISTS (SELECT 1 FROM unfinished WHERE unfinished.run = runs.id)
         AND NOT EXISTS (SELECT 1 FROM intents WHERE intents.run = runs.id AND intents.state = 'open' ${young})
       ORDER BY time, id`,
    )
    .all(mode ?? null, before, runs ?? null)
  return rows
    .filter(row => row.exit !== null || mayGo(processOf(row), before !== null))
    .map(row => text(row, 'id'))
    .slice(0, most)
}
