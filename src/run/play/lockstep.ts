import { shortAction } from '../../playbook/read/actions.ts'
import { emit } from '../emit.ts'
import { passAt, runPass } from '../pass/pass.ts'
import { pooled } from '../pass/pool.ts'
import { isPlan, type PlayRun } from '../state.ts'
import { conclude, goOut, taskName } from '../task/conclude.ts'
import { actFor } from '../task/dispatch.ts'
import { keyword } from '../task/inherit.ts'
import { isTrue, perform } from '../task/perform.ts'
import type { TaskResult } from '../task/result.ts'
import { variablesFor } from '../variables/variables.ts'
import { advance, current, isRecovering, leave } from './cursor.ts'
import { reportEnded } from './ended.ts'
import { isInclude, runInclude } from './include.ts'
import { runMeta } from './meta.ts'
import type { PlacedTask } from './place.ts'
import { noteUndone } from './unreached.ts'

/** Runs a batch in lockstep: one task on all hosts that are at it, then the next in the order of writing. */
export async function runBatch(playRun: PlayRun, hosts: readonly string[] = playRun.batch): Promise<void> {
  const { stop, abort } = playRun.run.options
  while (!stop.aborted && !abort.aborted) {
    const at = new Map(hosts.map(host => [host, currentOf(playRun, host)]))
    const placed = nextPlaced(playRun, new Set(at.values()))
    if (!placed) return
    await step(
      playRun,
      placed,
      hosts.filter(host => at.get(host) === placed),
    )
  }
  noteUndone(playRun, hosts)
}

function currentOf(playRun: PlayRun, host: string): PlacedTask | null {
  const cursor = playRun.cursors.get(host)
  return cursor ? current(cursor) : null
}

/** The first task from here on that some host is at; once around, because clear_host_errors can bring hosts back. */
function nextPlaced(playRun: PlayRun, wanted: ReadonlySet<PlacedTask | null>): PlacedTask | null {
  const { order } = playRun
  for (let tried = 0; tried < order.length; tried++) {
    const index = (playRun.next + tried) % order.length
    const placed = order[index] as PlacedTask
    if (!wanted.has(placed)) continue
    playRun.next = index + 1
    return placed
  }
  return null
}

async function step(playRun: PlayRun, placed: PlacedTask, hosts: readonly string[]): Promise<void> {
  if (shortAction(placed.task.action) === 'meta') return runMeta(playRun, placed, hosts)
  if (isInclude(placed.task)) return runInclude(playRun, placed, hosts)
  const pass = passAt(playRun, placed)
  if (pass.length > 0) return runPass(playRun, pass)
  await runTask(playRun, placed, hosts)
}

/** One task on several hosts, at most `forks` at a time. Also what handlers are run by. */
export async function runTask(playRun: PlayRun, placed: PlacedTask, hosts: readonly string[]): Promise<void> {
  const [first] = hosts
  if (first === undefined) return
  const { act, once } = actFor(playRun.run, placed.task)
  const runOnce = says(playRun, { placed, host: first, name: 'runOnce' })
  const runners = once || runOnce ? [first] : hosts
  announce(playRun, placed, runners)
  const results = await pooled(runners, forksFor(playRun, placed, first), async host => {
    const usesDevice = playRun.run.moduleNamed(placed.task.action)?.kind !== undefined
    if (usesDevice) playRun.run.devices.hold(host)
    const result = await perform({ playRun, placed, host }, act)
    if (usesDevice) reportEnded(playRun, await playRun.run.devices.release(host))
    return { host, result }
  })
  const others = runners.length < hosts.length ? hosts.slice(1) : []
  for (const { host, result } of results) conclude({ playRun, placed, host }, result, runOnce ? others : [])
  if (once && !runOnce) for (const host of others) advance(playRun.cursors.get(host) ?? { frames: [] })
  afterFailures(playRun, placed, results)
}

export function announce(playRun: PlayRun, placed: PlacedTask, hosts: readonly string[]): void {
  const { task } = placed
  const { file, line, column } = task.at
  emit(playRun.run, {
    event: 'task-started',
    play: playRun.name,
    task: taskName({ playRun, placed, host: hosts[0] ?? '' }),
    id: task.id,
    action: task.action,
    at: { file, line, column },
    hosts: [...hosts],
  })
}

/** any_errors_fatal and max_fail_percentage: the failure of one ends the play for all who are not in a rescue; not in a plan. */
export function afterFailures(
  playRun: PlayRun,
  placed: PlacedTask,
  results: readonly { host: string; result: TaskResult }[],
): void {
  const failed = results.filter(({ host }) => playRun.left.has(host))
  const [first] = failed
  if (!first || isPlan(playRun.run)) return
  const fatal = says(playRun, { placed, host: first.host, name: 'anyErrorsFatal' }) || isOverBudget(playRun)
  if (!fatal) return
  for (const host of playRun.batch) {
    const cursor = playRun.cursors.get(host)
    if (playRun.left.has(host) || (cursor && isRecovering(cursor))) continue
    if (cursor) leave(cursor)
    goOut(playRun, host, 'failed')
  }
  playRun.fatal = true
}

function isOverBudget(playRun: PlayRun): boolean {
  const { maxFailPercentage } = playRun.play
  if (maxFailPercentage === undefined || maxFailPercentage === null) return false
  const failed = playRun.batch.filter(host => playRun.left.has(host)).length
  return (failed / playRun.batch.length) * 100 > Number.parseFloat(String(maxFailPercentage))
}

function forksFor(playRun: PlayRun, placed: PlacedTask, host: string): number {
  const written = keyword(placed, playRun.play, 'throttle')
  const { forks } = playRun.run.options
  if (written === null) return forks
  const templar = playRun.run.templarFor(placed.task.folders)
  const throttle = Number(templar.render(written, variablesFor(playRun, host, placed)))
  return throttle > 0 ? Math.min(forks, throttle) : forks
}

function says(
  playRun: PlayRun,
  { placed, host, name }: { placed: PlacedTask; host: string; name: 'runOnce' | 'anyErrorsFatal' },
): boolean {
  const written = keyword(placed, playRun.play, name)
  if (written === null || typeof written === 'boolean') return written === true
  return isTrue(playRun.run.templarFor(placed.task.folders).render(written, variablesFor(playRun, host, placed)))
}
