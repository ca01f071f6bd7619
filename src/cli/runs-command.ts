import type { Ledger, PastIntent, PastRun } from '../journal/ledger.ts'
import { ledgerFile } from '../journal/place.ts'
import { fateOf } from '../journal/process.ts'
import { FailureError } from '../model/failure.ts'
import { nearest } from '../model/nearest.ts'
import { visible, visibleJson } from '../model/visible.ts'
import { wantsColour } from '../report/style.ts'
import type { ExitCode, Wires } from './wires.ts'

interface LedgerFlags {
  readonly ledger?: string
  readonly json?: boolean
}

/** `weft runs`: past plans and runs, the newest first. */
export async function runsCommand({
  options,
  wires,
}: {
  options: LedgerFlags & { readonly limit: string }
  wires: Wires
}): Promise<ExitCode> {
  const ledger = await opened(options, wires)
  try {
    const runs = await ledger.runs({ limit: limitOf(options.limit) })
    const say = (text: string) => void wires.out.write(`${visible(text)}\n`)
    if (options.json) say(visibleJson(JSON.stringify(runs, null, 2)))
    else if (runs.length === 0) say('No runs are recorded here yet.')
    else for (const run of runs) say(lineOf(run))
    return 0
  } finally {
    await ledger.close()
  }
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
  const ledger = await opened(options, wires)
  try {
    const run = await ledger.run(id)
    if (!run) throw await unknownRun(ledger, id)
    const [events, intents] = await Promise.all([ledger.events(run.id), ledger.intents(run.id)])
    const say = (text: string) => void wires.out.write(`${visible(text)}\n`)
    if (options.json) {
      say(visibleJson(JSON.stringify({ ...run, result: resultOf(run), intents, events }, null, 2)))
      return 0
    }
    for (const line of headOf(run)) say(line)
    const { plainReport } = await import('../report/plain.ts')
    const colour = wantsColour(wires.environment, wires.out.isTTY === true)
    const report = plainReport({ write: text => void wires.out.write(text), colour, diff: true, verbosity: 1 })
    for (const event of events) report.emit(event)
    await report.end()
    for (const line of intentLines(run, intents)) say(line)
    return 0
  } finally {
    await ledger.close()
  }
}

async function opened({ ledger }: LedgerFlags, wires: Wires): Promise<Ledger> {
  const file = ledgerFile({ asked: ledger, environment: wires.environment, folder: wires.folder })
  return (await wires.journal()).openLedger({ file, mode: 'read' })
}

function lineOf(run: PastRun): string {
  const { id, time, mode, who, playbooks, reason } = run
  const when = time.slice(0, 19).replace('T', ' ')
  return [id, when, mode.padEnd(4), resultOf(run), countsOf(run), who, playbooks.join(' '), reason ? `"${reason}"` : '']
    .filter(part => part !== '')
    .join('  ')
}

function countsOf({ results }: PastRun): string {
  return `${results.changed} changed, ${results.failed + results.unreachable} failed`
}

/** In a word. What has no end is never called good. */
function resultOf({ mode, exit, process }: PastRun): string {
  if (exit === null) return fateOf(process) === 'alive' ? 'running' : 'BROKEN OFF'
  if (mode === 'plan') return exit === 0 ? 'in sync' : exit === 2 ? 'changes' : 'FAILED'
  return exit === 0 ? 'done' : 'FAILED'
}

function headOf(run: PastRun): string[] {
  const { id, mode, who, reason, commit, version, seconds, plan } = run
  return [
    `${mode} ${id}: ${resultOf(run)}${seconds === null ? '' : ` after ${seconds.toFixed(1)} s`}`,
    `by ${who} at ${run.time}, weft ${version}`,
    ...(reason === undefined ? [] : [`because: ${reason}`]),
    commit ? `commit ${commit.id}${commit.dirty ? ', with changes beside it' : ''}` : 'not from a git commit',
    ...(plan === undefined ? [] : [`applied the plan ${plan.slice(0, 12)}`]),
    '',
  ]
}

function intentLines(run: PastRun, intents: readonly PastIntent[]): string[] {
  if (intents.length === 0) return []
  const words = (state: PastIntent['state']) =>
    state === 'open'
      ? resultOf(run) === 'running'
        ? 'under way'
        : 'UNKNOWN: it was begun, and nothing more is recorded'
      : state
  return ['', 'What was to be changed:', ...intents.map(intent => intentLine(intent, words(intent.state)))]
}

function intentLine({ host, title, differences, target }: PastIntent, state: string): string {
  const size = differences.length === 0 ? '' : `, ${differences.length} differences`
  return `  ${host}: ${title} (${target}${size}): ${state}`
}

function limitOf(text: string): number {
  const limit = Number(text)
  if (Number.isInteger(limit) && limit > 0) return limit
  throw new FailureError({ code: 'invalid', message: `--limit takes a whole number above 0, not '${text}'` })
}

async function unknownRun(ledger: Ledger, id: string): Promise<FailureError> {
  const runs = await ledger.runs({ limit: 200 })
  const close = nearest(
    id,
    runs.map(run => run.id),
  )
  return new FailureError({
    code: 'invalid',
    message: `the ledger has no run '${id}', or several whose ids begin like that`,
    remedy: close ? `Did you mean '${close}'? 'weft runs' lists them.` : "'weft runs' lists them.",
  })
}
