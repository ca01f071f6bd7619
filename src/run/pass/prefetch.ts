import { FailureError } from '../../model/failure.ts'
import { isResource, type Module, type ResourceModule } from '../../model/module.ts'
import type { PlacedTask } from '../play/place.ts'
import type { PlayRun } from '../state.ts'
import { deviceFor } from '../target/connect.ts'
import { argumentsOf } from '../task/arguments.ts'
import { holds } from '../task/conditions.ts'
import { conditionsOf } from '../task/inherit.ts'
import { roundsOf } from '../task/loop.ts'
import type { Job, Scene } from '../task/scene.ts'
import { variablesFor } from '../variables/variables.ts'

/** No answer from the device at all: asking again for each task would only wait again. */
const NO_WAY_IN = new Set(['unreachable', 'denied'])

/**
 * Tells the device's reader what the pass will ask for, so that the questions go out together. What cannot be rendered yet is left to
 * its task. Gives back why the device cannot be reached, if it cannot.
 */
export async function prefetch({
  playRun,
  host,
  pass,
}: {
  readonly playRun: PlayRun
  readonly host: string
  readonly pass: readonly PlacedTask[]
}): Promise<FailureError | null> {
  const asked = new Set<Module>()
  const asks = pass.flatMap(placed => {
    const module = playRun.run.moduleNamed(placed.task.action)
    if (!module || !isResource(module) || !module.prefetch) return []
    if (module.prefetchOnce && asked.has(module)) return []
    const scenes = scenesOf({ playRun, placed, host })
    if (scenes.length > 0) asked.add(module)
    return (module.prefetchOnce ? scenes.slice(0, 1) : scenes).map(scene => ask(scene, module))
  })
  const answers = await Promise.allSettled(asks)
  for (const answer of answers) {
    if (answer.status === 'fulfilled' || !(answer.reason instanceof FailureError)) continue
    if (NO_WAY_IN.has(answer.reason.failure.code)) return answer.reason
  }
  return null
}

/** Whether a task would wait for what it changed to settle; its module says so by a patience of its arguments. */
export function waitsToSettle(job: Job, module: ResourceModule): boolean {
  if (!module.settled) return false
  try {
    return foreseen(job).some(scene => (module.patience?.(foreseenArguments(scene, module)) ?? 1) > 0)
  } catch {
    return true
  }
}

async function ask(scene: Scene, module: ResourceModule): Promise<void> {
  const args = foreseenArguments(scene, module)
  const device = await deviceFor(scene, module.kind, module.connection?.(args) ?? {})
  await module.prefetch?.(device.read, args)
}

/** The task renders its arguments itself: what is made of them ahead runs no program. Throws where one would have to be. */
function foreseenArguments(scene: Scene, module: ResourceModule): unknown {
  return scene.templar.foresee(() => argumentsOf(scene, module))
}

/** The rounds that can be foreseen; none where that is not possible. */
function scenesOf(job: Job): Scene[] {
  try {
    return foreseen(job)
  } catch {
    return []
  }
}

/** The rounds whose conditions hold with what is known now. Throws where something is not known yet, or would run a program. */
function foreseen({ playRun, placed, host }: Job): Scene[] {
  const templar = playRun.run.templarFor(placed.task.folders)
  return templar.foresee(() => {
    const rounds = roundsOf(placed.task, templar, variablesFor(playRun, host, placed)) ?? [{ variables: {} }]
    return rounds
      .map(round => variablesFor(playRun, host, placed, round.variables))
      .filter(variables => holds(conditionsOf(placed), templar, variables))
      .map(variables => ({
        playRun,
        placed,
        host,
        templar,
        variables,
        check: true,
        pretends: false,
        insists: false,
        diff: false,
        delegate: null,
        round: 0,
      }))
  })
}
