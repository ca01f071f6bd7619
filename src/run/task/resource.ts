import { setTimeout as sleep } from 'node:timers/promises'
import type { Device } from '../../model/device.ts'
import { type Failure, FailureError } from '../../model/failure.ts'
import type { Intent, Outcome } from '../../model/intent.ts'
import { differences, type Managed } from '../../model/managed.ts'
import type { ResourceModule } from '../../model/module.ts'
import type { Value } from '../../model/value.ts'
import { emit } from '../emit.ts'
import { failureOf } from '../interrupted.ts'
import { deviceFor } from '../target/connect.ts'
import { argumentsOf } from './arguments.ts'
import { intentOf } from './intent-of.ts'
import type { Scene } from './perform.ts'
import { registersNow, valuesNow } from './register-now.ts'
import { failedRound, type Round } from './result.ts'

/** What a resource module would do on a device, and how that reads. */
export interface Prepared {
  readonly device: Device
  readonly module: ResourceModule
  readonly args: unknown
  /** What the device was observed to be. */
  readonly state: unknown
  readonly intent: Intent
  readonly round: Round
}

/** Observes, plans and renders; nothing is sent. Arguments that are wrong throw, what the device answers is a failed round. */
export async function prepare(scene: Scene, module: ResourceModule): Promise<Prepared | Round> {
  const args = argumentsOf(scene, module)
  try {
    const device = await deviceFor(scene, module.kind, module.connection?.(args) ?? {})
    const state = await module.observe(device.read, args)
    const changes = differences(module.plan(state, args))
    const changed = changes.length > 0
    const intent = intentOf(scene, device, {
      title: scene.placed.task.name ?? scene.placed.task.action,
      differences: changes,
      commands: changed ? module.render(changes, args) : [],
      ...(module.unsaved?.(args) ? { unsaved: true } : {}),
    })
    const values: Record<string, Value> = { changed, ...module.result?.(changes, args, state) }
    const round: Round = { values, changed, ...shownChanges(scene, module, changes), intent: intent.id }
    return { device, module, args, state, round, intent }
  } catch (error) {
    return failedRound(failureOf(error))
  }
}

/** Texts are shown as the `diff` of the result, where one is asked for; everything else as its changes. */
function shownChanges(
  scene: Scene,
  module: ResourceModule,
  changes: readonly Managed[],
): Pick<Round, 'changes' | 'diff'> {
  if (!module.texts) return { changes: changes.map(change => module.show(change)) }
  if (!scene.diff) return {}
  const texts = changes.flatMap(change => module.texts?.(change) ?? [])
  return texts.length > 0 ? { diff: texts } : {}
}

export function isPrepared(prepared: Prepared | Round): prepared is Prepared {
  return 'device' in prepared
}

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

/** Makes planned changes visible to later tasks, unless the task says check_mode: true: then a run never makes them either. */
export function stage(scene: Scene, { device, intent }: Prepared): void {
  if (!scene.pretends) device.stage(intent.differences)
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
