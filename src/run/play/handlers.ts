import { FailureError } from '../../model/failure.ts'
import { didYouMean } from '../../model/nearest.ts'
import { positionOf } from '../../model/position.ts'
import type { HandlerEntry, PlayRun } from '../state.ts'
import type { Job } from '../task/scene.ts'
import { playVariables, variablesFor } from '../variables/variables.ts'

/**
 * Marks the handlers that a changed task names, by name or by a topic they listen to. Throws FailureError when none answers:
 * a change that should have restarted something and silently did not is worse than a stop.
 */
export function notify({ playRun, placed, host }: Job, hosts: readonly string[]): void {
  const { task } = placed
  if (task.notify.length === 0) return
  const templar = playRun.run.templarFor(task.folders)
  const variables = variablesFor(playRun, host, placed)
  for (const written of task.notify) {
    const rendered = templar.render(written, variables)
    for (const name of Array.isArray(rendered) ? rendered : [rendered]) {
      const found = handlersFor(playRun, String(name))
      if (found.length === 0) throw unknownHandler(playRun, String(name), placed.task)
      for (const handler of found) mark(playRun, handler, hosts)
    }
  }
}

/** Whether any host still has a handler to run. */
export function pendingHosts(playRun: PlayRun, handler: HandlerEntry): string[] {
  return [...(playRun.notified.get(handler.task.id) ?? [])]
}

/** All that listen to the topic, and the last one of that name: a later handler of the same name replaces the earlier. */
function handlersFor(playRun: PlayRun, name: string): HandlerEntry[] {
  const templar = playRun.run.templarFor(playRun.play.folders)
  const variables = playVariables(playRun.run, playRun.variables)
  const named = playRun.handlers.findLast(({ task }) => {
    const own = task.name === null ? null : templar.renderName(task.name, variables)
    return own === name || (task.role !== undefined && `${task.role} : ${own}` === name)
  })
  const listening = playRun.handlers.filter(({ task }) => task.listen.some(topic => String(topic) === name))
  return named && !listening.includes(named) ? [named, ...listening] : listening
}

function mark(playRun: PlayRun, handler: HandlerEntry, hosts: readonly string[]): void {
  const marked = playRun.notified.get(handler.task.id) ?? new Set()
  for (const host of hosts) marked.add(host)
  playRun.notified.set(handler.task.id, marked)
}

function unknownHandler(playRun: PlayRun, name: string, task: Job['placed']['task']): FailureError {
  const known = playRun.handlers.flatMap(({ task: { name: own, listen } }) => [own ?? [], listen.map(String)].flat())
  return new FailureError({
    code: 'invalid',
    message: `The handler '${name}' was not found: no handler of the play has that name or listens to it.${didYouMean(name, known)}`,
    at: positionOf(task.source, ['notify']),
    remedy: 'Add the handler to the play, or correct the name in `notify`.',
  })
}
