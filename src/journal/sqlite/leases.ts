import type { DatabaseSync } from 'node:sqlite'
import { isHeld, refuseLost } from '../lease.ts'
import type { Lease, LeaseWish } from '../ledger.ts'
import { later } from '../records.ts'
import { number, processOf, type Row, text } from './rows.ts'

/** A row stays when its lease is given back (run is null then): the token must go on growing. */
export function takeLease(
  database: DatabaseSync,
  wish: LeaseWish,
  now: Date,
): { readonly held: Lease } | { readonly by: Lease } {
  const { target, run, who, process, seconds } = wish
  const row = rowOf(database, target)
  const holder = row && leaseOf(row)
  if (holder && holder.run !== run && isHeld(holder, now)) return { by: holder }
  const before = row ? number(row, 'token') : 0
  const token = holder?.run === run ? before : before + 1
  const held: Lease = { target, run, who, process, token, until: later(now, seconds) }
  database
    .prepare(
      `INSERT INTO leases (target, token, run, who, host, pid, mark, until) VALUES (?, ?, ?, ?, ?, ?, ?, ?)
       ON CONFLICT DO UPDATE SET token = excluded.token, run = excluded.run, who = excluded.who, host = excluded.host,
         pid = excluded.pid, mark = excluded.mark, until = excluded.until`,
    )
    .run(target, token, run, who, process.host, process.pid, process.mark, held.until)
  return { held }
}

export function renewLease(database: DatabaseSync, { target, run, token }: Lease, until: string): boolean {
  const statement = database.prepare('UPDATE leases SET until = ? WHERE target = ? AND run = ? AND token = ?')
  return statement.run(until, target, run, token).changes > 0
}

export function releaseLease(database: DatabaseSync, { target, run, token }: Lease): void {
  database.prepare('UPDATE leases SET run = NULL WHERE target = ? AND run = ? AND token = ?').run(target, run, token)
}

export function refuseLostLease(database: DatabaseSync, lease: Lease, now: Date): void {
  const row = rowOf(database, lease.target)
  refuseLost(lease, row ? leaseOf(row) : null, now)
}

function rowOf(database: DatabaseSync, target: string): Row | undefined {
  return database.prepare('SELECT * FROM leases WHERE target = ?').get(target)
}

function leaseOf(row: Row): Lease | null {
  if (row.run === null) return null
  return {
    target: text(row, 'target'),
    run: text(row, 'run'),
    who: text(row, 'who'),
    process: processOf(row),
    token: number(row, 'token'),
    until: text(row, 'until'),
  }
}
