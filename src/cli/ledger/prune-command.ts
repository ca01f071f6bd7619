import type { Retention } from '../../journal/ledger.ts'
import { FailureError } from '../../model/failure.ts'
import { visibleJson } from '../../model/visible.ts'
import type { ExitCode, Wires } from '../wires.ts'
import { listLines } from './list-lines.ts'
import { type LedgerFlags, shown, speaking, withLedger } from './open.ts'
import { durationOf } from './when.ts'

export interface PruneFlags extends LedgerFlags {
  readonly olderThan?: string
  readonly keep?: string
  readonly yes?: boolean
}

const SECONDS_OF_A_DAY = 86_400

/** `weft runs prune`: shows what would be forgotten, and with --yes forgets it. */
export async function pruneCommand({ options, wires }: { options: PruneFlags; wires: Wires }): Promise<ExitCode> {
  const keep = retentionOf(options)
  const { say, style } = speaking(wires)
  return withLedger({ options, wires, mode: options.yes ? 'plan' : 'read' }, async ledger => {
    const ids = await ledger.pastTheirTime(keep)
    const going = (await ledger.runs()).filter(({ id }) => ids.includes(id))
    const count = options.yes ? await ledger.prune(keep) : 0
    if (options.json) {
      say(visibleJson(JSON.stringify({ runs: ids, forgotten: count }, null, 2)))
      return 0
    }
    if (going.length === 0)
      say('There is nothing to forget: no run is that old, or those that are have left something unfinished.')
    else for (const line of listLines(shown(going), style)) say(line)
    if (options.yes && count > 0)
      say(`\nForgotten: ${counted(count)}, with ${count === 1 ? 'its' : 'their'} events and intents.`)
    else if (going.length > 0)
      say(
        `\n${counted(going.length)} would be forgotten; nothing was. With --yes ${going.length === 1 ? 'it is' : 'they are'}.`,
      )
    return 0
  })
}

function counted(count: number): string {
  return count === 1 ? '1 run' : `${count} runs`
}

function retentionOf({ olderThan, keep }: PruneFlags): Retention {
  if (olderThan === undefined && keep === undefined)
    throw new FailureError({
      code: 'invalid',
      message: 'nothing says which runs may go',
      remedy: 'For example: weft runs prune --older-than 90d, or --keep 1000, or both (a run goes when both say so).',
    })
  const seconds = olderThan === undefined ? undefined : durationOf(olderThan)
  if (seconds === null || seconds === 0)
    throw new FailureError({
      code: 'invalid',
      message: `--older-than takes an age, not '${olderThan}'`,
      remedy: 'For example: --older-than 90d, --older-than 12w, --older-than 36h.',
    })
  const runs = keep === undefined ? undefined : Number(keep)
  if (runs !== undefined && !(Number.isInteger(runs) && runs >= 0 && keep !== ''))
    throw new FailureError({
      code: 'invalid',
      message: `--keep takes a whole number, not '${keep}'`,
      remedy: 'For example: --keep 1000 for the newest thousand.',
    })
  return {
    ...(seconds === undefined ? {} : { days: seconds / SECONDS_OF_A_DAY }),
    ...(runs === undefined ? {} : { runs }),
  }
}
