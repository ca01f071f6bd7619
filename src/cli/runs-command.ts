import type { Ledger, PastRun, RunQuery } from '../journal/ledger.ts'
import { FailureError } from '../model/failure.ts'
import { visibleJson } from '../model/visible.ts'
import { headLines } from './ledger/head-lines.ts'
import { intentLines } from './ledger/intent-lines.ts'
import { listLines } from './ledger/list-lines.ts'
import { type LedgerFlags, runNamed, shown, speaking, withLedger } from './ledger/open.ts'
import { resultOf } from './ledger/result.ts'
import { treeLines } from './ledger/tree-lines.ts'
import { momentOf } from './ledger/when.ts'
import type { ExitCode, Wires } from './wires.ts'

export interface ListFlags extends LedgerFlags {
  readonly limit: string
  readonly host?: string
  readonly playbook?: string
  readonly since?: string
  readonly failed?: boolean
}

/** `weft runs`: past plans and runs, the newest first. */
export async function runsCommand({ options, wires }: { options: ListFlags; wires: Wires }): Promise<ExitCode> {
  const query = queryOf(options)
  const { say, style } = speaking(wires)
  return withLedger({ options, wires }, async ledger => {
    const found = await ledger.runs(query)
    const runs = options.failed ? found.filter(run => resultOf(run) !== 'running') : found
    if (options.json) say(visibleJson(JSON.stringify(runs.map(withResult), null, 2)))
    else if (runs.length === 0) say(await noneText(ledger))
    else for (const line of listLines(shown(runs), style)) say(line)
    if (!options.json && wires.out.isTTY && runs.length > 0)
      say(
        style(
          'dim',
          `\n${runs.length === query.limit ? `The newest ${runs.length}; --limit shows more. ` : ''}One whole: weft show RUN, or weft show last.`,
        ),
      )
    return 0
  })
}

/** `weft show RUN`: who, why, from which commit, what happened, and what became of everything that was meant. */
export async function showCommand({
  id,
  options,
  wires,
}: {
  id: string
  options: LedgerFlags
  wires: Wires
}): Promise<ExitCode> {
  const { say, style } = speaking(wires)
  return withLedger({ options, wires }, async ledger => {
    const run = await runNamed(ledger, id)
    const [events, intents] = await Promise.all([ledger.events(run.id), ledger.intents(run.id)])
    if (options.json) {
      say(visibleJson(JSON.stringify({ ...withResult(run), intents, events }, null, 2)))
      return 0
    }
    for (const line of headLines(shown(run), style)) say(line)
    say('')
    for (const line of treeLines(shown(events), style)) say(line)
    const { plainReport } = await import('../report/plain.ts')
    const colour = style('bold', 'x') !== 'x'
    const report = plainReport({ write: text => void wires.out.write(text), colour, diff: true, verbosity: 0 })
    for (const event of events) report.emit(event)
    await report.end()
    for (const line of intentLines(shown(run), shown(intents), style)) say(line)
    return 0
  })
}

function withResult(run: PastRun): PastRun & { readonly result: string } {
  return { ...run, result: resultOf(run) }
}

function queryOf({ limit, host, playbook, since, failed }: ListFlags): RunQuery {
  return {
    limit: limitOf(limit),
    ...(host === undefined ? {} : { host }),
    ...(playbook === undefined ? {} : { playbook }),
    ...(since === undefined ? {} : { since: momentOf('--since', since, new Date()).toISOString() }),
    ...(failed ? { failed } : {}),
  }
}

async function noneText(ledger: Ledger): Promise<string> {
  const [any] = await ledger.runs({ limit: 1 })
  return any
    ? 'No run matches. Leave out --host, --playbook, --since and --failed to list them all.'
    : 'No runs are recorded here yet.'
}

function limitOf(text: string): number {
  const limit = Number(text)
  if (Number.isInteger(limit) && limit > 0) return limit
  throw new FailureError({
    code: 'invalid',
    message: `--limit takes a whole number above 0, not '${text}'`,
    remedy: 'Leave it out for the newest 20.',
  })
}
