import { setTimeout as sleep } from 'node:timers/promises'
import type * as z from 'zod'
import type { LoopItem } from '../../model/event.ts'
import { type Failure, FailureError } from '../../model/failure.ts'
import { type Scope, withData } from '../../model/scope.ts'
import type { Value } from '../../model/value.ts'
import type { Templar } from '../../playbook/template/templar.ts'
import { failureOf } from '../interrupted.ts'
import { isPlan } from '../state.ts'
import { hostVariables, variablesFor } from '../variables/variables.ts'
import { holds, judged, withRetries } from './conditions.ts'
import { isHidden } from './hidden.ts'
import { conditionsOf, keyword } from './inherit.ts'
import { isTrue } from './is-true.ts'
import { type LoopRound, roundsOf } from './loop.ts'
import { failedRound, type Round, rawStatus, returnCode, skippedRound, type TaskResult } from './result.ts'
import type { Act, Job, Scene } from './scene.ts'

/**
 * Carries out a task on one host: its loop, conditions, retries and verdicts around `act`. Never throws; a mistake in an
 * expression outside of the action itself ends the whole loop, as in Ansible.
 */
export async function perform(job: Job, act: Act): Promise<TaskResult> {
  const started = performance.now()
  const templar = job.playRun.run.templarFor(job.placed.task.folders)
  let result: Omit<TaskResult, 'seconds'>
  try {
    result = await everyRound(job, templar, act)
  } catch (error) {
    result = whole(failedRound(failureOf(error)))
  }
  const seconds = (performance.now() - started) / 1000
  return { ...result, hidden: isHidden(job), seconds }
}

async function everyRound(job: Job, templar: Templar, act: Act): Promise<Omit<TaskResult, 'seconds'>> {
  const variables = variablesFor(job.playRun, job.host, job.placed)
  const rounds = loopRounds(job, templar, variables)
  if (rounds === 'skipped') return whole(skippedRound('Conditional result was False'))
  if (rounds === null) return whole(await oneRound({ job, templar, variables, round: 0 }, act))
  if (rounds.length === 0) return whole(skippedRound('No items in the list', { results: [] }))
  const pause = Number(templar.render(job.placed.task.loop?.control.pause ?? 0, variables)) || 0
  const done: Round[] = []
  const items: Item[] = []
  for (const round of rounds) {
    if (pause > 0 && done.length > 0) await sleep(pause * 1000, undefined, { signal: job.playRun.run.options.abort })
    const own = variablesFor(job.playRun, job.host, job.placed, round.variables)
    const result = await oneRound({ job, templar, variables: own, round: done.length }, act)
    const label = labelOf({ job, templar, round })
    const told = label instanceof FailureError ? withoutLabel(result, label.failure) : result
    done.push({ ...told, values: { ...told.values, ...registeredLoop(round) } })
    items.push(itemOf(told, label instanceof FailureError ? round.item : label))
  }
  return summary(done, items)
}

/** The loop's rounds; a list that cannot be made does not matter when the condition is false without an item. */
function loopRounds(job: Job, templar: Templar, variables: Scope): LoopRound[] | null | 'skipped' {
  try {
    return roundsOf(job.placed.task, templar, variables)
  } catch (error) {
    try {
      if (!holds(conditionsOf(job.placed), templar, variables)) return 'skipped'
    } catch {}
    throw error
  }
}

async function oneRound(
  { job, templar, variables, round }: { job: Job; templar: Templar; variables: Scope; round: number },
  act: Act,
): Promise<Round> {
  const { playRun, placed } = job
  await playRun.run.breath()
  playRun.run.options.abort.throwIfAborted()
  if (!holds(conditionsOf(placed), templar, variables)) return skippedRound('Conditional result was False')
  const rendered = (name: Parameters<typeof keyword>[2]) => {
    const written = keyword(placed, playRun.play, name)
    return written === null ? null : templar.render(written, variables)
  }
  const delegate = rendered('delegateTo')
  const check = rendered('checkMode')
  const diff = rendered('diff')
  const scene: Scene = {
    ...job,
    templar,
    variables: delegate === null ? variables : withDelegate(job, { templar, variables, delegate: String(delegate) }),
    // A keyword can close the door, never open it.
    check: isPlan(playRun.run) || (check !== null && isTrue(check)),
    pretends: check !== null && isTrue(check),
    insists: check !== null && !isTrue(check),
    diff: diff === null ? playRun.run.options.diff : isTrue(diff),
    delegate: delegate === null ? null : String(delegate),
    round,
  }
  const result = placed.task.until ? await withRetries(scene, act) : judged(scene, await act(scene))
  return delegate === null ? result : { ...result, delegate: String(delegate) }
}

/** ansible_delegated_vars: what the delegate's own variables are, computed only when a template asks. */
function withDelegate(
  { playRun }: Job,
  { templar, variables, delegate }: { templar: Templar; variables: Scope; delegate: string },
): Scope {
  const delegated = {
    get [delegate]() {
      const own = hostVariables(playRun.run, delegate)
      return own ? templar.everything(own) : {}
    },
  }
  return withData(variables, { ansible_delegated_vars: delegated })
}

function summary(done: readonly Round[], items: readonly Item[]): Omit<TaskResult, 'seconds'> {
  const failed = done.find(round => round.failure)
  const changed = done.some(round => round.changed)
  const skipped = done.every(round => round.skipped)
  const values: Record<string, Value> = { results: done.map(round => round.values), changed }
  if (skipped) Object.assign(values, { skipped: true, msg: 'All items skipped' })
  else values.msg = failed ? 'One or more items failed' : 'All items completed'
  if (failed) values.failed = true
  else if (!skipped) values.failed = false
  return {
    values,
    changed,
    skipped,
    rounds: done,
    items,
    changes: done.flatMap(round => round.changes ?? []),
    diff: done.flatMap(round => round.diff ?? []),
    ...(failed?.failure ? { failure: failed.failure } : {}),
  }
}

type Item = z.infer<typeof LoopItem>

function itemOf(round: Round, item: Value): Item {
  const rc = returnCode(round.values)
  return {
    item,
    status: rawStatus(round),
    ...(round.shown === undefined || round.skipped ? {} : { msg: round.shown }),
    ...(rc ? { rc } : {}),
    ...(round.failure ? { failure: round.failure } : {}),
  }
}

/** How reports call a round; why they cannot, where the template of its label is wrong. */
function labelOf({ job, templar, round }: { job: Job; templar: Templar; round: LoopRound }): Value | FailureError {
  const label = job.placed.task.loop?.control.label
  // Without a label it is '{{ item }}', and Ansible makes a truth value of a text that says one.
  if (label === undefined) return round.item === 'True' || round.item === 'False' ? round.item === 'True' : round.item
  try {
    return templar.render(label, variablesFor(job.playRun, job.host, job.placed, round.variables))
  } catch (error) {
    return new FailureError(failureOf(error), error)
  }
}

/** As in Ansible, a round has failed that cannot be called by its label; what it changed stays. */
function withoutLabel(round: Round, why: Failure): Round {
  if (round.failure) return round
  const failure = { ...why, message: `Failed to template loop_control.label: ${why.message}` }
  return { ...round, skipped: false, failure, values: { ...round.values, failed: true, msg: failure.message } }
}

/** What a loop's result says of each round. */
function registeredLoop(round: LoopRound): Record<string, Value> {
  const { ansible_loop_var: name, ansible_index_var: index } = round.variables
  return {
    ansible_loop_var: name as Value,
    [String(name)]: round.item,
    ...(index ? { ansible_index_var: index, [String(index)]: round.variables[String(index)] as Value } : {}),
  }
}

function whole(round: Round): Omit<TaskResult, 'seconds'> {
  return { ...round, rounds: [round] }
}
