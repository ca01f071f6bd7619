import type { RunEvent } from '../model/event.ts'
import type { Mask } from './mask.ts'
import type { Doors } from './options.ts'

type Timeless<E> = E extends RunEvent ? Omit<E, 'time'> : never

/** The only way out for events: every one passes the mask and gets its time. */
export function emit(run: { readonly doors: Doors; readonly mask: Mask }, event: Timeless<RunEvent>): void {
  const timed = { time: run.doors.clock().toISOString(), ...event } as RunEvent
  run.doors.emit(run.mask.event(timed))
}
