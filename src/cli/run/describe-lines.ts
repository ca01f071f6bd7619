import type { Description } from '../../run/execute.ts'

/** What --list-hosts, --list-tasks and --syntax-check print. */
export function describeLines(
  { plays }: Description,
  { listHosts, listTasks }: { listHosts?: boolean; listTasks?: boolean },
): string[] {
  if (!listHosts && !listTasks) {
    const tasks = plays.reduce((sum, play) => sum + play.tasks.length, 0)
    return [`No mistakes found: ${plays.length} ${plays.length === 1 ? 'play' : 'plays'}, ${tasks} tasks.`]
  }
  return plays.flatMap((play, index) => [
    `play ${index + 1}: ${play.name}  (hosts: ${play.pattern})${tagText(play.tags)}`,
    ...(listHosts ? [`  hosts (${play.hosts.length}):`, ...play.hosts.map(host => `    ${host}`)] : []),
    ...(listTasks ? ['  tasks:', ...play.tasks.map(task => `    ${task.name}${tagText(task.tags)}`)] : []),
  ])
}

function tagText(tags: readonly string[]): string {
  return tags.length === 0 ? '' : `  [${tags.join(', ')}]`
}
