import { setTimeout as sleep } from 'node:timers/promises'
import { type Failure, FailureError } from '../../model/failure.ts'
import type { Outcome } from '../../model/intent.ts'
import type { ResourceModule } from '../../model/module.ts'
import { emit } from '../emit.ts'
import { failureOf } from '../interrupted.ts'
import { isPrepared, type Prepared, prepare, stage } from './prepare.ts'
import { registersNow, valuesNow } from './register-now.ts'
import type { Round } from './result.ts'
import type { Scene } from './scene.ts'

/** A resource task that stands alone: planned, and (in a run) written and settled before its result is given. */
export async function applyNow(scene: Scene, module: ResourceModule): Promise<Round> {
  const prepared = await prepare(scene, module)
  if (!isPrepared(prepared)) return prepared
  stage(scene, prepared)
  const { device, intent, round } = prepared
  if (round.changed) {
    const [outcome = { state: 'unsent' }] = await scene.playRun.run.door.pass(device, [intent])
    if (outcome.state !== 'applied') return withOutcome(round, outcome)
  }
  if (scene.check) return round
  const failure = await whyUnsettled(scene, prepared)
  const now = round.changed && registersNow(prepared, scene.placed) ? await valuesNow(prepared) : {}
  const values = { ...round.values, ...now }
  return failure ? { ...round, failure, values: { ...values, msg: failure.message } } : { ...round, values }
}

/**
 * A round with what became of its write: what was not applied is not called changed, but where the door of a plan stayed shut: there
 * it says what a run would change.
 */
export function withOutcome(round: Round, outcome: Outcome): Round {
  if (outcome.state === 'applied' || (outcome.state === 'shut' && !outcome.failure)) return round
  if (outcome.state === 'unsent') {
    const reason = 'Not sent: an earlier change of the same write was refused.'
    return { values: { changed: false, skipped: true, skip_reason: reason }, changed: false, skipped: true }
  }
  const failure = outcome.failure as Failure
  return {
    ...round,
    changed: false,
    changes: [],
    diff: [],
    failure,
    values: { ...round.values, changed: false, failed: true, msg: failure.message },
  }
}

/** Polls `settled` until it holds or the module's patience ends. Null when it holds. */
async function whyUnsettled(scene: Scene, { module, device, args }: Prepared): Promise<Failure | null> {
  if (!module.settled) return null
  const { run } = scene.playRun
  const patience = module.patience?.(args) ?? 60
  const deadline = performance.now() + patience * 1000
  for (let pause = 100; ; pause = Math.min(pause * 2, 2000)) {
    const verdict = await module.settled(device.read, args).catch(asFailure)
    if (verdict instanceof FailureError) return verdict.failure
    if (verdict.ok) return null
    const isLate = performance.now() >= deadline
    if (verdict.state === 'broken' || isLate || run.options.stop.aborted)
      return unsettled(verdict.because, isLate ? patience : null)
    emit(run, {
      event: 'host-progress',
      host: scene.host,
      task: scene.placed.task.id,
      step: 'settling',
      text: verdict.because,
    })
    await sleep(Math.min(pause, Math.max(0, deadline - performance.now())), undefined, { signal: run.options.abort })
  }
}

function asFailure(error: unknown): FailureError {
  return error instanceof FailureError ? error : new FailureError(failureOf(error), error)
}

function unsettled(because: string, waited: number | null): Failure {
  return {
    code: 'timeout',
    message: waited === null ? `It did not settle: ${because}.` : `It did not settle within ${waited} s: ${because}.`,
    aftermath: 'The changes were made and are still there.',
  }
}
