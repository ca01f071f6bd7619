import { FailureError } from '../../model/failure.ts'

import type { LedgerMode } from '../place.ts'

/** Primary result codes of SQLite (sqlite.org/rescode.html). */
const BUSY = 5
const LOCKED = 6
const SAID: Readonly<Record<number, string>> = {
  8: 'it may not be written to',
  10: 'the disk does not do what it is asked',
  11: 'it is damaged',
  13: 'the disk is full',
  14: 'it cannot be opened',
  26: 'it is damaged, or no ledger',
}
const DAMAGED = [11, 26]

/** SQLite's own number for what went wrong, without its refinement in the upper bits; null for any other error. */
function codeOf(error: unknown): number | null {
  const number = (error as { errcode?: unknown } | null)?.errcode
  return typeof number === 'number' ? number & 0xff : null
}

/** Whether another process is writing just now. */
export function isBusy(error: unknown): boolean {
  const code = codeOf(error)
  return code === BUSY || code === LOCKED
}

/** What SQLite or the file system threw, as a failure that says what to do; failures of our own stay as they are. */
export function ledgerFailure(error: unknown, { file, mode }: { file: string; mode: LedgerMode }): FailureError {
  if (error instanceof FailureError) return error
  const code = codeOf(error)
  const said = (code === null ? undefined : SAID[code]) ?? (error instanceof Error ? error.message : String(error))
  const remedy = DAMAGED.includes(code ?? 0)
    ? 'Move it away (what it remembers is lost to weft), or choose another place with --ledger FILE.'
    : mode === 'plan'
      ? 'A plan can do without: --no-ledger. Or choose another place with --ledger FILE.'
      : 'Make room or give write access there, or choose another place with --ledger FILE.'
  return new FailureError(
    {
      code: 'failed',
      message: `the ledger ${file} cannot be ${mode === 'read' ? 'read' : 'written'}: ${said}`,
      remedy: mode === 'run' ? `Nothing is changed without a ledger. ${remedy}` : remedy,
    },
    error,
  )
}
