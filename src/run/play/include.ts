import { createHash } from 'node:crypto'
import { dirname } from 'node:path'
import { FailureError } from '../../model/failure.ts'
import type { Block, Step, Task } from '../../model/play.ts'
import { layered, written, writtenOf } from '../../model/scope.ts'
import { isMapping, type Value, type Variables } from '../../model/value.ts'
import { shortAction } from '../../playbook/read/actions.ts'
import { loadRole, loadTasks } from '../../playbook/read/load.ts'
import { roleFiles } from '../../playbook/read/role-files.ts'
import { pooled } from '../pass/pool.ts'
import { type Lane, type PlayRun, stateOf } from '../state.ts'
import { conclude } from '../task/conclude.ts'
import { isTrue } from '../task/is-true.ts'
import { perform } from '../task/perform.ts'
import { failedRound, type IncludeRequest, type Round, type TaskResult } from '../task/result.ts'
import { says } from '../task/says.ts'
import type { Scene } from '../task/scene.ts'
import { refuseUntrusted } from '../variables/trusted-file.ts'
import { announce } from './announce.ts'
import { enter } from './cursor.ts'
import { afterFailures } from './fatal.ts'
import { guarded } from './guarded.ts'
import { flatten, type Placed, type PlacedTask, place } from './place.ts'
import { isWanted } from './selection.ts'

/**
 * Reads the files (or roles) that an include names for each host, and puts their tasks next. Hosts that include the same file with the
 * same variables run it together; different ones come one after the other. A file that cannot be read fails its hosts only.
 */
export async function runInclude(lane: Lane, placed: PlacedTask, hosts: readonly string[]): Promise<void> {
  const { playRun } = lane
  await guarded(playRun, { placed, hosts }, () => includeFor(lane, placed, hosts))
  afterFailures(playRun, placed, hosts)
}

async function includeFor(lane: Lane, placed: PlacedTask, hosts: readonly string[]): Promise<void> {
  const { playRun } = lane
  const runOnce = says({ playRun, placed, host: hosts[0] ?? '' }, 'runOnce')
  const runners = runOnce ? hosts.slice(0, 1) : hosts
  announce(playRun, placed, runners)
  const results = await pooled(runners, playRun.run.options.forks, async host => ({
    host,
    result: await perform({ playRun, placed, host }, requestOf),
  }))
  const files = new Map<string, Promise<Placed[] | FailureError>>()
  const entering = new Map<string, Placed[]>()
  for (const { host, result } of results) {
    const loaded = await loadAll(playRun, { placed, host, result, files })
    const everyone = runOnce ? hosts : [host]
    if (loaded instanceof FailureError) concludeBroken(playRun, { placed, host, result, error: loaded })
    else {
      conclude({ playRun, placed, host }, result, everyone.slice(1))
      for (const each of everyone) entering.set(each, loaded)
    }
  }
  const all = await Promise.all(files.values())
  lane.order.splice(lane.next, 0, ...all.flatMap(steps => (steps instanceof FailureError ? [] : flatten(steps))))
  for (const [host, steps] of entering) {
    const cursor = playRun.cursors.get(host)
    if (cursor && steps.length > 0) enter(cursor, steps)
  }
}

/** The steps of all rounds of a host's include; rounds that name the same thing twice get copies of their own. */
async function loadAll(
  playRun: PlayRun,
  {
    placed,
    host,
    result,
    files,
  }: { placed: PlacedTask; host: string; result: TaskResult; files: Map<string, Promise<Placed[] | FailureError>> },
): Promise<Placed[] | FailureError> {
  const times = new Map<string, number>()
  const steps: Placed[] = []
  for (const round of result.rounds) {
    if (!round.include || round.failure) continue
    const name = JSON.stringify(round.include)
    const time = (times.get(name) ?? 0) + 1
    times.set(name, time)
    const key = `${time} ${name}`
    const loading = files.get(key) ?? load(playRun, { placed, request: round.include, time })
    files.set(key, loading)
    const loaded = await loading
    if (loaded instanceof FailureError) return loaded
    steps.push(...loaded)
    exposeRole(playRun, placed, host)
  }
  return steps
}

function concludeBroken(
  playRun: PlayRun,
  { placed, host, result, error }: { placed: PlacedTask; host: string; result: TaskResult; error: FailureError },
): void {
  const round = failedRound(error.failure)
  conclude({ playRun, placed, host }, { ...result, ...round, rounds: [round] })
}

async function load(
  playRun: PlayRun,
  { placed, request, time }: { placed: PlacedTask; request: IncludeRequest; time: number },
): Promise<Placed[] | FailureError> {
  const { task } = placed
  if (isCircle(playRun, placed, request)) return circle(task, request)
  const options = {
    modules: playRun.run.doors.modules,
    folders: task.folders,
    playbookFolder: dirname(playRun.play.source.file),
    within: `${task.id}>${keyOf(request)}${time === 1 ? '' : `~${time}`}>`,
    known: { ...writtenOf(playRun.variables), ...playRun.run.options.extraVars },
    check: (file: string) => refuseUntrusted(file, { trust: playRun.run.trust, folders: task.folders, what: 'Tasks' }),
    ...(task.role ? { role: task.role } : {}),
  }
  try {
    const role = isRole(task) ? await loadRole(request.file, { ...options, files: roleFiles(argsOf(task)) }) : null
    const steps = role ? role.tasks : await loadTasks(request.file, options)
    if (role && isTrue(argsOf(task).public ?? false))
      playRun.publicRoles.set(placed, { ...role.defaults, ...role.vars })
    const inner = includeBlock(task, steps, role?.vars ?? {})
    if (role) playRun.defaults.set(inner, role.defaults)
    const outer = includeBlock(task, [inner], task.vars)
    playRun.includes.add(outer)
    playRun.includedBy.set(outer, request.variables)
    playRun.included.set(outer, `${isRole(task)} ${request.file}`)
    return place([outer], placed.parents, (each, parents) => isWanted(playRun, each, parents))
  } catch (error) {
    if (error instanceof FailureError) return error
    throw error
  }
}

/** Tells what a task includes apart: hosts may include other files, or the same with other variables. */
function keyOf(request: IncludeRequest): string {
  return createHash('sha256').update(JSON.stringify(request)).digest('hex').slice(0, 8)
}

/** An include may include itself (a retry until something holds), but not without end. */
const DEEPEST = 50

function isCircle(playRun: PlayRun, { task, parents }: PlacedTask, { file }: IncludeRequest): boolean {
  const includes = parents.filter(block => playRun.includes.has(block))
  return includes.length >= DEEPEST && includes.some(block => playRun.included.get(block) === `${isRole(task)} ${file}`)
}

function circle(task: Task, { file }: IncludeRequest): FailureError {
  return new FailureError({
    code: 'invalid',
    message: `${task.action}: ${file} includes itself: stopped after ${DEEPEST} rounds.`,
    at: task.at,
    remedy: 'Break the circle, or give the include a condition that ends it sooner.',
  })
}

function exposeRole(playRun: PlayRun, placed: PlacedTask, host: string): void {
  const variables = playRun.publicRoles.get(placed)
  if (!variables) return
  const state = stateOf(playRun.run, host)
  state.included = layered([written(variables), state.included])
}

/** What one round asks for: nothing is read yet. */
async function requestOf(scene: Scene): Promise<Round> {
  const { task } = scene.placed
  const args = scene.templar.render(task.args, scene.variables)
  const named = isMapping(args) ? args : { file: args, name: args }
  const file = named.file ?? named.name ?? named._raw_params
  if (typeof file !== 'string' || file === '') return failedRound(missingFile(task))
  const names = [
    task.loop?.control.loop_var ?? 'item',
    'ansible_loop_var',
    'ansible_index_var',
    task.loop?.control.index_var,
    'ansible_loop',
  ]
  const { values } = scene.variables
  const loop = task.loop ? names.filter(name => typeof name === 'string').filter(name => name in values) : []
  const variables = Object.fromEntries(loop.map(name => [name, values[name] as Value]))
  return {
    values: { include: file, changed: false },
    changed: false,
    include: { kind: isRole(task) ? 'role' : 'tasks', file, variables },
  }
}

/** `apply` gives its keywords to all included tasks; the include's own `when` and tags stay with the include. */
function includeBlock(task: Task, tasks: readonly Step[], vars: Variables): Block {
  const apply = argsOf(task).apply
  const given = isMapping(apply) ? apply : {}
  const list = (value: Value | undefined) =>
    value === undefined || value === null ? [] : Array.isArray(value) ? value : [value]
  return {
    type: 'block',
    id: `${task.id}>`,
    name: null,
    tags: list(given.tags)
      .flatMap(tag => String(tag).split(','))
      .map(tag => tag.trim()),
    vars: { ...(isMapping(given.vars) ? given.vars : {}), ...vars },
    when: list(given.when),
    ignoreErrors: given.ignore_errors ?? null,
    runOnce: given.run_once ?? null,
    delegateTo: given.delegate_to ?? null,
    checkMode: given.check_mode ?? null,
    diff: given.diff ?? null,
    noLog: given.no_log ?? null,
    ...(given.environment === undefined ? {} : { environment: given.environment }),
    source: task.source,
    at: task.at,
    tasks,
    rescue: [],
    always: [],
  }
}

function isRole(task: Task): boolean {
  return shortAction(task.action) === 'include_role'
}

function argsOf(task: Task): Record<string, Value> {
  return isMapping(task.args) ? task.args : {}
}

function missingFile(task: Task) {
  return { code: 'invalid' as const, message: `${task.action} must specify a file or role.`, at: task.at }
}
