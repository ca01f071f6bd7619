import type { Device } from '../../model/device.ts'
import type { Intent } from '../../model/intent.ts'
import { differences, type Managed } from '../../model/managed.ts'
import type { ResourceModule } from '../../model/module.ts'
import type { Value } from '../../model/value.ts'
import { failureOf } from '../interrupted.ts'
import { deviceFor } from '../target/connect.ts'
import { argumentsOf } from './arguments.ts'
import { intentOf } from './intent-of.ts'
import { failedRound, type Round } from './result.ts'
import type { Scene } from './scene.ts'

/** What a resource module would do on a device, and how that reads. */
export interface Prepared {
  readonly device: Device
  readonly module: ResourceModule
  readonly args: unknown
  /** What the device was observed to be. */
  readonly state: unknown
  readonly intent: Intent
  readonly round: Round
}

/** Observes, plans and renders; nothing is sent. Arguments that are wrong throw, what the device answers is a failed round. */
export async function prepare(scene: Scene, module: ResourceModule): Promise<Prepared | Round> {
  const args = argumentsOf(scene, module)
  try {
    const device = await deviceFor(scene, module.kind, module.connection?.(args) ?? {})
    const state = await module.observe(device.read, args)
    const changes = differences(module.plan(state, args))
    const changed = changes.length > 0
    const intent = intentOf(scene, device, {
      title: scene.placed.task.name ?? scene.placed.task.action,
      differences: changes,
      commands: changed ? module.render(changes, args) : [],
      ...(module.unsaved?.(args) ? { unsaved: true } : {}),
    })
    const values: Record<string, Value> = { changed, ...module.result?.(changes, args, state) }
    const round: Round = { values, changed, ...shownChanges(scene, module, changes), intent: intent.id }
    return { device, module, args, state, round, intent }
  } catch (error) {
    return failedRound(failureOf(error))
  }
}

/** Texts are shown as the `diff` of the result, where one is asked for; everything else as its changes. */
function shownChanges(
  scene: Scene,
  module: ResourceModule,
  changes: readonly Managed[],
): Pick<Round, 'changes' | 'diff'> {
  if (!module.texts) return { changes: changes.map(change => module.show(change)) }
  if (!scene.diff) return {}
  const texts = changes.flatMap(change => module.texts?.(change) ?? [])
  return texts.length > 0 ? { diff: texts } : {}
}

export function isPrepared(prepared: Prepared | Round): prepared is Prepared {
  return 'device' in prepared
}

/** Makes planned changes visible to later tasks, unless the task says check_mode: true: then a run never makes them either. */
export function stage(scene: Scene, { device, intent }: Prepared): void {
  if (!scene.pretends) device.stage(intent.differences)
}
