import { didYouMean } from '../../model/nearest.ts'
import type { Play, Task } from '../../model/play.ts'
import { formatPosition, positionOf } from '../../model/position.ts'
import { isInclude } from '../play/is-include.ts'
import { tasksBelow, tasksOf } from '../play/tasks-of.ts'

/**
 * A warning for each `notify` of a handler that a play does not have: the task would fail, half done, once it has changed something.
 * None where the names are not known before the run: dynamic includes, and handlers that a template names.
 */
export function unknownHandlers(plays: readonly Play[], shorten: (file: string) => string): string[] {
  return plays.flatMap(play => unknownOf(play, shorten))
}

function unknownOf(play: Play, shorten: (file: string) => string): string[] {
  const handlers = play.handlers.flatMap(tasksBelow)
  const tasks = [...tasksOf(play), ...handlers]
  const known = handlers.flatMap(handler => [...namesOf(handler), ...handler.listen.map(String)])
  if (tasks.some(isInclude) || known.some(isTemplate)) return []
  return tasks.flatMap(task => {
    const names = task.notify.map(String).filter(name => !isTemplate(name) && !known.includes(name))
    return names.map(name => {
      const { file, ...place } = positionOf(task.source, ['notify'])
      const at = formatPosition({ file: shorten(file), ...place })
      return `${at}: no handler of the play is called '${name}' or listens to it.${didYouMean(name, known)} The task fails once it has changed something.`
    })
  })
}

function namesOf({ name, role }: Task): string[] {
  if (name === null) return []
  return role === undefined ? [name] : [name, `${role} : ${name}`]
}

function isTemplate(text: string): boolean {
  return text.includes('{{') || text.includes('{%')
}
