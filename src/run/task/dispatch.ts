import { isResource } from '../../model/module.ts'
import type { Task } from '../../model/play.ts'
import type { Run } from '../state.ts'
import { unknownModule } from '../target/connect.ts'
import { act as runAction } from './action.ts'
import { grow, wouldGrow } from './effects.ts'
import { applyNow } from './resource.ts'
import type { Round } from './result.ts'
import type { Act, Scene } from './scene.ts'

/** How a task's module is run when it stands alone, and whether for the first host only. */
export function actFor(run: Run, task: Task): { act: Act; once: boolean } {
  const module = run.moduleNamed(task.action)
  if (!module) throw unknownModule(task.action)
  if (isResource(module)) return { act: scene => applyNow(scene, module), once: false }
  return { act: async scene => growing(scene, await runAction(module, scene)), once: module.once === true }
}

/** add_host and group_by are changed when the inventory is; it grows at once, so that the next round sees it. */
function growing(scene: Scene, round: Round): Round {
  if (!round.effects?.addHost && !round.effects?.groupBy) return round
  const { run } = scene.playRun
  const changed = wouldGrow(run, round.effects, scene.host)
  grow(run, round.effects, scene.host)
  return { ...round, changed }
}
