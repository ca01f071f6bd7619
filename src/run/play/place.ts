import type { Block, Step, Task } from '../../model/play.ts'

/** A task and the blocks around it, outermost first. */
export interface PlacedTask {
  readonly type: 'task'
  readonly task: Task
  readonly parents: readonly Block[]
}

/** A block whose steps are placed; `block` null is the play itself. */
export interface PlacedBlock {
  readonly type: 'block'
  readonly block: Block | null
  readonly tasks: readonly Placed[]
  readonly rescue: readonly Placed[]
  readonly always: readonly Placed[]
}
export type Placed = PlacedTask | PlacedBlock

/** Steps with their parents known; tasks that `keep` refuses are left out, and blocks that are empty then. */
export function place(
  steps: readonly Step[],
  parents: readonly Block[],
  keep: (task: Task, parents: readonly Block[]) => boolean,
): Placed[] {
  return steps.flatMap((step): Placed[] => {
    if (step.type === 'task') return keep(step, parents) ? [{ type: 'task', task: step, parents }] : []
    const inside = [...parents, step]
    const placed: PlacedBlock = {
      type: 'block',
      block: step,
      tasks: place(step.tasks, inside, keep),
      rescue: place(step.rescue, inside, keep),
      always: place(step.always, inside, keep),
    }
    return placed.tasks.length + placed.rescue.length + placed.always.length === 0 ? [] : [placed]
  })
}

/** Every task below, in the order of writing: the order in which hosts in lockstep meet them. */
export function flatten(placed: readonly Placed[]): PlacedTask[] {
  return placed.flatMap(entry =>
    entry.type === 'task' ? [entry] : [...flatten(entry.tasks), ...flatten(entry.rescue), ...flatten(entry.always)],
  )
}
