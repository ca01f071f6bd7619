import { FailureError, toFailure } from '../../model/failure.ts'
import type { Endpoint } from '../../model/host.ts'
import { pause } from '../pause.ts'
import { MAY_BE_FULL } from '../ssh/login-failure.ts'

export const ANSWER_SECONDS = 30
const FIRST_PAUSE_MS = 250
const LONGEST_PAUSE_MS = 8000

/**
 * Repeats what a device without a free session refused, or closed without a word, with growing pauses, until weft_timeout ends.
 * @param mayPass which failures are asked again; default: isFull
 * @param seconds for how long; default: weft_timeout
 */
export async function patiently<T>(
  { endpoint, signal, onWait }: { endpoint: Endpoint; signal: AbortSignal; onWait: (text: string) => void },
  attempt: () => Promise<T>,
  { mayPass = isFull, seconds = endpoint.timeoutSeconds ?? ANSWER_SECONDS }: Patience = {},
): Promise<T> {
  const patience = seconds * 1000
  const started = Date.now()
  for (let next = FIRST_PAUSE_MS; ; next = Math.min(next * 2, LONGEST_PAUSE_MS)) {
    try {
      return await attempt()
    } catch (error) {
      const failure = toFailure(error)
      const wait = next * (0.75 + Math.random() / 2)
      if (signal.aborted || !mayPass(error) || Date.now() - started + wait > patience) throw error
      onWait(`${failure.message} Asking again in ${(wait / 1000).toFixed(1)} s.`)
      await pause(wait, signal)
      if (signal.aborted) throw interrupted()
    }
  }
}

interface Patience {
  readonly mayPass?: (error: unknown) => boolean
  readonly seconds?: number
}

/** A device without a free session says so, or closes without a word. */
export function isFull(error: unknown): boolean {
  return toFailure(error).code === 'busy' || (error instanceof FailureError && error.cause === MAY_BE_FULL)
}

function interrupted(): FailureError {
  return new FailureError({ code: 'interrupted', message: 'Stopped while waiting for a free session.' })
}
