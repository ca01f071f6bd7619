import type { Device } from '../../model/device.ts'
import type { Intent } from '../../model/intent.ts'
import type { Kind } from '../../model/kind.ts'
import { positionOf } from '../../model/position.ts'
import type { Scene } from './perform.ts'

/** A round's wish to change something, as the door, the plan and the ledger know it. */
export function intentOf<K extends Kind>(
  { placed: { task }, host, round, pretends }: Scene,
  device: Device<K>,
  wish: Pick<Intent<K>, 'title' | 'differences' | 'commands' | 'unsaved'>,
): Intent<K> {
  return {
    id: `${task.id}|${host}|${round}`,
    task: task.id,
    host,
    kind: device.kind,
    target: device.target,
    at: positionOf(task.source, task.argsPath),
    ...wish,
    ...(pretends ? { pretended: true } : {}),
  }
}
