import type { PlayRun } from '../state.ts'
import { concludeThrown } from '../task/conclude.ts'
import { current } from './cursor.ts'
import type { PlacedTask } from './place.ts'

/**
 * Work on a task of several hosts. What is thrown beside the work of a single one (by a template of `throttle`, a defect of weft) is a
 * failed result of each host that has none yet; the others go on. Thrown on only where nobody is left to have it.
 */
export async function guarded(
  playRun: PlayRun,
  { placed, hosts }: { placed: PlacedTask; hosts: readonly string[] },
  work: () => Promise<void>,
): Promise<void> {
  try {
    await work()
  } catch (error) {
    const waiting = hosts.filter(host => standsAt(playRun, host, placed))
    if (waiting.length === 0) throw error
    for (const host of waiting) concludeThrown({ playRun, placed, host }, error)
  }
}

function standsAt(playRun: PlayRun, host: string, placed: PlacedTask): boolean {
  const cursor = playRun.cursors.get(host)
  return cursor !== undefined && current(cursor) === placed
}
