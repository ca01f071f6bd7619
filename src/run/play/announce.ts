import { emit } from '../emit.ts'
import type { PlayRun } from '../state.ts'
import { taskName } from '../task/conclude.ts'
import type { PlacedTask } from './place.ts'

/** Tells that a task begins on hosts. */
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
