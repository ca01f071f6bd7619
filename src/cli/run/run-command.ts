import { existsSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { ledgerFile } from '../../journal/place.ts'
import { FailureError } from '../../model/failure.ts'
import type { PlanDocument } from '../../model/plan.ts'
import { visible } from '../../model/visible.ts'
import type { RunEnd } from '../../run/execute.ts'
import type { RunOptions } from '../../run/options.ts'
import { inventoryScripts } from '../inventory-of.ts'
import { listenForInterrupt } from '../process/interrupt.ts'
import { chooseForm, createReporter, type OutputForm } from '../report-choice.ts'
import type { ExitCode, Wires } from '../wires.ts'
import { describeLines } from './describe-lines.ts'

/** The options of `plan` and `run` as commander gives them. */
export interface RunFlags {
  readonly inventory?: string[]
  readonly limit?: string
  readonly tags?: string[]
  readonly skipTags?: string[]
  readonly extraVars?: string[]
  readonly forks: string
  readonly diff?: boolean
  readonly verbose: number
  readonly output?: OutputForm
  readonly startAtTask?: string
  readonly listHosts?: boolean
  readonly listTasks?: boolean
  readonly syntaxCheck?: boolean
  readonly check?: boolean
  readonly reason?: string
  /** plan: where to keep it. */
  readonly save?: string
  /** run: the saved plan to apply. */
  readonly plan?: string
  /** A file; false = --no-ledger. */
  readonly ledger?: string | false
}

interface Call {
  playbooks: string[]
  mode: 'plan' | 'run'
  options: RunFlags
  wires: Wires
}

/** `weft plan` and `weft run`. Throws FailureError (invalid) for a wrong command line; the run itself never throws. */
export async function runCommand(given: Call): Promise<ExitCode> {
  const { options, wires } = given
  const saved =
    options.plan === undefined ? null : (await import('./plan-file.ts')).readPlan(options.plan, wires.folder)
  if (saved) refuseBesidePlan(given)
  const call = saved ? { ...given, playbooks: playbooksOf(given, saved) } : given
  if (call.playbooks.length === 0) throw noPlaybook()
  const chosen = { ...(await readOptions(call)), ...(saved ? scopeOf(saved) : {}) }
  const [engine, doors] = await Promise.all([wires.engine(), wires.doors()])
  if (options.listHosts || options.listTasks || options.syntaxCheck) {
    const description = await engine.describe(chosen, doors.modules)
    for (const line of describeLines(description, options)) wires.out.write(`${visible(line)}\n`)
    return 0
  }
  return carryOut({ call, chosen, doors, engine, saved })
}

interface Carrying {
  readonly call: Call
  readonly chosen: Omit<RunOptions, 'stop' | 'abort'>
  readonly doors: Awaited<ReturnType<Wires['doors']>>
  readonly engine: Awaited<ReturnType<Wires['engine']>>
  readonly saved: PlanDocument | null
}

async function carryOut({ call, chosen, doors, engine, saved }: Carrying): Promise<ExitCode> {
  const { options, wires } = call
  const { mode } = chosen
  const reporter = await createReporter(chooseForm(options.output, wires), {
    wires,
    diff: chosen.diff,
    verbosity: chosen.verbosity,
  })
  const ledger = await (await wires.journal()).openLedger({ file: ledgerOf(options.ledger, { mode, wires }), mode })
  const { whoHere, commitOf } = await wires.origin()
  const repository = dirname(resolve(wires.folder, call.playbooks[0] ?? '.'))
  const interrupt = listenForInterrupt(text => {
    if (!reporter.notice?.(text)) wires.err.write(`\n${text}\n`)
  }, wires.environment)
  const all = {
    ...doors,
    emit: reporter.emit,
    ledger,
    who: whoHere(wires.environment),
    commit: () => commitOf(repository, wires.environment),
  }
  try {
    const asked = { ...chosen, stop: interrupt.stop, abort: interrupt.abort }
    const reviewed = saved
      ? await (await import('./reviewed.ts')).holdsStill(saved, { engine, options: asked, doors: all })
      : null
    const keeps = options.save === undefined ? {} : { keepsPlan: {} }
    const end = await engine.execute({ ...asked, ...keeps, ...(reviewed ? { reviewed } : {}) }, all)
    await reporter.end()
    if (options.save !== undefined) await keepPlan(options.save, end, wires)
    return end.exit
  } finally {
    await ledger.close()
    interrupt.release()
  }
}

/** A plan that is not whole is not kept: what it lacks nobody has seen. */
async function keepPlan(file: string, { plan, exit }: RunEnd, wires: Wires): Promise<void> {
  if (!plan || exit === 1) {
    wires.err.write('The plan was not saved: it is not complete.\n')
    return
  }
  const { document } = plan
  ;(await import('./plan-file.ts')).savePlan(file, document, wires.folder)
  wires.err.write(`Saved to ${file}, digest ${document.digest.slice(0, 12)}. Apply it: weft run --plan ${file}\n`)
}

/** What a saved plan says already; said otherwise beside it, one of the two would be passed over without a word. */
function refuseBesidePlan({ options }: Call): void {
  const given = {
    '--inventory': options.inventory,
    '--limit': options.limit,
    '--tags': options.tags,
    '--skip-tags': options.skipTags,
    '--start-at-task': options.startAtTask,
    '--check': options.check,
  }
  const [name] = Object.entries(given).find(([, value]) => value !== undefined) ?? []
  if (name === undefined) return
  throw new FailureError({
    code: 'invalid',
    message: `${name} cannot be given together with --plan: the saved plan already says what it covers`,
    remedy: 'Leave it out, or make another plan: weft plan … --save FILE.',
  })
}

function playbooksOf({ playbooks }: Call, saved: PlanDocument): string[] {
  if (playbooks.length === 0 || playbooks.join('\n') === saved.playbooks.join('\n')) return saved.playbooks
  throw new FailureError({
    code: 'invalid',
    message: `The plan is for ${saved.playbooks.join(', ')}, not for ${playbooks.join(', ')}`,
    remedy: 'Leave the playbooks out: the plan already names them.',
  })
}

/** What a plan was made of, as it names it. */
function scopeOf({ inventory, limit, tags, skipTags, startAtTask }: PlanDocument): Partial<RunOptions> {
  return {
    inventory,
    tags,
    skipTags,
    ...(limit === null ? {} : { limit }),
    ...(startAtTask === null ? {} : { startAtTask }),
  }
}

function noPlaybook(): FailureError {
  return new FailureError({
    code: 'invalid',
    message: "error: missing required argument 'playbook'",
    remedy: 'Name a playbook, or a saved plan: weft run --plan FILE.',
  })
}

async function readOptions({ playbooks, mode, options, wires }: Call): Promise<Omit<RunOptions, 'stop' | 'abort'>> {
  const parseExtraVars = options.extraVars ? await wires.extraVars() : null
  const { loadSettings, repositoryOf } = await wires.settings()
  const settings = await loadSettings({
    environment: wires.environment,
    repositories: playbooks.map(playbook => repositoryOf(resolve(wires.folder, playbook))),
  })
  return {
    playbooks,
    inventory: options.inventory ?? defaultInventory(wires.folder),
    ...(options.limit === undefined ? {} : { limit: options.limit }),
    tags: splitTags(options.tags),
    skipTags: splitTags(options.skipTags),
    extraVars: parseExtraVars ? parseExtraVars(options.extraVars ?? [], wires.folder) : {},
    forks: readForks(options.forks),
    mode: options.check ? 'plan' : mode,
    // What a plan would do to a file is its diff.
    diff: options.diff === true || options.check === true || mode === 'plan',
    ...(options.startAtTask === undefined ? {} : { startAtTask: options.startAtTask }),
    folder: wires.folder,
    ...(options.reason === undefined ? {} : { reason: options.reason }),
    verbosity: options.verbose,
    allowInPlan: settings.allow_in_plan,
    roots: settings.roots,
    inventoryScripts: inventoryScripts(settings.inventory_scripts, wires),
  }
}

function ledgerOf(
  asked: string | false | undefined,
  { mode, wires }: { mode: 'plan' | 'run'; wires: Wires },
): string | null {
  if (asked !== false) return ledgerFile({ asked, environment: wires.environment, folder: wires.folder })
  if (mode === 'plan') return null
  throw new FailureError({
    code: 'invalid',
    message:
      '--no-ledger is for plans: a run records what it is about to change, so that it can be looked up and undone',
    remedy: 'Leave it out, or choose a place that can be written to with --ledger FILE.',
  })
}

/** inventory/ where there is one; a play of this machine needs none. */
function defaultInventory(folder: string): string[] {
  return existsSync(join(folder, 'inventory')) ? ['inventory/'] : []
}

function splitTags(tags: readonly string[] | undefined): string[] {
  return (tags ?? [])
    .flatMap(tag => tag.split(','))
    .map(tag => tag.trim())
    .filter(tag => tag !== '')
}

function readForks(text: string): number {
  const forks = Number(text)
  if (Number.isInteger(forks) && forks >= 1 && forks <= 1000) return forks
  throw new FailureError({
    code: 'invalid',
    message: `--forks takes a whole number from 1 to 1000, not '${text}'`,
    remedy: 'Leave it out for the default of 20.',
  })
}
