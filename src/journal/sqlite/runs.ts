import type { DatabaseSync } from 'node:sqlite'
import type { IntentState, PastRun, RunQuery, RunStart } from '../ledger.ts'
import { LAST, noIntents, STATUSES } from '../records.ts'
import { json, number, optional, orNull, processOf, type Row, text } from './rows.ts'

export function insertRun(database: DatabaseSync, run: RunStart): void {
  const { id, time, mode, playbooks, version, who, reason, commit, process, plan } = run
  database
    .prepare(
      `INSERT INTO runs (id, time, mode, playbooks, version, who, reason, revision, dirty, host, pid, mark, plan)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    )
    .run(
      ...[id, time, mode, JSON.stringify(playbooks), version, who, reason ?? null],
      ...[
        commit?.id ?? null,
        commit ? Number(commit.dirty) : null,
        process.host,
        process.pid,
        process.mark,
        plan ?? null,
      ],
    )
}

export function hasRun(database: DatabaseSync, run: string): boolean {
  return database.prepare('SELECT 1 FROM runs WHERE id = ?').get(run) !== undefined
}

/** Whether the run was there. */
export function endRun(database: DatabaseSync, run: string, end: { exit: number; seconds: number }): boolean {
  return (
    database.prepare('UPDATE runs SET exit = ?, seconds = ? WHERE id = ?').run(end.exit, end.seconds, run).changes > 0
  )
}

export function selectRuns(
  database: DatabaseSync,
  { limit, mode, host, playbook, since, failed }: RunQuery = {},
): PastRun[] {
  const rows = database
    .prepare(
      `SELECT * FROM runs
       WHERE (?1 IS NULL OR mode = ?1) AND (?2 IS NULL OR time >= ?2)
         AND (?3 IS NULL OR EXISTS (SELECT 1 FROM hosts WHERE hosts.run = runs.id AND hosts.host = ?3))
         AND (?4 IS NULL OR EXISTS (SELECT 1 FROM json_each(playbooks) WHERE value = ?4 OR value LIKE ?5 ESCAPE '!'))
         AND (?6 = 0 OR exit IS NULL OR exit NOT IN (0, CASE mode WHEN 'plan' THEN 2 ELSE 0 END))
       ORDER BY time DESC, id DESC LIMIT ?7`,
    )
    .all(
      mode ?? null,
      since ?? null,
      host ?? null,
      playbook ?? null,
      endingIn(playbook ?? ''),
      failed ? 1 : 0,
      limit ?? -1,
    )
  return withIntents(database, rows)
}

function endingIn(playbook: string): string {
  return `%/${playbook.replace(/[!%_]/g, '!$&')}`
}

/** By its whole id, a beginning that no other has, or 'last'. */
export function selectRun(database: DatabaseSync, id: string): PastRun | null {
  if (id === LAST) return selectRuns(database, { limit: 1 })[0] ?? null
  const rows = database
    .prepare('SELECT * FROM runs WHERE id = ? OR substr(id, 1, length(?)) = ? ORDER BY id = ? DESC LIMIT 2')
    .all(id, id, id, id)
  const found = rows[0]?.id === id || rows.length === 1 ? rows.slice(0, 1) : []
  return withIntents(database, id === '' ? [] : found)[0] ?? null
}

function withIntents(database: DatabaseSync, rows: readonly Row[]): PastRun[] {
  const count = database.prepare('SELECT state, count(*) AS count FROM intents WHERE run = ? GROUP BY state')
  return rows.map(row => {
    const states = count.all(text(row, 'id')).map(({ state, count }) => [state, Number(count)])
    return pastRun(row, { ...noIntents(), ...Object.fromEntries(states) })
  })
}

function pastRun(row: Row, intents: Readonly<Record<IntentState, number>>): PastRun {
  const revision = orNull(row, 'revision', text)
  return {
    id: text(row, 'id'),
    time: text(row, 'time'),
    mode: row.mode === 'plan' ? 'plan' : 'run',
    playbooks: json(row, 'playbooks'),
    version: text(row, 'version'),
    who: text(row, 'who'),
    ...optional('reason', orNull(row, 'reason', text)),
    commit: revision === null ? null : { id: revision, dirty: row.dirty !== 0 },
    process: processOf(row),
    ...optional('plan', orNull(row, 'plan', text)),
    exit: orNull(row, 'exit', number),
    seconds: orNull(row, 'seconds', number),
    intents,
    results: Object.fromEntries(STATUSES.map(status => [status, number(row, status)])) as PastRun['results'],
  }
}
