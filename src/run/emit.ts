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
  const time = run.doors.clock().toISOString()
  run.doors.emit(run.mask.event({ time, ...event, ...placesFrom(event, run.options.folder) } as RunEvent))
}

/** The parts of an event that name files. */
function placesFrom(event: Timeless<RunEvent>, folder: string): object | undefined {
  if (event.event === 'task-started') return { at: placeFrom(event.at, folder) }
  if (event.event === 'run-finished') return event.failure && { failure: failureFrom(event.failure, folder) }
  if (event.event !== 'host-result') return undefined
  const at = placeFrom(event.at, folder)
  const { failure, items } = event
  if (!failure && !items) return { at }
  return {
    at,
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

const shortPaths = new Map<string, Map<string, string>>()

/** A run has one folder, few files and many events. */
function shortPath(folder: string, file: string): string {
  const below = shortPaths.get(folder) ?? new Map<string, string>()
  if (below.size === 0) shortPaths.set(folder, below)
  const known = below.get(file)
  if (known !== undefined) return known
  const short = relative(folder, file)
  below.set(file, short)
  return short
}
