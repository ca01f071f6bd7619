import { FailureError } from '../model/failure.ts'
import { nearest } from '../model/nearest.ts'
import type { Play, Task } from '../model/play.ts'
import { tasksOf } from './tasks-of.ts'

/** Whether --start-at-task means this task: by its name as it is written, its role's before it or not; `*` and `?` stand for any text. */
export function isStart(task: Task, wanted: string): boolean {
  const name = task.name ?? task.action
  const names = task.role === undefined ? [name] : [name, `${task.role} : ${name}`]
  const pattern = /[*?]/.test(wanted) ? globOf(wanted) : null
  return names.some(each => each === wanted || pattern?.test(each) === true)
}

/**
 * Refuses a --start-at-task that no task of the playbooks answers to: nothing would be done, and that would look like being in sync.
 * Tasks of include_tasks and include_role are not known yet and cannot be started at, as in Ansible. Throws FailureError (invalid).
 */
export function refuseUnknownStart(plays: readonly Play[], wanted: string | undefined): void {
  if (wanted === undefined) return
  const tasks = plays.flatMap(tasksOf)
  if (tasks.some(task => isStart(task, wanted))) return
  const near = nearest(
    wanted,
    tasks.flatMap(task => task.name ?? []),
  )
  throw new FailureError({
    code: 'invalid',
    message: `--start-at-task: no task is called '${wanted}'.`,
    remedy: `${near ? `Did you mean '${near}'? ` : ''}It takes the name as it is written, or with * for any text; --list-tasks shows them. Tasks of a dynamic include cannot be started at.`,
  })
}

function globOf(wanted: string): RegExp {
  const escaped = wanted.replace(/[.+^${}()|[\]\\]/g, '\\$&')
  return new RegExp(`^${escaped.replaceAll('*', '.*').replaceAll('?', '.')}$`, 's')
}
