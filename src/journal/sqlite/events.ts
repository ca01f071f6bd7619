import type { DatabaseSync } from 'node:sqlite'
import { gunzipSync, gzipSync } from 'node:zlib'
import type { RunEvent } from '../../model/event.ts'
import { noResults, STATUSES } from '../records.ts'
import type { Row } from './rows.ts'
import { hasRun } from './runs.ts'

/** Events that wait for the next transaction: one costs as much as a hundred inserts. */
export interface WaitingEvents {
  add(run: string, event: RunEvent): void
  /** How many wait. */
  readonly size: number
  /** Writes those of runs that have begun, within a transaction of the caller's. They wait on until `written` is called. */
  write(database: DatabaseSync): void
  written(): void
}

/** More would fill the memory while the disk takes none; what is left out is told by an event of its own. */
const MOST = 10_000

export function createWaitingEvents(clock: () => Date): WaitingEvents {
  const waiting = new Map<string, RunEvent[]>()
  const taken = new Map<string, number>()
  let size = 0
  let lost = 0
  return {
    get size() {
      return size
    },
    add(run, event) {
      if (size >= MOST) {
        lost += 1
        return
      }
      size += 1
      const before = waiting.get(run)
      if (before) before.push(event)
      else waiting.set(run, [event])
    },
    write(database) {
      taken.clear()
      for (const [run, events] of waiting) {
        if (!hasRun(database, run)) continue
        const told = lost > 0 ? [...events, lostEvent(clock(), lost)] : events
        insertEvents(database, run, told)
        taken.set(run, events.length)
      }
    },
    written() {
      for (const [run, count] of taken) {
        const rest = waiting.get(run)?.slice(count) ?? []
        if (rest.length > 0) waiting.set(run, rest)
        else waiting.delete(run)
        size -= count
        lost = 0
      }
      taken.clear()
    },
  }
}

function lostEvent(now: Date, lost: number): RunEvent {
  const text = `The ledger could not be written for a while: ${lost} events are not in it.`
  return { event: 'warning', time: now.toISOString(), text }
}

/** One row, and the run's counts of results. */
function insertEvents(database: DatabaseSync, run: string, events: readonly RunEvent[]): void {
  const sums = STATUSES.map(status => `${status} = ${status} + ?`)
  const counts = noResults()
  for (const event of events) if (event.event === 'host-result') counts[event.status] += 1
  const body = gzipSync(events.map(event => JSON.stringify(event)).join('\n'), { level: 1 })
  database
    .prepare(
      `INSERT INTO events (run, number, count, body)
       VALUES (?, (SELECT coalesce(max(number + count), 0) FROM events WHERE run = ?), ?, ?)`,
    )
    .run(run, run, events.length, body)
  const host = database.prepare('INSERT OR IGNORE INTO hosts (run, host) VALUES (?, ?)')
  for (const name of hostsIn(events)) host.run(run, name)
  database
    .prepare(`UPDATE runs SET ${sums.join(', ')} WHERE id = ?`)
    .run(...STATUSES.map(status => counts[status]), run)
}

function hostsIn(events: readonly RunEvent[]): Set<string> {
  return new Set(events.flatMap(event => (event.event === 'host-result' ? [event.host] : [])))
}

/** In the order in which they were told. They are those of a ledger that only we can write to, so they are not checked again. */
export function selectEvents(database: DatabaseSync, run: string): RunEvent[] {
  return database
    .prepare('SELECT body FROM events WHERE run = ? ORDER BY number')
    .all(run)
    .flatMap(linesOf)
    .map(line => JSON.parse(line) as RunEvent)
}

function linesOf({ body }: Row): string[] {
  return gunzipSync(body as Uint8Array)
    .toString()
    .split('\n')
}
