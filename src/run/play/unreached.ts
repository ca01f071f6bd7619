import { shortAction } from '../../playbook/read/actions.ts'
import type { Lane, Run } from '../state.ts'
import { taskName } from '../task/conclude.ts'
import { current } from './cursor.ts'
import type { PlacedTask } from './place.ts'

/** Notes where the hosts of a batch stand that a stop by the user ended: 'Leaves, from "Peers" on (leaf-101, leaf-102)'. */
export function noteUndone(lanes: readonly Lane[]): void {
  const waiting = new Map<PlacedTask, string[]>()
  for (const lane of lanes) {
    for (const host of lane.hosts) {
      const next = nextOf(lane, host)
      if (next) waiting.set(next, [...(waiting.get(next) ?? []), host])
    }
  }
  const playRun = lanes[0]?.playRun
  if (!playRun) return
  for (const [placed, names] of waiting) {
    const task = taskName({ playRun, placed, host: names[0] ?? '' })
    playRun.run.undone.push(`${playRun.name}, from "${task}" on (${hostNames(names)})`)
  }
}

/** Notes hosts that were never reached; null = not known which. */
export function noteHosts(run: Run, hosts: Iterable<string> | null): void {
  run.unbegun = hosts && run.unbegun ? new Set([...run.unbegun, ...hosts]) : null
}

/** Notes a batch or a play that was not begun. */
export function noteUnbegun(undone: string[], play: string, hosts: readonly string[] = []): void {
  undone.push(hosts.length === 0 ? play : `${play} (${hostNames(hosts)})`)
}

/** The task that a host would come to; what flushes handlers does not count. */
function nextOf({ playRun, order }: Lane, host: string): PlacedTask | null {
  const cursor = playRun.cursors.get(host)
  const at = cursor ? current(cursor) : null
  if (!at || shortAction(at.task.action) !== 'meta') return at
  const rest = order.slice(order.indexOf(at) + 1)
  return rest.find(({ task }) => shortAction(task.action) !== 'meta') ?? null
}

function hostNames(names: readonly string[]): string {
  return names.length > 6 ? `${names.slice(0, 5).join(', ')} and ${names.length - 5} more` : names.join(', ')
}
