import type { Keywords, Play } from '../model/play.ts'
import type { Value, Variables } from '../model/value.ts'
import type { PlacedTask } from './place.ts'

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
  return nearest([placed.task, ...placed.parents.toReversed(), play], name)
}

/** Conditions of the blocks around it and its own, outermost first; each is judged again for each task. */
export function conditionsOf(placed: PlacedTask): readonly Value[] {
  return [...placed.parents.flatMap(block => block.when), ...placed.task.when]
}

/** `vars` of the blocks around it and its own. */
export function ownVariables(placed: PlacedTask): Variables {
  return Object.assign({}, ...placed.parents.map(block => block.vars), placed.task.vars)
}

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

function nearest(levels: readonly Keywords[], name: Scalar): Value {
  for (const level of levels) {
    const value = level[name]
    if (value !== undefined && value !== null) return value
  }
  return null
}
