import { didYouMean } from '../../model/nearest.ts'
import type { Play, Step } from '../../model/play.ts'
import { isInclude } from '../play/is-include.ts'
import { tasksOf } from '../play/tasks-of.ts'

/** Names that mean something without any task carrying them. */
const SPECIAL = ['all', 'tagged', 'untagged', 'always', 'never']

/**
 * A warning for each tag of the command line that nothing carries: a slip there selects nothing, which would look like being in sync.
 * None while there are dynamic includes, whose tags are not known yet.
 */
export function unknownTags(plays: readonly Play[], asked: readonly string[]): string[] {
  if (asked.length === 0 || plays.flatMap(tasksOf).some(isInclude)) return []
  const known = new Set(
    plays.flatMap(play => [...play.tags, ...[...play.preTasks, ...play.tasks, ...play.postTasks].flatMap(tagsBelow)]),
  )
  if ([...known].some(tag => tag.includes('{{'))) return []
  return asked
    .filter(tag => !known.has(tag) && !SPECIAL.includes(tag))
    .map(tag => `No task carries the tag '${tag}'.${didYouMean(tag, [...known])}`)
}

function tagsBelow(step: Step): string[] {
  const own = step.tags.map(String)
  return step.type === 'task' ? own : [...own, ...[...step.tasks, ...step.rescue, ...step.always].flatMap(tagsBelow)]
}
