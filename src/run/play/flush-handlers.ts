import type { Lane } from '../state.ts'
import { enter } from './cursor.ts'
import { pendingHosts } from './handlers.ts'
import { runInclude } from './include.ts'
import { isInclude } from './is-include.ts'
import { runTask } from './run-task.ts'

/** Runs each notified handler on the hosts that notified it, in the order in which handlers are written. */
export async function flushHandlers(lane: Lane, hosts: readonly string[]): Promise<void> {
  const { playRun } = lane
  const here = new Set(hosts)
  const before = new Set(playRun.left)
  for (const handler of playRun.handlers) {
    const waiting = pendingHosts(playRun, handler).filter(host => here.has(host))
    // Beside a free host another may have ended the play meanwhile.
    const ready = playRun.batch.filter(host => waiting.includes(host) && !playRun.cursors.get(host)?.gone)
    if (ready.length === 0) continue
    for (const host of ready) {
      playRun.notified.get(handler.task.id)?.delete(host)
      const cursor = playRun.cursors.get(host)
      if (cursor) enter(cursor, [handler.placed])
    }
    if (isInclude(handler.task)) await runInclude(lane, handler.placed, ready)
    else await runTask(lane, handler.placed, ready)
    for (const host of playRun.left) if (!before.has(host)) here.delete(host)
  }
}
