import { relative, resolve } from 'node:path'
import { refuseEmptyLimit } from '../inventory/empty-limit.ts'
import { matchHosts } from '../inventory/pattern.ts'
import { thisProcess } from '../journal/process.ts'
import type { Recap } from '../model/event.ts'
import type { Failure } from '../model/failure.ts'
import type { PlanDocument } from '../model/plan.ts'
import type { Play } from '../model/play.ts'
import { loadPlaybook } from '../playbook/read/load.ts'
import { unknownHandlers } from './checks/unknown-handlers.ts'
import { unknownTags } from './checks/unknown-tags.ts'
import { secretsOf } from './door/secrets-of.ts'
import { emit } from './emit.ts'
import { failureOf, interruption } from './interrupted.ts'
import { createMask, type Mask } from './mask.ts'
import { nextCommand } from './next-command.ts'
import type { Doors, RunOptions } from './options.ts'
import { planDocument } from './plan/document.ts'
import { type Fingerprinting, fingerprintsOf } from './plan/fingerprint.ts'
import { openTasks } from './plan/open-tasks.ts'
import { reportEnded } from './play/ended.ts'
import { runPlay } from './play/play.ts'
import { unknownStart } from './play/start-at.ts'
import { noteHosts, noteUnbegun } from './play/unreached.ts'
import { newRunId, startRun } from './start.ts'
import { isPlan, type Run } from './state.ts'
import { rememberSecrets } from './variables/secrets.ts'
import { untilTold } from './variables/trusted-file.ts'
import { VERSION } from './version.ts'

export { type Description, describe } from './describe.ts'
export type { Doors, Open, RunOptions } from './options.ts'

export interface RunEnd {
  /** plan: 0 in sync, 2 changes, 1 error. run: 0, 1 failed, 3 unreachable, 4 invalid input. */
  readonly exit: number
  readonly hosts: Readonly<Record<string, Recap>>
  /** What ended the run before or outside of any task. */
  readonly failure?: Failure
  /** The command that retries what failed. */
  readonly next?: string
  /** Where it was asked for (keepsPlan): the plan as a document, and how its fingerprints are made. */
  readonly plan?: { readonly document: PlanDocument; readonly fingerprinted: Fingerprinting }
}

/** Plans or runs playbooks. Never throws: what went wrong is in the events and in the end. */
export async function execute(options: RunOptions, given: Doors): Promise<RunEnd> {
  const started = performance.now()
  let run: Run | null = null
  let failure: Failure | null = null
  let plays: readonly Play[] = []
  let begun = false
  const id = newRunId(given)
  const doors = recording(given, id)
  const commit = doors.commit()
  commit.catch(() => {})
  const { mode, playbooks: names } = options
  emit(
    { doors, mask: maskOf(options), options },
    { event: 'run-started', run: id, mode, playbooks: [...names], version: VERSION },
  )
  try {
    const start = { id, mode, playbooks: [...names], version: VERSION, time: doors.clock().toISOString() }
    run = await startRun(options, doors, id)
    const playbooks = await loadAll(options, doors)
    refuseEmptyLimit(run.inventory, options.limit)
    // What is not written down is not begun.
    await doors.ledger.begin({
      ...start,
      who: doors.who,
      commit: await commit,
      ...reasonOf(options),
      ...(options.reviewed ? { plan: options.reviewed.plan.digest } : {}),
      process: thisProcess(),
    })
    begun = true
    plays = playbooks.flat()
    warn(run, plays)
    await untilTold(run.trust)
    await runPlaybooks(run, playbooks)
    warnOfTheRest(run)
  } catch (error) {
    failure = failureOf(error)
  }
  if (run) {
    if (options.abort.aborted) await run.devices.abort()
    else if (plays.length > 0) reportEnded({ run, play: plays.at(-1) as Play, name: '' }, await run.devices.endAll())
  }
  await run?.leases.releaseAll()
  failure ??= interruption(options, run?.undone ?? [])
  const end = finish({ options, doors, run, failure, started })
  const plan = run && options.keepsPlan ? planOf(run, { plays, commit: await commit, by: doors.who }) : undefined
  if (begun) await keepEnd(run as Run, doors, { exit: end.exit, seconds: (performance.now() - started) / 1000 })
  return plan ? { ...end, plan } : end
}

function planOf(
  run: Run,
  { plays, commit, by }: { plays: readonly Play[]; commit: PlanDocument['commit']; by: string },
): NonNullable<RunEnd['plan']> {
  const { options, inventory, planned, mask, doors } = run
  const secrets = [...mask.secrets(), ...planned.flatMap(secretsOf)]
  const document = planDocument({
    options,
    inventory,
    planned,
    open: openTasks(plays, run.moduleNamed),
    secrets,
    commit,
    by,
    made: doors.clock().toISOString(),
    ...options.keepsPlan,
  })
  return { document, fingerprinted: fingerprintsOf(secrets, document.salt) }
}

/** What is odd about the inventory, the playbooks and the command line, before anything is done. */
function warn(run: Run, plays: readonly Play[]): void {
  const { options } = run
  const warnings = [
    ...run.inventory.warnings,
    ...unknownStart(plays, options.startAtTask),
    ...unknownTags(plays, [...options.tags, ...options.skipTags]),
    ...unknownHandlers(plays, file => relative(options.folder, file)),
  ]
  for (const text of warnings) emit(run, { event: 'warning', text })
}

/** What a run left out. */
function warnOfTheRest(run: Run): void {
  const { options, undone, startAt } = run
  if (undone.length > 0 && !options.stop.aborted && !options.abort.aborted)
    emit(run, { event: 'warning', text: `The run ended early. Not begun: ${undone.join('; ')}.` })
  if (startAt !== null && !run.startAtFound) emit(run, { event: 'warning', text: notStarted(startAt) })
}

/** Every event is kept too, but for those that only show that something is going on. */
function recording(doors: Doors, run: string): Doors {
  return {
    ...doors,
    emit: event => {
      doors.emit(event)
      if (event.event !== 'host-progress') doors.ledger.record(run, event)
    },
  }
}

function reasonOf({ reason }: RunOptions): { reason?: string } {
  return reason === undefined ? {} : { reason }
}

/** The work is done, whatever the ledger keeps of it. */
async function keepEnd(run: Run, { ledger }: Doors, end: { exit: number; seconds: number }): Promise<void> {
  try {
    await ledger.end(run.id, end)
  } catch (error) {
    emit(run, {
      event: 'warning',
      text: `The end of the run could not be recorded in the ledger: ${failureOf(error).message}`,
    })
  }
}

function loadAll(options: RunOptions, doors: Doors): Promise<Play[][]> {
  return Promise.all(
    options.playbooks.map(async (playbook, at) => {
      const { plays } = await loadPlaybook(resolve(options.folder, playbook), {
        modules: doors.modules,
        extraVars: options.extraVars,
        // Two playbooks may share their task files.
        within: at === 0 ? '' : `${at + 1}:`,
      })
      return plays
    }),
  )
}

/** Playbooks in order; one that failed is the last. A plan goes on with the hosts that are left: it shows as much as it can. */
async function runPlaybooks(run: Run, playbooks: readonly Play[][]): Promise<void> {
  for (const [index, plays] of playbooks.entries()) {
    for (const play of plays) rememberSecrets(run.mask, play.vars)
    for (const [at, play] of plays.entries()) {
      const rest = [...plays.slice(at + 1), ...playbooks.slice(index + 1).flat()]
      if (run.options.stop.aborted || run.options.abort.aborted) {
        for (const each of [play, ...rest]) noteUnbegun(run.undone, each.name ?? String(each.hosts))
        return
      }
      if (!(await runPlay(run, play, hostsOfPlays(run, rest)))) return leaveOut(run, rest)
    }
    if (run.out.size > 0 && !isPlan(run)) return leaveOut(run, playbooks.slice(index + 1).flat())
  }
}

function leaveOut(run: Run, plays: readonly Play[]): void {
  for (const play of plays) noteUnbegun(run.undone, play.name ?? String(play.hosts))
  noteHosts(run, hostsOfPlays(run, plays))
}

/** Hosts that plays name, as far as that can be known now; null when a pattern is a template. */
function hostsOfPlays(run: Run, plays: readonly Play[]): ReadonlySet<string> | null {
  const patterns = new Set(plays.map(play => JSON.stringify(play.hosts)))
  const hosts = new Set<string>()
  for (const pattern of patterns) {
    if (pattern.includes('{{')) return null
    try {
      for (const host of matchHosts(run.inventory, String(JSON.parse(pattern)), run.options.limit)) hosts.add(host)
    } catch {
      return null // a bad pattern is told when its play starts
    }
  }
  return hosts
}

function notStarted(name: string): string {
  return `The task '${name}' was never reached, so none was run: its play has no hosts here, or --tags leaves it out.`
}

function finish({
  options,
  doors,
  run,
  failure,
  started,
}: {
  options: RunOptions
  doors: Doors
  run: Run | null
  failure: Failure | null
  started: number
}): RunEnd {
  const hosts = run ? recapsOf(run) : {}
  const next = run ? nextCommand(run) : undefined
  const exit = exitOf(options, run, failure)
  const end = { exit, hosts, ...(failure ? { failure } : {}), ...(next ? { next } : {}) }
  const seconds = Math.round(performance.now() - started) / 1000
  emit(run ?? { doors, mask: maskOf(options), options }, { event: 'run-finished', seconds, ...end })
  return end
}

/** In the order of the inventory; hosts come to their end in any order. */
function recapsOf({ recaps, inventory }: Run): Record<string, Recap> {
  const places = new Map([...inventory.hosts.keys()].map((host, at) => [host, at]))
  const place = (host: string) => places.get(host) ?? places.size
  return Object.fromEntries([...recaps].toSorted(([a], [b]) => place(a) - place(b)))
}

/** Before there is a run, only the command line's secrets are known. */
function maskOf(options: RunOptions): Mask {
  const mask = createMask()
  rememberSecrets(mask, options.extraVars)
  return mask
}

function exitOf(options: RunOptions, run: Run | null, failure: Failure | null): number {
  const lost = [...(run?.out.values() ?? [])]
  if (options.mode === 'plan') return failure || lost.length > 0 ? 1 : run?.changed ? 2 : 0
  if (failure) return failure.code === 'invalid' ? 4 : 1
  if (lost.includes('failed')) return 1
  return lost.includes('unreachable') ? 3 : 0
}
