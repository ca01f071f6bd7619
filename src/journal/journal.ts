import type { RunEvent } from '../model/event.ts'

/** The memory of weft: every run with its events, as they were told (masked). */
export interface Journal {
  /** Keeps an event. Quick: it is written with the next ones, and at the latest when the run has finished. */
  record(event: RunEvent): void
  /** Past runs, the newest first. */
  runs(limit?: number): readonly PastRun[]
  /** The events of a run, in order. */
  events(run: string): readonly RunEvent[]
  close(): void
}

export interface PastRun {
  readonly id: string
  readonly started: string
  readonly mode: 'plan' | 'run'
  readonly playbooks: readonly string[]
  readonly version: string
  /** Null while it runs, and for ever when weft was killed: whoever reads this must not take it for success. */
  readonly exit: number | null
  readonly seconds: number | null
}
