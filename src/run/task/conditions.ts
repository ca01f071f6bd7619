import { setTimeout as sleep } from 'node:timers/promises'
import type { Failure } from '../../model/failure.ts'
import { type Scope, withData } from '../../model/scope.ts'
import type { Value } from '../../model/value.ts'
import type { Templar } from '../../playbook/template/templar.ts'
import { emit } from '../emit.ts'
import { failureOf } from '../interrupted.ts'
import type { Round } from './result.ts'
import type { Act, Scene } from './scene.ts'

/** Whether all conditions hold; the first false one ends it, so that `x is defined` guards what follows. */
export function holds(conditions: readonly Value[], templar: Templar, variables: Scope): boolean {
  return conditions.every(condition => templar.test(condition, variables))
}

/** changed_when and failed_when have the last word on a result that is not skipped. */
export function judged(scene: Scene, round: Round): Round {
  const { task } = scene.placed
  if (round.skipped) return round
  const base: Round = {
    ...round,
    values: { ...round.values, changed: round.changed, failed: round.failure !== undefined },
  }
  if (round.failure?.code === 'unreachable') return { ...base, values: { ...base.values, unreachable: true } }
  try {
    const withChanged = task.changedWhen ? changedBy(base, verdict(scene, task.changedWhen, base)) : base
    return task.failedWhen ? failedBy(withChanged, verdict(scene, task.failedWhen, withChanged)) : withChanged
  } catch (error) {
    return brokenBy(base, error)
  }
}

/** A round whose verdict cannot be told. What it changed stays changed. */
function brokenBy(round: Round, error: unknown): Round {
  const failure = round.failure ?? failureOf(error)
  return { ...round, failure, values: { ...round.values, failed: true, msg: failure.message } }
}

/** Repeats a round until the condition of its `until` holds or its retries are used up. */
export async function withRetries(scene: Scene, act: Act): Promise<Round> {
  const { task } = scene.placed
  const retries = Number(scene.templar.render(task.retries ?? 3, scene.variables) ?? 3)
  const delay = Number(scene.templar.render(task.delay ?? 5, scene.variables) ?? 5)
  for (let attempts = 1; ; attempts++) {
    const round = judged(scene, await act(scene))
    if (round.skipped) return round
    const counted = { ...round, values: { ...round.values, attempts } }
    try {
      if (verdict(scene, task.until ?? [], counted)) return counted
    } catch (error) {
      return brokenBy(counted, error)
    }
    if (scene.playRun.run.options.stop.aborted) return { ...usedUp(counted, attempts), failure: givenUp(attempts) }
    if (attempts > retries - 1) return usedUp(counted, attempts)
    emit(scene.playRun.run, {
      event: 'host-progress',
      host: scene.host,
      task: task.id,
      step: 'retrying',
      text: `not yet, ${retries - attempts} more tries`,
    })
    await sleep(Math.max(0, delay) * 1000, undefined, { signal: scene.playRun.run.options.abort })
  }
}

function usedUp(round: Round, attempts: number): Round {
  const failure = round.failure ?? {
    code: 'timeout' as const,
    message: `The condition of \`until\` did not hold in ${attempts} attempts.`,
  }
  return { ...round, failure, values: { ...round.values, failed: true } }
}

/** Ctrl-C ends the waiting too: a step of a hundred retries would not be ended by it otherwise. */
function givenUp(attempts: number): Failure {
  return {
    code: 'interrupted',
    message: `Stopped by the user after ${attempts} attempts; the condition of \`until\` did not hold yet.`,
  }
}

function verdict(scene: Scene, conditions: readonly Value[], round: Round): boolean {
  const name = scene.placed.task.register
  return holds(
    conditions,
    scene.templar,
    name ? withData(scene.variables, { [name]: round.values as Value }) : scene.variables,
  )
}

function changedBy(round: Round, changed: boolean): Round {
  return { ...round, changed, values: { ...round.values, changed } }
}

function failedBy(round: Round, failed: boolean): Round {
  const { failure, ...rest } = round
  const values = { ...round.values, failed, failed_when_result: failed }
  if (!failed) return { ...rest, values }
  return { ...rest, values, failure: failure ?? { code: 'failed', message: 'The condition of `failed_when` holds.' } }
}
