import { positionOf } from '../../model/position.ts'
import { emit } from '../emit.ts'
import { failureOf } from '../interrupted.ts'
import { isPlan, type PlayRun } from '../state.ts'
import { goOut } from '../task/conclude.ts'
import { says } from '../task/says.ts'
import { where } from '../where.ts'
import { isRecovering, leave } from './cursor.ts'
import type { PlacedTask } from './place.ts'

/**
 * any_errors_fatal and max_fail_percentage: the failure of one of `hosts` at a task ends the play for all who are not in a rescue; not
 * in a plan.
 */
export function afterFailures(playRun: PlayRun, placed: PlacedTask, hosts: readonly string[]): void {
  const failed = hosts.find(host => playRun.left.has(host))
  if (failed === undefined || isPlan(playRun.run)) return
  if (!isOverBudget(playRun) && !isFatal(playRun, placed, failed)) return
  for (const host of playRun.batch) {
    const cursor = playRun.cursors.get(host)
    if (playRun.left.has(host) || (cursor && isRecovering(cursor))) continue
    if (cursor) leave(cursor)
    goOut(playRun, host, 'failed')
  }
  playRun.fatal = true
}

/** A run that cannot tell whether it may go on ends. */
function isFatal(playRun: PlayRun, placed: PlacedTask, host: string): boolean {
  try {
    return says({ playRun, placed, host }, 'anyErrorsFatal')
  } catch (error) {
    const { run } = playRun
    const at = where(run, positionOf(placed.task.source, ['any_errors_fatal']))
    const text = `${at}: whether any_errors_fatal holds cannot be told, so the play ends for all hosts: ${failureOf(error).message}`
    emit(run, { event: 'warning', text })
    return true
  }
}

function isOverBudget({ maxFailPercentage, batch, left }: PlayRun): boolean {
  if (maxFailPercentage === null) return false
  return (batch.filter(host => left.has(host)).length / batch.length) * 100 > maxFailPercentage
}
