import { isResource, type Module } from '../../model/module.ts'
import type { PlanDocument } from '../../model/plan.ts'
import type { Play, Task } from '../../model/play.ts'
import { tasksOf } from '../play/tasks-of.ts'

/**
 * Tasks whose effect a plan cannot know: they, or a block around them, use what another task registers that a plan does not run (a
 * command), or that is open itself.
 */
export function openTasks(
  plays: readonly Play[],
  moduleNamed: (name: string) => Module | undefined,
): PlanDocument['open'] {
  const unknown = new Map<string, string>()
  return plays.flatMap(tasksOf).flatMap(task => {
    const module = moduleNamed(task.action)
    const used = [...unknown.keys()].find(name => uses(task, name))
    if (task.register !== null && (used !== undefined || isUnrun(module)))
      unknown.set(task.register, task.name ?? task.action)
    if (used === undefined || !module || !mayChange(module)) return []
    const because = `it uses ${used}, which only "${unknown.get(used)}" will tell`
    return [{ task: task.id, title: task.name ?? task.action, because }]
  })
}

function uses({ args, when, loop, vars, delegateTo }: Task, name: string): boolean {
  return new RegExp(`\\b${name}\\b`).test(JSON.stringify([args, when, loop, vars, delegateTo]))
}

function isUnrun(module: Module | undefined): boolean {
  return module !== undefined && !isResource(module) && module.changes
}

function mayChange(module: Module): boolean {
  return isResource(module) || module.changes || module.name === 'nxos_command'
}
