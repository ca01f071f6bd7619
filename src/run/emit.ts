import { relative } from 'node:path'
import type { RunEvent } from '../model/event.ts'
import type { Failure } from '../model/failure.ts'
import type { Mask } from './mask.ts'
import type { Doors } from './options.ts'

type Timeless<E> = E extends RunEvent ? Omit<E, 'time'> : never

/** The only way out for events: every one passes the mask, gets its time, and names files as the user would from where they stand. */
export function emit(
  run: { readonly doors: Doors; readonly mask: Mask; readonly options: { readonly folder: string } },
  event: Timeless<RunEvent>,
): void {
  const timed = { time: run.doors.clock().toISOString(), ...event } as RunEvent
  run.doors.emit(run.mask.event(fromFolder(timed, run.options.folder)))
}

function fromFolder(event: RunEvent, folder: string): RunEvent {
  if (event.event === 'task-started') return { ...event, at: placeFrom(event.at, folder) }
  if (event.event === 'run-finished')
    return event.failure ? { ...event, failure: failureFrom(event.failure, folder) } : event
  if (event.event !== 'host-result') return event
  const { failure, items } = event
  return {
    ...event,
    at: placeFrom(event.at, folder),
    ...(failure ? { failure: failureFrom(failure, folder) } : {}),
    ...(items
      ? { items: items.map(item => (item.failure ? { ...item, failure: failureFrom(item.failure, folder) } : item)) }
      : {}),
  }
}

function failureFrom(failure: Failure, folder: string): Failure {
  return failure.at ? { ...failure, at: placeFrom(failure.at, folder) } : failure
}

/** A path below the folder is shortened to what is below it; any other stays whole. */
function placeFrom<At extends { file: string }>(at: At, folder: string): At {
  const short = shortPath(folder, at.file)
  return short.startsWith('..') || short === '' ? at : { ...at, file: short }
}

const shortPaths = new Map<string, string>()

/** A run has few files and many events. */
function shortPath(folder: string, file: string): string {
  const key = `${folder}\n${file}`
  const known = shortPaths.get(key)
  if (known !== undefined) return known
  const short = relative(folder, file)
  shortPaths.set(key, short)
  return short
}
