import { didYouMean } from '../../model/nearest.ts'
import type { Play, Task } from '../../model/play.ts'
import { matches } from '../../model/timed-search.ts'
import { tasksOf } from './tasks-of.ts'

/** Whether --start-at-task means this task: by its name as it is written, its role's before it or not; `*` and `?` stand for any text. */
export function isStart(task: Task, wanted: string): boolean {
  const name = task.name ?? task.action
  const names = task.role === undefined ? [name] : [name, `${task.role} : ${name}`]
  const pattern = /[*?]/.test(wanted) ? globOf(wanted) : null
  return names.some(each => each === wanted || (pattern !== null && matches(pattern, each)))
}

/**
 * A warning when no task of the playbooks answers to --start-at-task: nothing will be done then. Ansible carries on as well.
 * Tasks of include_tasks and include_role are not known yet and cannot be started at.
 */
export function unknownStart(plays: readonly Play[], wanted: string | undefined): string[] {
  if (wanted === undefined) return []
  const tasks = plays.flatMap(tasksOf)
  if (tasks.some(task => isStart(task, wanted))) return []
  const near = didYouMean(
    wanted,
    tasks.flatMap(task => task.name ?? []),
  )
  return [
    `--start-at-task: no task is called '${wanted}', so none will run.${near} It takes the name as it is written (--list-tasks shows it), * stands for any text.`,
  ]
}

function globOf(wanted: string): RegExp {
  const escaped = wanted.replace(/[.+^${}()|[\]\\]/g, '\\$&')
  return new RegExp(`^${escaped.replaceAll('*', '.*').replaceAll('?', '.')}$`, 's')
}
