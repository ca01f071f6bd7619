import type { DatabaseSync } from 'node:sqlite'
import type { IntentOutcome, IntentRecord, PastIntent } from '../ledger.ts'
import { noSuchIntent, noSuchRun, thereAlready } from '../records.ts'
import { json, number, optional, orNull, type Row, text } from './rows.ts'
import { hasRun } from './runs.ts'

export function insertIntents(database: DatabaseSync, intents: readonly IntentRecord[], time: string): void {
  const there = database.prepare('SELECT 1 FROM intents WHERE run = ? AND id = ?')
  const insert = database.prepare(
    `INSERT INTO intents (run, number, id, task, host, kind, target, title, differences, commands, unsaved, state, time)
     VALUES (?, (SELECT count(*) FROM intents WHERE run = ?), ?, ?, ?, ?, ?, ?, ?, ?, ?, 'open', ?)`,
  )
  for (const { run, id, task, host, kind, target, title, differences, commands, unsaved } of intents) {
    if (!hasRun(database, run)) throw noSuchRun(run)
    if (there.get(run, id)) throw thereAlready(`the intent '${id}' of run ${run}`)
    insert.run(
      ...[run, run, id, task, host, kind, target, title],
      ...[JSON.stringify(differences), JSON.stringify(commands), unsaved ? 1 : 0, time],
    )
  }
}

export function updateIntents(
  database: DatabaseSync,
  { run, outcomes, time }: { run: string; outcomes: readonly IntentOutcome[]; time: string },
): void {
  const update = database.prepare('UPDATE intents SET state = ?, failure = ?, ended = ? WHERE run = ? AND id = ?')
  for (const { id, state, failure } of outcomes) {
    const { changes } = update.run(state, failure ? JSON.stringify(failure) : null, time, run, id)
    if (changes === 0) throw noSuchIntent(run, id)
  }
}

export function selectIntents(database: DatabaseSync, run: string): PastIntent[] {
  return database.prepare('SELECT * FROM intents WHERE run = ? ORDER BY number').all(run).map(pastIntent)
}

function pastIntent(row: Row): PastIntent {
  return {
    run: text(row, 'run'),
    id: text(row, 'id'),
    task: text(row, 'task'),
    host: text(row, 'host'),
    kind: text(row, 'kind'),
    target: text(row, 'target'),
    title: text(row, 'title'),
    differences: json(row, 'differences'),
    commands: json(row, 'commands'),
    ...(row.unsaved === 1 ? { unsaved: true } : {}),
    number: number(row, 'number'),
    state: text(row, 'state') as PastIntent['state'],
    ...optional('failure', orNull(row, 'failure', json<NonNullable<PastIntent['failure']>>)),
    time: text(row, 'time'),
    ended: orNull(row, 'ended', text),
  }
}
