import { memoryLedger } from '../../journal/memory/ledger.ts'
import { FailureError } from '../../model/failure.ts'
import type { PlanDocument } from '../../model/plan.ts'
import type { Doors, RunEnd } from '../../run/execute.ts'
import type { RunOptions } from '../../run/options.ts'
import { movedSince } from '../../run/plan/moved.ts'

const MOST_SHOWN = 20

/**
 * Plans again, in silence, and holds it against a saved plan. Throws FailureError (stale) naming what moved, before anything is written;
 * else gives what the door needs to let exactly the saved plan pass.
 */
export async function holdsStill(
  saved: PlanDocument,
  {
    engine,
    options,
    doors,
  }: {
    engine: { execute(options: RunOptions, doors: Doors): Promise<RunEnd> }
    options: RunOptions
    doors: Doors
  },
): Promise<NonNullable<RunOptions['reviewed']>> {
  const problems: string[] = []
  const quiet: Doors = {
    ...doors,
    ledger: memoryLedger({ keepsEvents: false }),
    emit: event => {
      if (event.event === 'host-result' && event.failure) problems.push(`${event.host}: ${event.failure.message}`)
    },
  }
  const end = await engine.execute({ ...options, mode: 'plan', keepsPlan: { salt: saved.salt } }, quiet)
  if (end.failure) throw new FailureError(end.failure)
  if (!end.plan || end.exit === 1) throw moved(['it can no longer be planned: ', ...problems])
  const lines = movedSince(saved, end.plan.document)
  if (lines.length > 0) throw moved(lines)
  return { plan: saved, fingerprinted: end.plan.fingerprinted }
}

function moved(lines: readonly string[]): FailureError {
  const more = lines.length > MOST_SHOWN ? [`and ${lines.length - MOST_SHOWN} more`] : []
  return new FailureError({
    code: 'stale',
    message: `The plan was not applied: things have changed since it was saved.\n${[...lines.slice(0, MOST_SHOWN), ...more].map(line => `- ${line}`).join('\n')}`,
    remedy: 'Plan, review and save it again: weft plan … --save FILE.',
    aftermath: 'Nothing was written.',
  })
}
