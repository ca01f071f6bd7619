import type { Managed } from '../../model/managed.ts'
import type { CliBranch, CliLine } from '../../model/nxos.ts'
import { rememberedOf } from '../../model/remembered.ts'
import { cliResource, isDefaultOn, signed } from './key.ts'
import { expanded } from './plan.ts'

/**
 * What wanted lines keep once all of them are true: each line and the contexts around it, and for `no X` and `default X` that there is no X.
 * Each resource once, the last line about it counting; before and after are the very same value. Found out once for all the switches that
 * are told the same: nothing of a switch is looked at.
 */
export const keptLines = rememberedOf((wanted: readonly CliLine[]): readonly Managed<CliBranch>[] => {
  const kept = new Map<string, CliBranch | null>()
  const keep = (value: CliLine, isThere: boolean) => {
    const id = cliResource(value)
    // The last one counts, at its own place; a context stays where it was first opened.
    if (isThere && kept.get(id)?.line === value.line) return
    kept.delete(id)
    kept.set(id, isThere ? value : null)
  }
  for (const { parents, line } of expanded(wanted)) {
    const { negative, positive } = signed(line)
    const isThere = !/^default /.test(line) && (!negative || isDefaultOn(parents, positive))
    if (isThere)
      for (const [depth, parent] of parents.entries()) keep({ parents: parents.slice(0, depth), line: parent }, true)
    keep({ parents, line: line.replace(/^default /, '') }, isThere)
  }
  return [...kept].map(([id, value]) => ({ id, before: value, after: value }))
})

/** Changes and, behind them, what is in sync. */
export function withKept(
  changes: readonly Managed<CliBranch>[],
  kept: readonly Managed<CliBranch>[],
): readonly Managed<CliBranch>[] {
  if (changes.length === 0) return kept
  const changed = new Set(changes.map(({ id }) => id))
  return [...changes, ...kept.filter(({ id }) => !changed.has(id))]
}
