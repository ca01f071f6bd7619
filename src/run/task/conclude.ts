import type { RunEvent, Status } from '../../model/event.ts'
import type { Failure } from '../../model/failure.ts'
import type { Task } from '../../model/play.ts'
import { positionOf } from '../../model/position.ts'
import type { Value, Variables } from '../../model/value.ts'
import { emit } from '../emit.ts'
import { failureOf } from '../interrupted.ts'
import { advance, fail, leave } from '../play/cursor.ts'
import { notify } from '../play/handlers.ts'
import { type PlayRun, stateOf } from '../state.ts'
import { variablesFor } from '../variables/variables.ts'
import { applyEffects } from './effects.ts'
import { isHidden } from './hidden.ts'
import { count, emptyRecap, failedRound, rawStatus, returnCode, type TaskResult } from './result.ts'
import { says } from './says.ts'
import type { Job } from './scene.ts'

type HostResult = Omit<Extract<RunEvent, { event: 'host-result' }>, 'time'>

/**
 * What a result means: it is registered, counted and told, handlers are notified, and the host goes on, into its rescue, or out
 * of the play. `shared` are the hosts that a run_once result also holds for.
 */
export function conclude(job: Job, given: TaskResult, shared: readonly string[] = []): Status {
  const { playRun, host } = job
  const everyone = [host, ...shared]
  const ignored = isIgnored(job, given)
  const result = kept(job, { given, ignored, hosts: everyone })
  const status = settle(job, { result, ignored: result === given ? ignored : isIgnored(job, result), hosts: everyone })
  playRun.run.recaps.set(host, count(playRun.run.recaps.get(host) ?? emptyRecap(), status, result))
  if (result.changed) playRun.run.changed = true
  emit(playRun.run, resultEvent(job, result, status))
  return status
}

/** What was thrown beside a task's own work, as its failed result. */
export function concludeThrown(job: Job, error: unknown): Status {
  const round = failedRound(failureOf(error))
  return conclude(job, { ...round, rounds: [round], hidden: isHidden(job), seconds: 0 })
}

/** Keeps what a result leaves behind: what is registered, facts, handlers to run. A result whose handlers cannot be told is a failed one. */
function kept(
  job: Job,
  { given, ignored, hosts }: { given: TaskResult; ignored: boolean; hosts: readonly string[] },
): TaskResult {
  const { playRun, placed } = job
  const name = placed.task.register
  register(playRun, hosts, { name, values: given.values })
  if (given.failure && !ignored) return given
  try {
    applyEffects(job, given, hosts)
    if (given.changed) notify(job, hosts)
    return given
  } catch (error) {
    const failed = failedAfter(given, error)
    register(playRun, hosts, { name, values: failed.values })
    return failed
  }
}

/** The task itself went well: what it changed stays, and is shown. */
function failedAfter(result: TaskResult, error: unknown): TaskResult {
  const aftermath = result.changed ? { aftermath: 'What the task itself changed is in place.' } : {}
  const failure = result.failure ?? { ...aftermath, ...failureOf(error) }
  return { ...result, skipped: false, failure, values: { ...result.values, failed: true, msg: failure.message } }
}

/** Whether a failure is ignored. One whose keyword cannot be rendered is not. */
function isIgnored(job: Job, result: TaskResult): boolean {
  const status = rawStatus(result)
  const name = status === 'failed' ? 'ignoreErrors' : status === 'unreachable' ? 'ignoreUnreachable' : null
  if (name === null) return false
  try {
    return says(job, name)
  } catch {
    return false
  }
}

/** Moves the hosts and says what became of a failure: rescued, ignored, or final. */
function settle(
  job: Job,
  { result, ignored, hosts }: { result: TaskResult; ignored: boolean; hosts: readonly string[] },
): Status {
  const { playRun, host } = job
  const status = rawStatus(result)
  if (ignored || (status !== 'failed' && status !== 'unreachable')) {
    for (const each of hosts) {
      const cursor = playRun.cursors.get(each)
      if (cursor) advance(cursor)
    }
    return ignored ? 'ignored' : status
  }
  playRun.run.failedTasks.push(job.placed)
  if (status === 'unreachable') {
    const cursor = playRun.cursors.get(host)
    if (cursor) leave(cursor)
    goOut(playRun, host, 'unreachable')
    return status
  }
  let rescued = false
  for (const each of hosts) {
    const cursor = playRun.cursors.get(each)
    const where = cursor ? fail(cursor) : 'out'
    if (where === 'out') goOut(playRun, each, 'failed')
    else if (each === host) rescued = true
    if (where === 'rescued') register(playRun, [each], { name: 'ansible_failed_task', values: taskFacts(job) })
    if (where === 'rescued') register(playRun, [each], { name: 'ansible_failed_result', values: result.values })
  }
  return rescued ? 'rescued' : 'failed'
}

export function goOut(playRun: PlayRun, host: string, why: 'failed' | 'unreachable'): void {
  playRun.left.add(host)
  playRun.run.out.set(host, why)
}

export function register(
  playRun: PlayRun,
  hosts: readonly string[],
  { name, values }: { name: string | null; values: Readonly<Record<string, Value>> },
): void {
  if (!name) return
  for (const host of hosts) {
    const state = stateOf(playRun.run, host)
    state.facts = { ...state.facts, [name]: values as Value }
  }
}

function taskFacts({ placed }: Job): Variables {
  const { task } = placed
  return { name: task.name ?? '', action: task.action, args: task.args, tags: [...task.tags] }
}

function resultEvent(job: Job, result: TaskResult, status: Status): HostResult {
  const { task } = job.placed
  const { failure, items, changes, diff } = result
  const event: HostResult = {
    event: 'host-result',
    play: job.playRun.name,
    task: taskName(job),
    id: task.id,
    action: task.action,
    at: { file: task.at.file, line: task.at.line, column: task.at.column },
    host: job.host,
    status,
    seconds: Math.round(result.seconds * 1000) / 1000,
  }
  if (result.delegate) event.delegate = result.delegate
  if (result.hidden) {
    event.hidden = true
    if (failure) event.failure = hiddenFailure(failure)
    return event
  }
  const rc = returnCode(result.values)
  if (result.shown !== undefined && !items && !result.skipped) event.msg = result.shown
  if (rc !== undefined && !items) event.rc = rc
  if (items) event.items = [...items]
  if (changes?.length) event.changes = [...changes]
  if (diff?.length) event.diff = diff.map(entry => ({ ...entry }))
  if (failure) event.failure = located(failure, task)
  return event
}

/** A failure that does not say where it comes from comes from the task's arguments. */
function located(failure: Failure, task: Task): Failure {
  return failure.at ? failure : { ...failure, at: positionOf(task.source, task.argsPath) }
}

function hiddenFailure({ code, at }: Failure): Failure {
  return { code, message: 'The task failed; no_log hides why.', ...(at ? { at } : {}) }
}

/** The name as reports show it: templated, after its role's. */
export function taskName({ playRun, placed, host }: Job): string {
  const { task } = placed
  const name = task.name?.includes('{{')
    ? playRun.run.templarFor(task.folders).renderName(task.name, variablesFor(playRun, host, placed))
    : (task.name ?? task.action)
  return task.role ? `${task.role} : ${name}` : name
}
