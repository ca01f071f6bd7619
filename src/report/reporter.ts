import type { Emit } from '../model/event.ts'

/** A report is a reader of the event stream. `end` waits until all is written; it returns no verdict and never exits. */
export interface Reporter {
  readonly emit: Emit
  end(): Promise<void>
  /** Shows at once what no event tells (Ctrl-C was heard); false where it could not, and the caller must. */
  notice?(text: string): boolean
}

/** Where a report writes, and how. */
export interface ReportOptions {
  readonly write: (text: string) => void
  readonly colour: boolean
  /** Show the diff of each change during a run; a plan always does. */
  readonly diff: boolean
  /** 0: quiet on what is in sync; 1: also ok and skipped; 2: also messages of every task. */
  readonly verbosity: number
}
