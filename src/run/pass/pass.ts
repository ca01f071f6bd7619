import { isOfDevice, isResource, type Module } from '../../model/module.ts'
import { shortAction } from '../../playbook/read/actions.ts'
import { announce } from '../play/announce.ts'
import { current } from '../play/cursor.ts'
import { reportEnded } from '../play/ended.ts'
import type { PlacedTask } from '../play/place.ts'
import type { Lane, PlayRun } from '../state.ts'
import { keyword } from '../task/inherit.ts'
import { runHostPass } from './host-pass.ts'
import { pooled } from './pool.ts'

/**
 * The device pass that starts at a task: it and the tasks after it that every host can go through by itself, in the order of writing.
 * Empty when the task must be run in lockstep.
 */
export function passAt({ playRun, order }: Lane, placed: PlacedTask): PlacedTask[] {
  const start = order.indexOf(placed)
  const pass: PlacedTask[] = []
  for (let at = start; at < order.length; at++) {
    const next = order[at] as PlacedTask
    if (!standsAlone(playRun, next)) break
    pass.push(next)
  }
  return pass
}

/**
 * Runs a pass host by host, forks at a time: only so many hosts' states are in memory, and what several tasks write to a device can be
 * sent at once.
 */
export async function runPass(lane: Lane, pass: readonly PlacedTask[]): Promise<void> {
  const { playRun } = lane
  const { run } = playRun
  const members = new Set(pass)
  const hosts = lane.hosts.filter(host => {
    const cursor = playRun.cursors.get(host)
    const at = cursor ? current(cursor) : null
    return at !== null && members.has(at)
  })
  const announced = new Set<string>()
  const arrive = (placed: PlacedTask) => {
    if (announced.has(placed.task.id)) return
    announced.add(placed.task.id)
    announce(playRun, placed, hosts)
  }
  const isLast = isLastUse(lane, pass)
  await pooled(hosts, run.options.forks, async host => {
    if (run.options.stop.aborted) return
    run.devices.hold(host)
    try {
      await runHostPass({ playRun, host, pass, arrive })
    } finally {
      const closed = await run.devices.release(host)
      const ended = isLast(host) ? await run.devices.end(host) : []
      reportEnded(playRun, [...closed, ...ended])
    }
  })
}

function standsAlone(playRun: PlayRun, placed: PlacedTask): boolean {
  const { task } = placed
  const module = playRun.run.moduleNamed(task.action)
  if (!module || !goesHostByHost(module) || task.until !== null) return false
  const says = (name: 'runOnce' | 'delegateTo' | 'anyErrorsFatal' | 'throttle') => {
    const value = keyword(placed, playRun.play, name)
    return value !== null && value !== false
  }
  if (says('runOnce') || says('delegateTo') || says('anyErrorsFatal') || says('throttle')) return false
  if (playRun.play.maxFailPercentage !== undefined) return false
  return !readsOtherHosts(placed)
}

/** Files and processes stay in Ansible's lockstep. */
function goesHostByHost(module: Module): boolean {
  return isOfDevice(module) && (isResource(module) || !module.changes)
}

/** hostvars may hold what another host's earlier task registered, so those hosts must be there first. */
function readsOtherHosts({ task, parents }: PlacedTask): boolean {
  const parts = [task.args, task.when, task.loop, task.vars, ...parents.map(block => [block.when, block.vars])]
  return /\bhostvars\b/.test(JSON.stringify(parts))
}

/** Whether a host is not needed after this pass: not by later plays, nor by what follows in this one. */
function isLastUse({ playRun, order }: Lane, pass: readonly PlacedTask[]): (host: string) => boolean {
  const last = order.indexOf(pass.at(-1) as PlacedTask)
  const rest = order.slice(last + 1)
  const isNeeded = rest.some(({ task }) => shortAction(task.action) !== 'meta') || playRun.handlers.length > 0
  if (isNeeded || playRun.later === null) return () => false
  const { later } = playRun
  return host => !later.has(host)
}
