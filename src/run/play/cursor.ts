import type { Placed, PlacedBlock, PlacedTask } from './place.ts'

type Section = 'tasks' | 'rescue' | 'always'

interface Frame {
  readonly block: PlacedBlock
  section: Section
  index: number
  /** It runs `always` after a failure that nothing rescued; the failure goes on afterwards. */
  failed: boolean
}

/** Where one host stands in a play: a stack of blocks. Changed in place, one per host and play. */
export interface Cursor {
  readonly frames: Frame[]
  /** It has left the play: nothing brings it back. */
  gone: boolean
}

export function cursorAt(steps: readonly Placed[]): Cursor {
  return { frames: [frameOf({ type: 'block', block: null, tasks: steps, rescue: [], always: [] })], gone: false }
}

/** The task that the host does next; null when it is through. */
export function current(cursor: Cursor): PlacedTask | null {
  for (;;) {
    const frame = cursor.frames.at(-1)
    if (!frame) return null
    const step = frame.block[frame.section][frame.index]
    if (step?.type === 'task') return step
    if (step) {
      frame.index++
      cursor.frames.push(frameOf(step))
    } else if (frame.section !== 'always' && frame.block.always.length > 0) {
      moveTo(frame, 'always')
    } else {
      cursor.frames.pop()
      if (frame.failed) fail(cursor)
    }
  }
}

/** Past the task that `current` gave. */
export function advance(cursor: Cursor): void {
  const frame = cursor.frames.at(-1)
  if (frame) frame.index++
}

/** Steps to do before what comes next: an include's. None where the host has left the play meanwhile. */
export function enter(cursor: Cursor, steps: readonly Placed[]): void {
  if (cursor.gone) return
  cursor.frames.push(frameOf({ type: 'block', block: null, tasks: steps, rescue: [], always: [] }))
}

/** The task failed: on to the nearest rescue, else through the always sections around it and out. */
export function fail(cursor: Cursor): 'rescued' | 'out' {
  for (;;) {
    const frame = cursor.frames.at(-1)
    if (!frame) return 'out'
    if (frame.section === 'tasks' && frame.block.rescue.length > 0) {
      moveTo(frame, 'rescue')
      return 'rescued'
    }
    if (frame.section !== 'always' && frame.block.always.length > 0) {
      moveTo(frame, 'always')
      frame.failed = true
      return 'out'
    }
    cursor.frames.pop()
  }
}

/** Nothing more to do in this play: unreachable, end_host, end_play. */
export function leave(cursor: Cursor): void {
  cursor.frames.length = 0
  cursor.gone = true
}

/** Where a host stands, to set it back there. */
export function framesOf(cursor: Cursor): Frame[] {
  return cursor.frames.map(frame => ({ ...frame }))
}

/** Sets a host back to where it stood; not one that has left the play meanwhile. */
export function setBack(cursor: Cursor, frames: readonly Frame[]): void {
  if (!cursor.gone) cursor.frames.splice(0, cursor.frames.length, ...frames)
}

/** Whether a failure of the next task would be caught, or something must still run after it. */
export function isGuarded(cursor: Pick<Cursor, 'frames'>): boolean {
  return cursor.frames.some(
    frame =>
      (frame.section === 'tasks' && frame.block.rescue.length > 0) ||
      (frame.section !== 'always' && frame.block.always.length > 0),
  )
}

/** Whether the host is in a rescue or always section now: a failure elsewhere must not take it out. */
export function isRecovering(cursor: Cursor): boolean {
  return cursor.frames.at(-1)?.section !== 'tasks' && cursor.frames.length > 0
}

function frameOf(block: PlacedBlock): Frame {
  return { block, section: 'tasks', index: 0, failed: false }
}

function moveTo(frame: Frame, section: Section): void {
  frame.section = section
  frame.index = 0
}
