import type { DatabaseSync } from 'node:sqlite'
import type { OwnedResource, Owner } from '../ledger.ts'
import { json, type Row, text } from './rows.ts'

/** `found`: they were as wanted, so that what is owned in the same way already keeps the run that made it so. */
export function upsertOwners(
  database: DatabaseSync,
  owners: readonly Owner[],
  { found = false }: { found?: boolean } = {},
): void {
  const sameAlready = 'playbook = excluded.playbook AND task = excluded.task AND value = excluded.value'
  const statement = database.prepare(
    `INSERT INTO owners (target, resource, playbook, task, run, time, value) VALUES (?, ?, ?, ?, ?, ?, ?)
     ON CONFLICT DO UPDATE SET playbook = excluded.playbook, task = excluded.task, run = excluded.run, time = excluded.time,
       value = excluded.value ${found ? `WHERE NOT (${sameAlready})` : ''}`,
  )
  for (const { target, resource, playbook, task, run, time, value } of owners)
    statement.run(target, resource, playbook, task, run, time, JSON.stringify(value ?? null))
}

export function deleteOwners(database: DatabaseSync, resources: readonly OwnedResource[]): void {
  const statement = database.prepare('DELETE FROM owners WHERE target = ? AND resource = ?')
  for (const { target, resource } of resources) statement.run(target, resource)
}

export function selectOwners(database: DatabaseSync, { target, resource }: Partial<OwnedResource>): Owner[] {
  return database
    .prepare(
      `SELECT * FROM owners WHERE (? IS NULL OR target = ?) AND (? IS NULL OR resource = ?) ORDER BY target, resource`,
    )
    .all(target ?? null, target ?? null, resource ?? null, resource ?? null)
    .map(ownerOf)
}

function ownerOf(row: Row): Owner {
  return {
    target: text(row, 'target'),
    resource: text(row, 'resource'),
    playbook: text(row, 'playbook'),
    task: text(row, 'task'),
    run: text(row, 'run'),
    time: text(row, 'time'),
    value: json(row, 'value'),
  }
}
