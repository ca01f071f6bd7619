import { FailureError } from '../../model/failure.ts'
import { META_ACTIONS } from '../../model/meta.ts'
import { isMapping, type Value } from '../../model/value.ts'
import { failureOf } from '../interrupted.ts'
import { type Lane, type PlayRun, stateOf } from '../state.ts'
import { conclude } from '../task/conclude.ts'
import { holds } from '../task/conditions.ts'
import { conditionsOf } from '../task/inherit.ts'
import { failedRound } from '../task/result.ts'
import { variablesFor } from '../variables/variables.ts'
import { advance, enter, leave } from './cursor.ts'
import { pendingHosts } from './handlers.ts'
import { runInclude } from './include.ts'
import { isInclude } from './is-include.ts'
import type { PlacedTask } from './place.ts'
import { runTask } from './run-task.ts'

/** Carries out a meta task for the hosts that have reached it. It reports nothing by itself; what it causes is reported. */
export async function runMeta(lane: Lane, placed: PlacedTask, hosts: readonly string[]): Promise<void> {
  const { playRun } = lane
  const action = actionOf(placed.task.args)
  if (!(META_ACTIONS as readonly string[]).includes(action)) throw unknownMeta(placed, action)
  const perHost = action === 'flush_handlers' || action === 'end_host' || action === 'clear_facts'
  const chosen = perHost ? hosts.filter(host => isMeant(playRun, placed, host)) : hosts
  const goesAhead = perHost || isMeant(playRun, placed, hosts[0] ?? '')
  for (const host of hosts) {
    const cursor = playRun.cursors.get(host)
    if (cursor && !playRun.brokenMeta.delete(host)) advance(cursor)
  }
  if (!goesAhead) return
  if (action === 'flush_handlers') await flushHandlers(lane, chosen)
  else if (action === 'end_host') for (const host of chosen) goHome(playRun, host)
  else if (action === 'end_play' || action === 'end_batch') {
    for (const host of playRun.batch) goHome(playRun, host)
    playRun.ended = action === 'end_play'
  } else if (action === 'clear_host_errors') playRun.run.out.clear()
  else if (action === 'clear_facts') for (const host of chosen) stateOf(playRun.run, host).gathered = {}
}

/** Runs each notified handler on the hosts that notified it, in the order in which handlers are written. */
async function flushHandlers(lane: Lane, hosts: readonly string[]): Promise<void> {
  const { playRun } = lane
  const here = new Set(hosts)
  const before = new Set(playRun.left)
  for (const handler of playRun.handlers) {
    const waiting = pendingHosts(playRun, handler).filter(host => here.has(host))
    const ready = playRun.batch.filter(host => waiting.includes(host))
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

/** Its condition, per host; an error in it is that host's failure. */
function isMeant(playRun: PlayRun, placed: PlacedTask, host: string): boolean {
  const conditions = conditionsOf(placed)
  if (conditions.length === 0) return true
  try {
    const templar = playRun.run.templarFor(placed.task.folders)
    return holds(conditions, templar, variablesFor(playRun, host, placed))
  } catch (error) {
    const round = failedRound(failureOf(error))
    conclude({ playRun, placed, host }, { ...round, rounds: [round], seconds: 0 })
    playRun.brokenMeta.add(host)
    return false
  }
}

function goHome(playRun: PlayRun, host: string): void {
  const cursor = playRun.cursors.get(host)
  if (cursor) leave(cursor)
}

function actionOf(args: Value): string {
  return isMapping(args) ? String(args.action ?? args._raw_params ?? '') : String(args ?? '')
}

function unknownMeta({ task }: PlacedTask, action: string): FailureError {
  return new FailureError({
    code: 'invalid',
    message: `meta has no action '${action}'.`,
    at: task.at,
    remedy: `Its actions are: ${META_ACTIONS.join(', ')}.`,
  })
}
