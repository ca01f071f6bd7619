import type { Status } from '../model/event.ts'

/** The colour of a task's result on a host, in a run's output as in what the ledger shows of it. */
export const STATUS_COLOURS = {
  ok: 'green',
  changed: 'yellow',
  skipped: 'dim',
  failed: 'red',
  unreachable: 'red',
  rescued: 'cyan',
  ignored: 'cyan',
} as const satisfies Record<Status, string>
