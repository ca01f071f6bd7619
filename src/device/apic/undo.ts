import { type ApicChange, type ApicValue, renderApic } from '../../diff/apic/change.ts'
import { isWithin } from '../../diff/apic/dn.ts'
import { batchCommands, foldCommands } from '../../diff/apic/fold.ts'
import { apicWayBack, isApicsOwn } from '../../diff/apic/ground.ts'
import { dnOf } from '../../diff/apic/resource-id.ts'
import type { ApicCommand, ApicTree } from '../../model/apic.ts'
import { type Failure, toFailure } from '../../model/failure.ts'
import type { Conflict } from '../../model/way-back.ts'
import { type ApicWriter, withoutSecrets } from './attempt.ts'

type Writer = Omit<ApicWriter, 'standings'>

/** What became of an undo. left: something stays, by name, because others have changed it or the APIC refuses; stuck: it was broken off. */
export interface Undone {
  readonly end: 'whole' | 'left' | 'stuck'
  /** For an aftermath. */
  readonly text: string
}

/** How often an undo is begun anew after a lost answer: what is undone already needs nothing any more. */
const ROUNDS = 3

/**
 * Takes back changes against what is there now (src/model/way-back.ts): what nobody has touched since comes back as it was, what others
 * have changed or put there stays and is named. Never throws.
 * @param changes as they were made, the first first; also such as were never sent
 */
export async function undo(changes: readonly ApicChange[], writer: Writer): Promise<Undone> {
  const dns = [...new Set(changes.map(dnOf))]
  const undone = new Set<string>()
  for (let round = 1; ; round++) {
    const live = await writer.live(dns).catch(toFailure)
    if ('code' in live)
      return stuck(
        live,
        dns.filter(dn => !undone.has(dn)),
      )
    const { back, conflicts } = apicWayBack(changes, live)
    if (back.length > 0) writer.progress('undoing', back.length === 1 ? '1 object' : `${back.length} objects`)
    const { refused, broken } = await sendBack(back, writer)
    if (broken && (round === ROUNDS || broken.code === 'denied')) {
      const open = new Set(back.map(dnOf))
      return stuck(
        broken,
        dns.filter(dn => open.has(dn)),
      )
    }
    for (const step of back) undone.add(dnOf(step))
    if (broken) continue
    for (const { dn } of refused) undone.delete(dn)
    const left = [...refused.map(({ text }) => text), ...conflicts.map(each => conflictText(each, live, dns))]
    return told({ undone, left, changes })
  }
}

interface Refused {
  readonly dn: string
  readonly text: string
}

interface Back {
  readonly refused: readonly Refused[]
  /** The APIC did not answer, or lets nobody in: the rest was not sent. */
  readonly broken: Failure | null
}

async function sendBack(back: readonly ApicChange[], writer: Writer): Promise<Back> {
  const refused: Refused[] = []
  for (const batch of batchCommands(renderApic(back))) {
    const sent = await sendHalving(batch, writer)
    refused.push(...sent.refused)
    if (sent.broken) return { refused, broken: sent.broken }
  }
  return { refused, broken: null }
}

/** What is refused is found by halving; all else is undone. */
async function sendHalving(batch: readonly ApicCommand[], writer: Writer): Promise<Back> {
  const [first] = batch
  if (!first) return { refused: [], broken: null }
  try {
    for (const { dn, body } of foldCommands(batch, writer.classOf)) await writer.post(`/api/mo/${dn}.json`, body)
    return { refused: [], broken: null }
  } catch (error) {
    const failure = withoutSecrets(toFailure(error), batch)
    if (failure.code !== 'rejected') return { refused: [], broken: failure }
    if (batch.length === 1) return { refused: [{ dn: first.dn, text: refusedText(first.dn, failure) }], broken: null }
    const middle = Math.ceil(batch.length / 2)
    const head = await sendHalving(batch.slice(0, middle), writer)
    if (head.broken) return head
    const tail = await sendHalving(batch.slice(middle), writer)
    return { refused: [...head.refused, ...tail.refused], broken: tail.broken }
  }
}

function refusedText(dn: string, failure: Failure): string {
  return `${dn} (the APIC refused: ${failure.device?.said ?? failure.message})`
}

function conflictText({ id, live, parts }: Conflict<ApicValue>, tree: ApicTree, own: readonly string[]): string {
  const dn = dnOf({ id })
  if (parts) return `${dn} (somebody else has changed ${parts.join(', ')} since, which stays)`
  if (!live) return `${dn} (somebody else has deleted it, or what it was in, since)`
  const theirs = [...tree.values()].filter(each => each.dn !== dn && isWithin(each.dn, dn) && !own.includes(each.dn))
  const [first, ...more] = theirs.filter(each => !isApicsOwn(each)).map(each => each.dn)
  if (first === undefined) return `${dn} (somebody else has changed it since, so it stays)`
  return `${dn} (it holds what somebody else has made, ${first}${more.length > 0 ? ` and ${more.length} more` : ''}, so it stays)`
}

interface Told {
  readonly undone: ReadonlySet<string>
  readonly left: readonly string[]
  readonly changes: readonly ApicChange[]
}

function told({ undone, left, changes }: Told): Undone {
  const count = undone.size === 1 ? '1 object' : `${undone.size} objects`
  const lost = changes.filter(
    change => change.oneWay !== undefined && (undone.has(dnOf(change)) || isSecretOnly(change)),
  )
  const except = lost.map(change => `${dnOf(change)}: ${change.oneWay}`)
  const exception = except.length === 0 ? '' : ` Except: ${except.join('; ')}.`
  if (left.length === 0) return { end: 'whole', text: `What was written before it is undone (${count}).${exception}` }
  return { end: 'left', text: `Undone: ${count}.${exception} NOT undone, so still as it is: ${left.join('; ')}.` }
}

/** Nothing of it can be taken back. */
function isSecretOnly({ before }: ApicChange): boolean {
  return before !== null && Object.keys(before.attributes).length === 0
}

function stuck(failure: Failure, dns: readonly string[]): Undone {
  const said = failure.device ? `${failure.message} ${failure.device.said}` : failure.message
  const names = [...new Set(dns)].join(', ')
  return { end: 'stuck', text: `THE UNDO FAILED TOO (${said}): still on the APIC, wholly or in part, are ${names}.` }
}
