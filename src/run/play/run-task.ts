import { FailureError } from '../../model/failure.ts'
import { positionOf } from '../../model/position.ts'
import { warnOfOnceInFree } from '../checks/free-once.ts'
import { pooled } from '../pass/pool.ts'
import type { Lane } from '../state.ts'
import { conclude } from '../task/conclude.ts'
import { actFor } from '../task/dispatch.ts'
import { keyword } from '../task/inherit.ts'
import { perform } from '../task/perform.ts'
import { says } from '../task/says.ts'
import type { Job } from '../task/scene.ts'
import { variablesFor } from '../variables/variables.ts'
import { announce } from './announce.ts'
import { advance } from './cursor.ts'
import { reportEnded } from './ended.ts'
import { afterFailures } from './fatal.ts'
import { guarded } from './guarded.ts'
import type { PlacedTask } from './place.ts'

/** One task on several hosts, at most `forks` at a time. Also what handlers are run by. */
export async function runTask(lane: Lane, placed: PlacedTask, hosts: readonly string[]): Promise<void> {
  if (hosts.length === 0) return
  const { playRun } = lane
  await guarded(playRun, { placed, hosts }, () => onHosts(lane, placed, hosts))
  afterFailures(playRun, placed, hosts)
}

async function onHosts({ playRun, free }: Lane, placed: PlacedTask, hosts: readonly string[]): Promise<void> {
  const host = hosts[0] as string
  const { act, once } = actFor(playRun.run, placed.task)
  const runOnce = says({ playRun, placed, host }, 'runOnce')
  const forks = forksFor({ playRun, placed, host })
  const runners = once || runOnce ? [host] : hosts
  if (free && (once || runOnce)) warnOfOnceInFree(playRun.run, placed)
  announce(playRun, placed, runners)
  const usesDevice = playRun.run.moduleNamed(placed.task.action)?.kind !== undefined
  const results = await pooled(runners, forks, async host => {
    if (usesDevice) playRun.run.devices.hold(host)
    const result = await perform({ playRun, placed, host }, act)
    if (usesDevice) reportEnded(playRun, await playRun.run.devices.release(host))
    return { host, result }
  })
  const others = runners.length < hosts.length ? hosts.slice(1) : []
  for (const { host, result } of results) conclude({ playRun, placed, host }, result, runOnce ? others : [])
  if (runOnce || !once) return
  for (const host of others) {
    const cursor = playRun.cursors.get(host)
    if (cursor) advance(cursor)
  }
}

function forksFor({ playRun, placed, host }: Job): number {
  const written = keyword(placed, playRun.play, 'throttle')
  const { forks } = playRun.run.options
  if (written === null) return forks
  const templar = playRun.run.templarFor(placed.task.folders)
  const rendered = templar.render(written, variablesFor(playRun, host, placed))
  const throttle = Number(rendered)
  if (Number.isNaN(throttle)) {
    throw new FailureError({
      code: 'invalid',
      message: `throttle: '${String(rendered)}' is no number of hosts.`,
      at: positionOf(placed.task.source, ['throttle']),
    })
  }
  return throttle > 0 ? Math.min(forks, throttle) : forks
}
