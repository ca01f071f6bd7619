import type { ApicChange } from '../../diff/apic/change.ts'
import { isWithin } from '../../diff/apic/dn.ts'
import { batchCommands } from '../../diff/apic/fold.ts'
import { dnOf } from '../../diff/apic/resource-id.ts'
import type { ApicCommand } from '../../model/apic.ts'
import type { Work } from '../../model/device.ts'
import type { Failure } from '../../model/failure.ts'
import type { Outcome } from '../../model/intent.ts'
import { type ApicWriter, type Ended, sendSurely } from './attempt.ts'
import { undo } from './undo.ts'

interface Sent extends ApicCommand {
  readonly task: number
}

interface Sending {
  readonly work: readonly Work<'apic'>[]
  readonly writer: ApicWriter
}

/** Where a write ended: the task that failed, and why. */
interface Stop {
  readonly task: number
  readonly failure: Failure
  /** What of the last tree is on the APIC and is to be taken back. */
  readonly applied: readonly Sent[]
  /** Tasks of which it cannot be told what the APIC took. */
  readonly unknown?: ReadonlySet<number>
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
    if (stop) return concluded({ work, writer, stop, earlier: applied })
    applied.push(...batch)
  }
  return work.map(() => ({ state: 'applied' as const }))
}

/** Sends a batch whole, or in halves when it is refused. Null = all applied. */
async function send(batch: readonly Sent[], { work, writer }: Sending): Promise<Stop | null> {
  const ended = await sendSurely(batch, commanded(batch, work), writer)
  const [first] = batch
  if (ended.state === 'taken' || !first) return null
  if (ended.state !== 'refused') return brokenOff(batch, ended, work)
  const { failure } = ended
  if (batch.length === 1) return { task: first.task, failure: blame(failure, first), applied: [] }
  const middle = cut(batch, failure)
  const head = batch.slice(0, middle)
  const stop = await send(head, { work, writer })
  if (stop) return stop
  const later = await send(batch.slice(middle), { work, writer })
  return later && { ...later, applied: [...head.filter(command => command.task === later.task), ...later.applied] }
}

/** The APIC did not take a tree, or it is not known; which of its tasks are there all the same. */
function brokenOff(
  batch: readonly Sent[],
  ended: Extract<Ended, { state: 'lost' | 'unknown' }>,
  work: Sending['work'],
): Stop {
  const tasks = new Set(batch.map(({ task }) => task))
  const [first = 0] = tasks
  if (ended.state === 'unknown') return { task: first, failure: ended.failure, applied: [], unknown: tasks }
  const { made, failure } = ended
  const isMade = (command: Sent) => commanded([command], work).every(change => made.has(change))
  const task = batch.find(command => !isMade(command))?.task ?? first
  return { task, failure, applied: batch.filter(command => command.task >= task && isMade(command)) }
}

/** The changes that commands stand for. */
function commanded(batch: readonly Sent[], work: Sending['work']): ApicChange[] {
  return batch.flatMap(({ task, dn }) => changesOf(work[task]).filter(change => dnOf(change) === dn))
}

function changesOf(work: Work<'apic'> | undefined): readonly ApicChange[] {
  return (work?.differences ?? []) as readonly ApicChange[]
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

interface Concluding extends Sending {
  readonly stop: Stop
  readonly earlier: readonly Sent[]
}

/** What became of each task; what is there of the one that failed, and of later ones, is taken back. */
async function concluded({ work, writer, stop, earlier }: Concluding): Promise<Outcome[]> {
  const { task, failure, unknown } = stop
  const mine = [...earlier.filter(command => command.task >= task), ...stop.applied]
  if (unknown) {
    return work.map((each, at): Outcome => {
      if (unknown.has(at)) return { state: 'unknown', failure: { ...failure, aftermath: unknownText(each, mine, at) } }
      return { state: at < task ? 'applied' : 'unsent' }
    })
  }
  const { end, text } = mine.length === 0 ? NOTHING : await undo(sentOf(mine, work), writer)
  const told = { ...failure, aftermath: text }
  return work.map((_, at): Outcome => {
    if (at !== task) return { state: at < task ? 'applied' : 'unsent' }
    return { state: end === 'stuck' ? 'unknown' : 'failed', failure: told }
  })
}

const NOTHING = { end: 'whole', text: 'Nothing of this task was written.' } as const

/** The changes that were sent, with what went along with a deleted object. */
function sentOf(sent: readonly Sent[], work: Sending['work']): ApicChange[] {
  return work.flatMap((each, task) => {
    const own = sent.filter(command => command.task === task)
    const gone = own.filter(command => command.delete).map(({ dn }) => dn)
    const dns = new Set(own.map(({ dn }) => dn))
    return changesOf(each).filter(change => {
      const dn = dnOf(change)
      return dns.has(dn) || (change.after === null && gone.some(above => isWithin(dn, above)))
    })
  })
}

function unknownText(work: Work<'apic'>, sent: readonly Sent[], task: number): string {
  const there = sent.filter(command => command.task === task).map(({ dn }) => dn)
  const open = work.commands.map(({ dn }) => dn).filter(dn => !there.includes(dn))
  const half = there.length === 0 ? '' : `It is at least half there: ${there.join(', ')}. `
  return `${half}Whether the APIC has taken ${open.join(', ')} is not known, it could not be asked: plan again to see.`
}
