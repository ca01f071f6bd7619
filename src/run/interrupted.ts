import { type Failure, toFailure } from '../model/failure.ts'
import type { RunOptions } from './options.ts'

/** Any thrown thing as a Failure; what the second Ctrl-C broke off is interrupted, not a defect. */
export function failureOf(error: unknown): Failure {
  if (!(error instanceof Error) || error.name !== 'AbortError') return toFailure(error)
  return {
    code: 'interrupted',
    message: 'Stopped by the user while it ran; whether it took effect is unknown.',
    remedy: 'Plan again to see where things stand.',
  }
}

/** What a Ctrl-C made of the run: what is unknown, what was not done, and what to do. Null where there was none. */
export function interruption({ stop, abort }: RunOptions, undone: readonly string[]): Failure | null {
  if (!stop.aborted && !abort.aborted) return null
  const left = undone.length === 0 ? '' : ` Not done: ${undone.join('; ')}.`
  if (abort.aborted) {
    return {
      code: 'interrupted',
      message: `Stopped at once by the user. How far the writing of that moment got is unknown.${left}`,
      remedy: 'Plan again to see where the devices stand.',
    }
  }
  return {
    code: 'interrupted',
    message: `Stopped by the user: the running step was finished.${left || ' Nothing was left to do.'}`,
    remedy: 'Run again to do the rest.',
  }
}
