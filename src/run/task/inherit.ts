import type { Keywords, Play } from '../../model/play.ts'
import { rememberedOf } from '../../model/remembered.ts'
import type { Value } from '../../model/value.ts'
import type { PlacedTask } from '../play/place.ts'

type Scalar =
  | 'ignoreErrors'
  | 'ignoreUnreachable'
  | 'runOnce'
  | 'delegateTo'
  | 'checkMode'
  | 'diff'
  | 'noLog'
  | 'anyErrorsFatal'
  | 'throttle'

/** A keyword as it holds for a task: its own, else that of the nearest block that says one, else the play's. */
export function keyword(placed: PlacedTask, play: Play, name: Scalar): Value {
  const { task, parents } = placed
  if (isSaid(task[name])) return task[name]
  for (let at = parents.length - 1; at >= 0; at--) {
    const value = parents[at]?.[name]
    if (isSaid(value)) return value
  }
  return play[name] ?? null
}

function isSaid(value: Value | undefined): value is Value {
  return value !== undefined && value !== null
}

/** Conditions of the blocks around it and its own, outermost first; each is judged again for each task. */
export const conditionsOf: (placed: PlacedTask) => readonly Value[] = rememberedOf(placed => [
  ...placed.parents.flatMap(block => block.when),
  ...placed.task.when,
])

export function tagsOf(levels: readonly Keywords[]): ReadonlySet<string> {
  return new Set(levels.flatMap(level => level.tags))
}

/** `environment` of play, blocks and task; each may be a mapping or a list of mappings. The innermost comes last. */
export function environmentsOf(placed: PlacedTask, play: Play): Value[] {
  return [play, ...placed.parents, placed.task].flatMap(level => {
    const written = level.environment
    return written === undefined || written === null ? [] : Array.isArray(written) ? written : [written]
  })
}
