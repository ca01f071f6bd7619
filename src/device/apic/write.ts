import { type ApicChange, renderApic } from '../../diff/apic/change.ts'
import { attributeKind } from '../../diff/apic/classes.ts'
import { batchCommands, foldCommands } from '../../diff/apic/fold.ts'
import { dnOf } from '../../diff/apic/resource-id.ts'
import type { ApicCommand } from '../../model/apic.ts'
import type { Work } from '../../model/device.ts'
import { type Failure, FailureError, toFailure } from '../../model/failure.ts'
import type { Outcome } from '../../model/intent.ts'
import { inverse } from '../../model/managed.ts'
import type { Progress } from '../../model/progress.ts'

export interface ApicWriter {
  /** Posts a tree; throws FailureError. */
  readonly post: (path: string, body: unknown) => Promise<void>
  /** Reads whether the APIC holds these changes. */
  readonly holds: (changes: readonly ApicChange[]) => Promise<boolean>
  readonly classOf: (dn: string) => string | null
  readonly progress: Progress
}

interface Sent extends ApicCommand {
  readonly task: number
}

interface Sending {
  readonly work: readonly Work<'apic'>[]
  readonly writer: ApicWriter
}

/** Where a write ended: the task that failed, which of its objects are on the APIC, and why. */
interface Stop {
  readonly task: number
  readonly failure: Failure
  readonly applied: readonly Sent[]
}

/**
 * Sends the commands of several tasks as few trees. A refused tree is halved, in order, until the object at fault is known;
 * what stands before it stays, its own task is undone, what comes after is not sent.
 */
export async function writeApic(work: readonly Work<'apic'>[], writer: ApicWriter): Promise<Outcome[]> {
  const commands = work.flatMap(({ commands }, task) => commands.map(command => ({ ...command, task })))
  const applied: Sent[] = []
  for (const batch of batchCommands(commands)) {
    writer.progress('writing', `${batch.length} objects`)
    const stop = await send(batch, { work, writer })
    if (stop) return outcomes(work, await undoTask({ work, writer, stop, earlier: applied }))
    applied.push(...batch)
  }
  return work.map(() => ({ state: 'applied' as const }))
}

/** Sends a batch whole, or in halves when it is refused. Null = all applied. */
async function send(batch: readonly Sent[], { work, writer }: Sending): Promise<Stop | null> {
  const failure = await attempt(batch, writer)
  const [first] = batch
  if (!failure || !first) return null
  if (failure.code !== 'rejected') return lost(batch, failure, { work, writer })
  if (batch.length === 1) return { task: first.task, failure: blame(failure, first), applied: [] }
  const middle = cut(batch, failure)
  const head = batch.slice(0, middle)
  const stop = await send(head, { work, writer })
  if (stop) return stop
  const later = await send(batch.slice(middle), { work, writer })
  return later && { ...later, applied: [...head.filter(command => command.task === later.task), ...later.applied] }
}

/**
 * One POST. A batch that needs several (objects of unknown classes) is not one transaction, so it is not sent but counts as
 * refused: its halves are.
 */
async function attempt(batch: readonly Sent[], writer: ApicWriter): Promise<Failure | null> {
  const [post, ...more] = foldCommands(batch, writer.classOf)
  if (!post) return null
  if (more.length > 0) return { code: 'rejected', message: 'Not one tree.' }
  try {
    await writer.post(`/api/mo/${post.dn}.json`, post.body)
    return null
  } catch (error) {
    return withoutSecrets(toFailure(error), batch)
  }
}

/** The APIC repeats a value that it refuses. */
function withoutSecrets(failure: Failure, batch: readonly Sent[]): Failure {
  if (!failure.device) return failure
  const secrets = batch.flatMap(command =>
    Object.entries(command.attributes)
      .filter(([name, value]) => value !== '' && attributeKind(command.class, name) === 'secret')
      .map(([, value]) => value),
  )
  const said = secrets.reduce((text, secret) => text.replaceAll(secret, '********'), failure.device.said)
  return { ...failure, device: { ...failure.device, said } }
}

/** The answer to a POST was lost, or there was no room for it: look whether it was taken. */
async function lost(batch: readonly Sent[], failure: Failure, { work, writer }: Sending): Promise<Stop | null> {
  const task = batch[0]?.task ?? 0
  const unwritten = { task, failure: { ...failure, aftermath: 'Nothing of this task was written.' }, applied: [] }
  if (failure.code === 'denied' || failure.code === 'busy') return unwritten
  try {
    if (await writer.holds(changesOf(batch, work))) return null
    // It reads well and did not take the POST: once more is safe, a tree POST says what should be and not what to add.
    const again = await attempt(batch, writer)
    return again && { ...unwritten, failure: { ...unwritten.failure, ...again } }
  } catch {
    const aftermath = 'Whether this task and the ones sent with it were written is not known: plan again to see.'
    return { task, failure: { ...failure, aftermath }, applied: [] }
  }
}

function changesOf(batch: readonly Sent[], work: readonly Work<'apic'>[]): ApicChange[] {
  return batch.flatMap(({ task, dn }) =>
    ((work[task]?.differences ?? []) as readonly ApicChange[]).filter(change => dnOf(change) === dn),
  )
}

/** Where to halve: before the object that the APIC names, or between tasks, or in the middle of one. */
function cut(batch: readonly Sent[], failure: Failure): number {
  const said = failure.device?.said ?? ''
  const named = batch.findIndex(command => mentions(said, command.dn))
  if (named > 0) return named
  if (named === 0) return 1
  const middle = Math.ceil(batch.length / 2)
  const task = batch[middle]?.task
  const start = batch.findIndex(command => command.task === task)
  return start > 0 ? start : middle
}

/** Whether a text names a dn, and not one that is longer. */
function mentions(text: string, dn: string): boolean {
  const at = text.indexOf(dn)
  return at !== -1 && !/[\w/[\]:-]/.test(text[at + dn.length] ?? ' ')
}

function blame(failure: Failure, command: Sent): Failure {
  return {
    ...failure,
    message: `The APIC refused to ${command.delete ? 'delete' : 'write'} ${command.dn} (${command.class}).`,
    device: { said: failure.device?.said ?? failure.message, line: command.dn, context: [command.class] },
    remedy:
      failure.remedy ?? 'Correct the object in the playbook; what the APIC said tells the attribute or the relation.',
  }
}

interface Undo {
  readonly work: readonly Work<'apic'>[]
  readonly writer: ApicWriter
  readonly stop: Stop
  readonly earlier: readonly Sent[]
}

/** Undoes what the failing task already wrote, and says so. */
async function undoTask({ work, writer, stop, earlier }: Undo): Promise<Stop> {
  const mine = [...earlier.filter(command => command.task === stop.task), ...stop.applied]
  if (mine.length === 0) {
    return { ...stop, failure: { aftermath: 'Nothing of this task was written.', ...stop.failure } }
  }
  const dns = new Set(mine.map(command => command.dn))
  const changes = (work[stop.task]?.differences ?? []) as readonly ApicChange[]
  const undone = inverse(changes.filter(change => dns.has(dnOf(change))))
  writer.progress('undoing', `${undone.length} objects`)
  try {
    for (const batch of batchCommands(renderApic(undone))) {
      for (const { dn, body } of foldCommands(batch, writer.classOf)) await writer.post(`/api/mo/${dn}.json`, body)
    }
    return { ...stop, failure: { ...stop.failure, aftermath: undoneText(undone, changes) } }
  } catch (error) {
    return { ...stop, failure: { ...stop.failure, aftermath: stuckText(error, [...dns]) } }
  }
}

/** Takes back changes that were made, the last first. Null = all are undone. */
export async function takeBack(
  changes: readonly ApicChange[],
  { post, classOf, progress }: Omit<ApicWriter, 'holds'>,
): Promise<Failure | null> {
  if (changes.length === 0) return null
  progress('undoing', `${changes.length} objects`)
  try {
    for (const batch of batchCommands(renderApic(inverse(changes)))) {
      for (const { dn, body } of foldCommands(batch, classOf)) await post(`/api/mo/${dn}.json`, body)
    }
    return null
  } catch (error) {
    return { ...toFailure(error), aftermath: stuckText(error, [...new Set(changes.map(dnOf))]) }
  }
}

function undoneText(undone: readonly ApicChange[], changes: readonly ApicChange[]): string {
  const lost = changes.filter(change => change.oneWay && undone.some(other => other.id === change.id))
  const text = `What this task had written before it is undone (${undone.length === 1 ? '1 object' : `${undone.length} objects`}).`
  return lost.length === 0
    ? text
    : `${text} Except: ${lost.map(change => `${dnOf(change)}: ${change.oneWay}`).join('; ')}.`
}

function stuckText(error: unknown, dns: readonly string[]): string {
  const failure = error instanceof FailureError ? error.failure : toFailure(error)
  const said = failure.device ? `${failure.message} ${failure.device.said}` : failure.message
  return `THE UNDO FAILED TOO (${said}): still on the APIC are ${dns.join(', ')}.`
}

function outcomes(work: readonly Work<'apic'>[], stop: Stop): Outcome[] {
  return work.map((_, task) => {
    if (task === stop.task) return { state: 'failed', failure: stop.failure }
    return { state: task < stop.task ? 'applied' : 'unsent' }
  })
}
