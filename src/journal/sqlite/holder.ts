import { readFileSync, statSync } from 'node:fs'
import type { DatabaseSync } from 'node:sqlite'
import { FailureError } from '../../model/failure.ts'

/** The byte of the -shm file that the writer of a WAL database locks (sqlite.org/walformat.html, WAL_WRITE_LOCK). */
const WRITE_LOCK = 120

/** The failure of having waited too long for another writer, with its name where that can be known. */
export function busyFailure(database: DatabaseSync, file: string, seconds: number): FailureError {
  const pid = writerOf(file)
  const run = pid === null ? undefined : runOf(database, pid)
  const holder = run ? `run ${run.id} of ${run.who} (process ${pid})` : pid ? `process ${pid}` : 'another process'
  return new FailureError({
    code: 'busy',
    message: `${holder} has been writing to the ledger ${file} for more than ${seconds} s`,
    remedy: pid
      ? `Wait until it has ended, or look at what it does (ps -fp ${pid}).`
      : `Wait until it has ended, or look for it (fuser '${file}').`,
  })
}

/** Who holds the lock, as Linux tells (proc_locks(5)): 'N: POSIX ADVISORY WRITE PID MAJOR:MINOR:INODE FIRST LAST'. */
function writerOf(file: string): number | null {
  try {
    const { ino } = statSync(`${file}-shm`)
    for (const line of readFileSync('/proc/locks', 'utf8').split('\n')) {
      const [, , , kind, pid, place, first, last] = line.trim().split(/\s+/)
      const isHere = place?.split(':')[2] === String(ino) && Number(first) <= WRITE_LOCK && WRITE_LOCK <= Number(last)
      // One of another container has no number here.
      if (isHere && kind === 'WRITE' && Number(pid) > 0) return Number(pid)
    }
  } catch {
    // not Linux, or gone meanwhile
  }
  return null
}

function runOf(database: DatabaseSync, pid: number): { id: string; who: string } | undefined {
  try {
    const row = database
      .prepare('SELECT id, who FROM runs WHERE pid = ? AND exit IS NULL ORDER BY time DESC LIMIT 1')
      .get(pid)
    return row && { id: String(row.id), who: String(row.who) }
  } catch {
    return undefined
  }
}
