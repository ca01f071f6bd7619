import type { Play, Step, Task } from '../../model/play.ts'

/** Every task of a play that is known before it runs, handlers left out. */
export function tasksOf(play: Play): Task[] {
  return [...play.preTasks, ...play.tasks, ...play.postTasks].flatMap(tasksBelow)
}

/** A step's tasks: itself, or those of a block with its rescue and always. */
export function tasksBelow(step: Step): Task[] {
  return step.type === 'task' ? [step] : [...step.tasks, ...step.rescue, ...step.always].flatMap(tasksBelow)
}
