import type { Block, Task } from '../../model/play.ts'
import { shortAction } from '../../playbook/read/actions.ts'
import type { PlayRun } from '../state.ts'
import { tagsOf } from '../task/inherit.ts'
import { isSelected } from './tags.ts'

/** Whether --tags and --skip-tags let a task run. What only the engine sees (meta, an implicit flush) always does. */
export function isWanted(playRun: Pick<PlayRun, 'run' | 'play'>, task: Task, parents: readonly Block[]): boolean {
  const { tags, skipTags } = playRun.run.options
  const own = tagsOf([playRun.play, ...parents, task])
  if (shortAction(task.action) === 'meta' && own.size === 0) return true
  return isSelected(own, tags, skipTags)
}
