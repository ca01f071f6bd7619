import type { Ledger } from '../ledger.ts'
import { noSuchRun } from '../records.ts'
import { copyOf, inOrder, keyOf, type State } from './state.ts'

export function memoryUnfinished({
  runs,
  unfinished,
}: State): Pick<Ledger, 'unfinished' | 'leaveUnfinished' | 'settle'> {
  return {
    async unfinished(target) {
      return copyOf(
        [...unfinished.values()]
          .filter(entry => target === undefined || entry.target === target)
          .sort((one, other) => inOrder([one.time, one.target, one.run], [other.time, other.target, other.run])),
      )
    },
    async leaveUnfinished(entry) {
      if (!runs.has(entry.run)) throw noSuchRun(entry.run)
      unfinished.set(keyOf(entry.target, entry.run), copyOf(entry))
    },
    async settle(target, run) {
      for (const [key, entry] of unfinished)
        if (entry.target === target && (run === undefined || entry.run === run)) unfinished.delete(key)
    },
  }
}
