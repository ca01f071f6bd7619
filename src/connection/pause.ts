import { setTimeout as sleep } from 'node:timers/promises'

/** Waits; ends at once, without an error, when the run is interrupted: the caller looks at the signal, or makes a request that does. */
export async function pause(milliseconds: number, signal: AbortSignal): Promise<void> {
  await sleep(milliseconds, undefined, { signal }).catch(() => undefined)
}
