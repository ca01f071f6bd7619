import type { FailureError } from '../../model/failure.ts'
import { isResource, type Module, type ResourceModule } from '../../model/module.ts'
import type { Value } from '../../model/value.ts'
import { advance, type Cursor, current, isGuarded } from '../play/cursor.ts'
import type { PlacedTask } from '../play/place.ts'
import { isPlan, type PlayRun } from '../state.ts'
import { conclude, concludeThrown, register } from '../task/conclude.ts'
import { actFor } from '../task/dispatch.ts'
import { keyword } from '../task/inherit.ts'
import { perform } from '../task/perform.ts'
import { isPrepared, type Prepared, prepare, stage } from '../task/prepare.ts'
import { mentions, registersNow } from '../task/register-now.ts'
import { failedRound, type TaskResult } from '../task/result.ts'
import type { Act, Job } from '../task/scene.ts'
import { drop, flush, type Pending, snapshotOf } from './flush.ts'
import { prefetch, waitsToSettle } from './prefetch.ts'

export interface HostPass {
  readonly playRun: PlayRun
  readonly host: string
  readonly pass: readonly PlacedTask[]
  /** Told once per task, when the host reaches it. */
  readonly arrive: (placed: PlacedTask) => void
}

/**
 * One host through a pass. What resource tasks would write is kept and sent together: at the end, or before a task that needs to know
 * the true outcome. Until then results are provisional, and an earlier failure undoes what was assumed after it.
 */
export async function runHostPass(hostPass: HostPass): Promise<void> {
  const { playRun, host, pass } = hostPass
  const cursor = playRun.cursors.get(host)
  if (!cursor) return
  const pending: Pending[] = []
  try {
    await goThrough(hostPass, cursor, pending)
  } catch (error) {
    // A defect of weft or of a module, beside the task's own work: the truth of what came before it first.
    if (!(await flush(playRun, host, pending))) return
    const placed = current(cursor)
    if (!placed || !pass.includes(placed)) throw error
    concludeThrown({ playRun, placed, host }, error)
  }
}

async function goThrough(hostPass: HostPass, cursor: Cursor, pending: Pending[]): Promise<void> {
  const { playRun, host, pass, arrive } = hostPass
  const members = new Set(pass)
  const unreachable = await prefetch(hostPass)
  for (;;) {
    if (playRun.run.options.stop.aborted || cursor.gone) return drop(playRun, host, pending)
    const placed = current(cursor)
    if (!placed || !members.has(placed)) {
      if (pending.length === 0 || (await flush(playRun, host, pending))) break
      continue
    }
    arrive(placed)
    const module = playRun.run.moduleNamed(placed.task.action) as Module
    const waits = mustKnow({ playRun, placed, host }, module)
    if (pending.length > 0 && (waits || leavesGuard(pending, placed) || mentions(placed, unsure(pending)))) {
      await flush(playRun, host, pending)
      continue // the truth may have moved the host elsewhere
    }
    const writes: Prepared[] = []
    const act = unreachable
      ? refuse(unreachable)
      : waits
        ? actFor(playRun.run, placed.task).act
        : buffering(module, writes)
    const result = await perform({ playRun, placed, host }, act)
    if (pending.length + writes.length === 0) conclude({ playRun, placed, host }, result)
    else await take({ hostPass, placed, pending, writes, result })
  }
}

/** A result that nothing uncertain comes before is concluded; another waits for the flush, and is believed until then. */
async function take({
  hostPass: { playRun, host },
  placed,
  pending,
  writes,
  result,
}: {
  hostPass: HostPass
  placed: PlacedTask
  pending: Pending[]
  writes: readonly Prepared[]
  result: TaskResult
}): Promise<void> {
  const job = { playRun, placed, host }
  if (result.failure && pending.length > 0) {
    await flush(playRun, host, pending)
    const cursor = playRun.cursors.get(host)
    if (!cursor || current(cursor) !== placed) return
  }
  if (pending.length === 0 && writes.length === 0) {
    conclude(job, result)
    return
  }
  pending.push({ job, result, writes, before: snapshotOf(playRun, host) })
  if (result.failure) {
    await flush(playRun, host, pending)
    return
  }
  register(playRun, [host], { name: placed.task.register, values: result.values })
  const cursor = playRun.cursors.get(host)
  if (cursor) advance(cursor)
}

/** Plans and stages; what is to be written is added to `writes`. */
function buffering(module: Module, writes: Prepared[]): Act {
  return async scene => {
    if (!isResource(module)) throw new Error(`${module.name} is not a resource module`)
    const prepared = await prepare(scene, module)
    if (!isPrepared(prepared)) return prepared
    stage(scene, prepared)
    if (!prepared.round.changed) return prepared.round
    // A shut door needs no waiting.
    if (scene.check) await scene.playRun.run.door.pass(prepared.device, [prepared.intent])
    else writes.push(prepared)
    return prepared.round
  }
}

function refuse(error: FailureError): Act {
  return async () => failedRound(error.failure)
}

/** Tasks whose result decides something at once: they are written, and settled, by themselves. */
function mustKnow(job: Job, module: Module): boolean {
  const { playRun, placed } = job
  if (!isResource(module)) return true
  if (isPlan(playRun.run)) return false
  const ignores = keyword(placed, playRun.play, 'ignoreErrors')
  if (asksNow(module, placed.task.args)) return true
  if (placed.task.failedWhen !== null || (ignores !== null && ignores !== false)) return true
  return waitsToSettle(job, module)
}

/** A module that cannot tell stands alone: its task says what is wrong. */
function asksNow(module: ResourceModule, args: Value): boolean {
  try {
    return module.asksNow?.(args) ?? false
  } catch {
    return true
  }
}

/** The names under which pending tasks register what only their write will tell. */
function unsure(pending: readonly Pending[]): string[] {
  return pending.flatMap(({ job: { placed }, writes }) =>
    placed.task.register !== null && writes.some(prepared => registersNow(prepared, placed))
      ? [placed.task.register]
      : [],
  )
}

/** Whether the next task is outside of a block that would have caught a failure of what is pending. */
function leavesGuard(pending: readonly Pending[], placed: PlacedTask): boolean {
  const last = pending.at(-1) as Pending
  const { frames } = last.before
  return isGuarded({ frames: [...frames] }) && last.job.placed.parents.at(-1) !== placed.parents.at(-1)
}
