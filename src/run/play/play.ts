import { matchHosts, patternWarnings } from '../../inventory/pattern.ts'
import { FailureError } from '../../model/failure.ts'
import type { Block, Play, Task } from '../../model/play.ts'
import { positionOf } from '../../model/position.ts'
import type { Scope } from '../../model/scope.ts'
import type { Value } from '../../model/value.ts'
import { batches } from '../../rollout/batches.ts'
import { emit } from '../emit.ts'
import { pooled } from '../pass/pool.ts'
import { type HandlerEntry, isPlan, type Lane, type PlayRun, type Run } from '../state.ts'
import { isTrue } from '../task/is-true.ts'
import { playVariables } from '../variables/variables.ts'
import { ownPlayVariables } from '../variables/vars-files.ts'
import { where } from '../where.ts'
import { advance, type Cursor, current, cursorAt } from './cursor.ts'
import { runLane } from './lockstep.ts'
import { flatten, type Placed, type PlacedTask, place } from './place.ts'
import { gathersFacts, sectionsOf } from './sections.ts'
import { isWanted } from './selection.ts'
import { isStart } from './start-at.ts'
import { noteHosts, noteUnbegun, noteUndone } from './unreached.ts'

/**
 * Runs one play, batch after batch. False when the run must end: a whole batch is lost, or an error is fatal for all. A plan never ends
 * there: a reviewer wants to see what the other hosts and plays would do, and its exit code says that it is not complete.
 */
export async function runPlay(run: Run, play: Play, later: ReadonlySet<string> | null): Promise<boolean> {
  const variables = ownPlayVariables(run, play)
  const { name, pattern, all, hosts } = hostsOf(run, play, variables)
  const open = hosts.filter(host => !run.out.has(host))
  if (open.length === 0) {
    const at = where(run, positionOf(play.source, ['hosts']))
    for (const text of patternWarnings(run.inventory, pattern)) emit(run, { event: 'warning', text: `${at}: ${text}` })
    startPlay(run, { play, name, hosts: [] })
    return true
  }
  const waves = batches(open, serialOf(run, play, variables))
  for (const [at, batch] of waves.entries()) {
    if (run.options.stop.aborted || run.options.abort.aborted) {
      noteUnbegun(run.undone, name, batch)
      continue
    }
    startPlay(run, { play, name, hosts: batch })
    const gathers = await gathersFacts(run, play, batch)
    const { playRun, order } = batchOf(run, { play, name, variables, all, batch, later, gathers })
    if (run.startAtFound) run.startAt = null
    await runLanes(run, lanesOf(playRun, order, isFree(run, play, variables)))
    if (!isPlan(run) && (playRun.fatal || batch.every(host => run.out.has(host)))) {
      for (const wave of waves.slice(at + 1)) noteUnbegun(run.undone, name, wave)
      noteHosts(run, waves.slice(at + 1).flat())
      return false
    }
    if (playRun.ended) break
  }
  return true
}

/** The pattern and name of a play, rendered, and its hosts within --limit: as the inventory has them, and in the play's order. */
export function hostsOf(
  run: Run,
  play: Play,
  variables: Scope,
): { name: string; pattern: string; all: string[]; hosts: string[] } {
  const templar = run.templarFor(play.folders)
  const known = playVariables(run, variables)
  const rendered = templar.render(play.hosts, known)
  const pattern = Array.isArray(rendered) ? rendered.map(String).join(',') : String(rendered)
  const all = matchHosts(run.inventory, pattern, run.options.limit)
  const hosts = ordered(all, play, run)
  const name = play.name ? templar.renderName(play.name, known) : pattern
  return { name, pattern, all, hosts }
}

function ordered(hosts: string[], play: Play, run: Run): string[] {
  const order = play.order === undefined ? 'inventory' : String(play.order)
  if (order === 'sorted') return hosts.toSorted()
  if (order === 'reverse_sorted') return hosts.toSorted().reverse()
  if (order === 'reverse_inventory') return hosts.toReversed()
  if (order === 'shuffle') return hosts.toSorted((a, b) => hashOf(run.id + a) - hashOf(run.id + b))
  return hosts
}

function hashOf(text: string): number {
  return [...text].reduce((hash, letter) => (hash * 31 + letter.charCodeAt(0)) | 0, 7)
}

function serialOf(run: Run, play: Play, variables: Scope): (number | string)[] {
  const rendered = run.templarFor(play.folders).render(play.serial, playVariables(run, variables))
  const entries = (Array.isArray(rendered) ? rendered : [rendered]).flat() as Value[]
  return entries.map(entry => {
    if (typeof entry === 'number' || /^\s*\d+\s*%?\s*$/.test(String(entry))) return entry as number | string
    throw new FailureError({
      code: 'invalid',
      message: `serial: '${entry}' is neither a number of hosts nor a percentage.`,
      at: play.at,
    })
  })
}

/** Null where the play sets none. Throws FailureError (invalid) for what is no percentage. */
function percentageOf(run: Run, play: Play, variables: Scope): number | null {
  const written = play.maxFailPercentage
  if (written === undefined || written === null) return null
  const rendered = String(run.templarFor(play.folders).render(written, playVariables(run, variables)))
  if (/^\s*\d+(\.\d+)?\s*%?\s*$/.test(rendered)) return Number.parseFloat(rendered)
  throw new FailureError({
    code: 'invalid',
    message: `max_fail_percentage: '${rendered}' is no percentage.`,
    at: positionOf(play.source, ['max_fail_percentage']),
  })
}

function startPlay(run: Run, { play, name, hosts }: { play: Play; name: string; hosts: readonly string[] }): void {
  const { file, line, column } = play.at
  emit(run, { event: 'play-started', play: name, hosts: [...hosts], at: { file, line, column } })
}

function batchOf(
  run: Run,
  {
    gathers,
    ...parts
  }: Pick<PlayRun, 'play' | 'name' | 'variables' | 'all' | 'batch' | 'later'> & { gathers: boolean },
): { playRun: PlayRun; order: PlacedTask[] } {
  const { play, batch, variables } = parts
  const forced = play.forceHandlers
  const force =
    forced === undefined
      ? run.options.forceHandlers === true
      : isTrue(run.templarFor(play.folders).render(forced, playVariables(run, variables)))
  const steps = sectionsOf(play, { gathers, forced: force })
  const keep = (task: Task, parents: readonly Block[]) => isWanted({ run, play }, task, parents)
  const placed = place(steps, [], keep)
  const order = flatten(placed)
  const playRun: PlayRun = {
    ...parts,
    run,
    handlers: handlersOf(play),
    cursors: new Map(batch.map(host => [host, startOf(run, placed, order)])),
    notified: new Map(),
    left: new Set(),
    includes: new WeakSet(),
    included: new WeakMap(),
    includedBy: new WeakMap(),
    defaults: new WeakMap(),
    publicRoles: new Map(),
    ended: false,
    fatal: false,
    maxFailPercentage: percentageOf(run, play, variables),
  }
  return { playRun, order }
}

function handlersOf(play: Play): HandlerEntry[] {
  return flatten(place(play.handlers, [], () => true)).map(placed => ({ placed, task: placed.task }))
}

/** At the start, or with --start-at-task at the task of that name; a play without it is passed over. */
function startOf(run: Run, placed: readonly Placed[], order: readonly PlacedTask[]): Cursor {
  const cursor = cursorAt(placed)
  if (run.startAt === null) return cursor
  const target = order.find(entry => isStart(entry.task, run.startAt as string))
  for (let at = current(cursor); at && at !== target; at = current(cursor)) advance(cursor)
  if (target) run.startAtFound = true
  return cursor
}

function isFree(run: Run, play: Play, variables: Scope): boolean {
  if (play.strategy === undefined) return false
  const strategy = String(run.templarFor(play.folders).render(play.strategy, playVariables(run, variables)))
  return /(^|\.)(free|host_pinned)$/.test(strategy)
}

/** All hosts of the batch in step, or, where they are free, each at its own pace, with its handlers at its own flush. */
function lanesOf(playRun: PlayRun, order: readonly PlacedTask[], free: boolean): Lane[] {
  const lane = (hosts: readonly string[]): Lane => ({ playRun, hosts, free, order: [...order], next: 0 })
  return free ? playRun.batch.map(host => lane([host])) : [lane(playRun.batch)]
}

async function runLanes(run: Run, lanes: readonly Lane[]): Promise<void> {
  await pooled(lanes, run.options.forks, runLane)
  if (run.options.stop.aborted || run.options.abort.aborted) noteUndone(lanes)
}
