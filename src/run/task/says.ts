import { variablesFor } from '../variables/variables.ts'
import { keyword } from './inherit.ts'
import { isTrue } from './is-true.ts'
import type { Job } from './scene.ts'

type Flag = 'runOnce' | 'anyErrorsFatal' | 'ignoreErrors' | 'ignoreUnreachable' | 'noLog'

/** Whether a keyword holds for a task on a host, as the task, its blocks or its play say. Throws FailureError where its template is wrong. */
export function says({ playRun, placed, host }: Job, name: Flag): boolean {
  const written = keyword(placed, playRun.play, name)
  if (written === null || typeof written === 'boolean') return written === true
  return isTrue(playRun.run.templarFor(placed.task.folders).render(written, variablesFor(playRun, host, placed)))
}
