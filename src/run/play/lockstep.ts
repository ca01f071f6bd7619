import { shortAction } from '../../playbook/read/actions.ts'
import { passAt, runPass } from '../pass/pass.ts'
import type { Lane, PlayRun } from '../state.ts'
import { current } from './cursor.ts'
import { runInclude } from './include.ts'
import { isInclude } from './is-include.ts'
import { runMeta } from './meta.ts'
import type { PlacedTask } from './place.ts'
import { runTask } from './run-task.ts'

/** Runs a lane in lockstep: one task on all of its hosts that have reached it, then the next in the order in which they are written. */
export async function runLane(lane: Lane): Promise<void> {
  const { playRun, hosts } = lane
  const { stop, abort } = playRun.run.options
  while (!stop.aborted && !abort.aborted) {
    const at = new Map(hosts.map(host => [host, currentOf(playRun, host)]))
    const placed = nextPlaced(lane, new Set(at.values()))
    if (!placed) return
    await step(
      lane,
      placed,
      hosts.filter(host => at.get(host) === placed),
    )
  }
}

function currentOf(playRun: PlayRun, host: string): PlacedTask | null {
  const cursor = playRun.cursors.get(host)
  return cursor ? current(cursor) : null
}

/** The first task from here on that some host is at; once around, so that none is passed over. */
function nextPlaced(lane: Lane, wanted: ReadonlySet<PlacedTask | null>): PlacedTask | null {
  const { order } = lane
  for (let tried = 0; tried < order.length; tried++) {
    const index = (lane.next + tried) % order.length
    const placed = order[index] as PlacedTask
    if (!wanted.has(placed)) continue
    lane.next = index + 1
    return placed
  }
  return null
}

async function step(lane: Lane, placed: PlacedTask, hosts: readonly string[]): Promise<void> {
  if (shortAction(placed.task.action) === 'meta') return runMeta(lane, placed, hosts)
  if (isInclude(placed.task)) return runInclude(lane, placed, hosts)
  const pass = passAt(lane, placed)
  if (pass.length > 0) return runPass(lane, pass)
  await runTask(lane, placed, hosts)
}
