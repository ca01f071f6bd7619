import type { Device } from '../../model/device.ts'
import type { Intent } from '../../model/intent.ts'
import type { Kind } from '../../model/kind.ts'
import { positionOf } from '../../model/position.ts'
import type { Run } from '../state.ts'
import { isHidden } from './hidden.ts'
import type { Scene } from './scene.ts'

/** A round's wish to change something, as the door, the plan and the ledger know it. */
export function intentOf<K extends Kind>(
  scene: Scene,
  device: Device<K>,
  wish: Pick<Intent<K>, 'title' | 'differences' | 'commands' | 'unsaved'>,
): Intent<K> {
  const { placed, host, round, pretends, insists, playRun } = scene
  const { task } = placed
  return {
    id: `${task.id}|${host}|${round}`,
    task: task.id,
    host,
    kind: device.kind,
    target: device.target,
    at: positionOf(task.source, task.argsPath),
    ...wish,
    ...(isHidden(scene) ? { hidden: true, title: `${task.action} (no_log)` } : {}),
    ...(insists && device.kind === 'linux' && mayInsist(playRun.run, task.action) ? { insists: true } : {}),
    ...(pretends ? { pretended: true } : {}),
  }
}

/** Whether the operator lets a plan run what a task with check_mode: false insists on. */
function mayInsist({ options, moduleNamed }: Run, action: string): boolean {
  return options.allowInPlan?.includes(moduleNamed(action)?.name ?? action) ?? false
}
