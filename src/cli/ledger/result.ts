import type { PastRun } from '../../journal/ledger.ts'
import { fateOf } from '../../journal/process.ts'

/** What became of a run, in a word. What has no end is never called good. */
export type Result = 'running' | 'BROKEN OFF' | 'in sync' | 'changes' | 'done' | 'FAILED'

export function resultOf({ mode, exit, process }: Pick<PastRun, 'mode' | 'exit' | 'process'>): Result {
  if (exit === null) return fateOf(process) === 'alive' ? 'running' : 'BROKEN OFF'
  if (mode === 'plan') return exit === 0 ? 'in sync' : exit === 2 ? 'changes' : 'FAILED'
  return exit === 0 ? 'done' : 'FAILED'
}

/** How a result is painted. */
export const colourOf = {
  running: 'cyan',
  'BROKEN OFF': 'red',
  'in sync': 'green',
  changes: 'yellow',
  done: 'green',
  FAILED: 'red',
} as const satisfies Record<Result, string>
