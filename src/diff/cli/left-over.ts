import type { Managed } from '../../model/managed.ts'
import type { CliBranch, CliTree } from '../../model/nxos.ts'
import { childrenAt, cliIndex } from './children-at.ts'
import { cliKey } from './key.ts'
import { linesAmong } from './save.ts'
import { unmetChanges } from './verify.ts'

/** How much of changes a configuration shows, after it is not known which of their lines were taken. */
export interface LeftOver {
  /** What is still to be sent, of each list of changes in turn. */
  readonly todo: readonly (readonly Managed<CliBranch>[])[]
  /** Resources that are neither as they were nor as any of the changes makes them. */
  readonly strange: readonly string[]
}

/**
 * Holds lists of changes that were to be sent one after the other against what is there. Of several changes of one resource the last
 * counts: what it asks for is all that is left to do.
 * @param live normal
 */
export function leftOver(lists: readonly (readonly Managed[])[], live: CliTree): LeftOver {
  const all = lists.flatMap(linesAmong)
  const unmet = new Set(unmetChanges(live, all).map(({ change }) => change))
  const strange = [...unmet].filter(change => isStrange(change, all, live)).map(({ id }) => id)
  return { todo: lists.map(list => linesAmong(list).filter(change => unmet.has(change))), strange }
}

function isStrange(change: Managed<CliBranch>, all: readonly Managed<CliBranch>[], live: CliTree): boolean {
  const value = change.after ?? change.before
  const shown = value ? lineAbout(live, value) : null
  if (shown === null) return false
  const known = all.filter(({ id }) => id === change.id).flatMap(({ before, after }) => [before?.line, after?.line])
  return !known.includes(shown)
}

function lineAbout(live: CliTree, { parents, line }: CliBranch): string | null {
  return cliIndex(parents, childrenAt(live, parents) ?? []).get(cliKey(parents, line))?.line ?? null
}
