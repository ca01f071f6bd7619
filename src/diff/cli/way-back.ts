import type { Managed } from '../../model/managed.ts'
import type { CliBranch, CliNode, CliTree } from '../../model/nxos.ts'
import { type Conflict, type Ground, wayBack } from '../../model/way-back.ts'
import { applyCli } from './apply.ts'
import { childrenAt, cliIndex } from './children-at.ts'
import { cliKey, goesFirst } from './key.ts'
import { linesAmong } from './save.ts'
import { isIncomparable } from './secret.ts'
import { isSpelledOtherwise } from './spelling.ts'
import { takesUnknown } from './taken-along.ts'

/** How lines are taken back one by one, and what somebody else has changed since, which stays. */
export interface CliWayBack {
  /** Changes that lead back, in the order in which they are to be rendered (renderCli). */
  readonly back: readonly Managed<CliBranch>[]
  readonly conflicts: readonly Conflict<CliBranch>[]
}

/**
 * The way back of changes that were sent, wholly or in part, against the configuration as it is now: only what is as the run has left it
 * is taken back. Null where lines do not lead back: a line that was typed as it stands, one whose place counts, a feature that went with
 * lines that nobody knows.
 * @param live normal
 */
export function cliWayBack(changes: readonly Managed[], live: CliTree): CliWayBack | null {
  const lines = linesAmong(changes)
  if (lines.some(({ after, before }) => after?.moved || after?.verbatim || before?.verbatim)) return null
  if (lines.some(takesUnknown)) return null
  const { back, conflicts } = wayBack(lines.flatMap(asSent), live, ground)
  const left = applyCli(live, back)
  // What was changed more than once, or only halfway, may be as it was all the same.
  const first = new Map(lines.toReversed().map(change => [change.id, change]))
  const isBack = ({ id }: Conflict<CliBranch>) => {
    const change = first.get(id)
    return change !== undefined && isValue(ground.find(left, change), change.before)
  }
  return { back, conflicts: conflicts.filter(conflict => !isBack(conflict)) }
}

const ground: Ground<CliTree, CliBranch> = {
  find: (live, { before, after }) => {
    const value = after ?? before
    return value ? standing(live, value) : null
  },
  same: ({ live, found, value, change }) =>
    isValue(found, value) &&
    // A context that the run has made and that holds lines of others is not only the run's.
    (change.before !== null || value === null || value !== change.after || below(live, value).length === 0),
  apply: (live, step) => applyCli(live, [step]),
}

function standing(live: CliTree, { parents, line }: CliBranch): CliBranch | null {
  const siblings = childrenAt(live, parents) ?? []
  const node = cliIndex(parents, siblings).get(cliKey(parents, line))
  if (node) return { parents, line: node.line }
  return isSpelledOtherwise(siblings, parents, line) ? { parents, line } : null
}

function below(live: CliTree, { parents, line }: CliBranch): CliTree {
  return childrenAt(live, [...parents, line]) ?? []
}

function isValue(found: CliBranch | null, value: CliBranch | null): boolean {
  if (found === null || value === null) return found === value
  return found.line === value.line || isIncomparable(value.line, found.line)
}

/**
 * A change as the lines by which it is sent, each taken or not: an old line that goes before the new one comes, the lines of a context
 * that comes back.
 */
export function asSent(change: Managed<CliBranch>): Managed<CliBranch>[] {
  const { before, after, id } = change
  if (before && after && before.line !== after.line && goesFirst(after.parents, before.line))
    return [
      { ...change, after: null },
      { ...change, before: null },
    ]
  if (!after?.children || after.children.length === 0) return [change]
  const { children, ...line } = after
  return [{ ...change, after: line }, ...children.flatMap(node => created(id, [...line.parents, line.line], node))]
}

function created(id: string, parents: readonly string[], { line, children }: CliNode): Managed<CliBranch>[] {
  const inside = `${id}/${cliKey(parents, line)}`
  const path = [...parents, line]
  return [
    { id: inside, before: null, after: { parents, line } },
    ...children.flatMap(node => created(inside, path, node)),
  ]
}
