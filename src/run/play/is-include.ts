import type { Task } from '../../model/play.ts'
import { shortAction } from '../../playbook/read/actions.ts'

const INCLUDES = new Set(['include_tasks', 'include', 'include_role'])

/** Whether a task's tasks are only known when it is run. */
export function isInclude(task: Task): boolean {
  return INCLUDES.has(shortAction(task.action))
}
