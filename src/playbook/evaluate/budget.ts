import { isList, type Operand } from '../python/operand.ts'
import type { Machine } from './frame.ts'
import { Problem } from './problem.ts'

/** Steps are statements, calls and the entries that filters go through. Some seconds of work. */
export const MOST_STEPS = 5_000_000
/** Letters and entries that one rendering makes, all together. */
export const MOST_SIZE = 64_000_000
/** Macros, loops and templates that call each other; each level takes some of JavaScript's stack. */
export const DEEPEST = 120

/** Counts steps. Throws Problem when there were too many. */
export function step(machine: Machine, steps = 1): void {
  machine.steps += steps
  if (machine.steps > MOST_STEPS)
    throw new Problem(
      `the template does not end: it was stopped after ${MOST_STEPS / 1_000_000} million steps`,
      'Look at its loops.',
    )
}

/** Counts what a new value takes, and gives it back. Throws Problem when all of them take too much. */
export function weighed<V extends Operand | undefined>(machine: Pick<Machine, 'size'>, value: V): V {
  if (typeof value === 'string') grow(machine, value.length)
  else if (value !== undefined && isList(value)) grow(machine, value.length)
  return value
}

export function grow(machine: Pick<Machine, 'size'>, size: number): void {
  machine.size += size
  if (machine.size > MOST_SIZE)
    throw new Problem(
      `the template makes too much: it was stopped after ${MOST_SIZE / 1_000_000} million letters and entries`,
      'Look at what grows in its loops.',
    )
}

/** How many steps it takes to go through a value. */
export function stepsOf(value: Operand): number {
  if (isList(value)) return 1 + value.length
  return typeof value === 'string' ? 1 + (value.length >> 6) : 1
}

/** Does `work` one level deeper. Throws Problem when there are too many levels. */
export function deeper<R>(machine: Machine, work: () => R): R {
  if (machine.depth >= DEEPEST)
    throw new Problem(
      'recursion limit exceeded: macros or templates call each other without an end',
      'Look at what calls itself.',
    )
  machine.depth++
  try {
    return work()
  } finally {
    machine.depth--
  }
}
