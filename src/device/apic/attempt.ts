import type { ApicChange } from '../../diff/apic/change.ts'
import { attributeKind } from '../../diff/apic/classes.ts'
import { foldCommands } from '../../diff/apic/fold.ts'
import { dnOf } from '../../diff/apic/resource-id.ts'
import type { ApicCommand, ApicTree } from '../../model/apic.ts'
import type { Standing } from '../../model/device.ts'
import { type Failure, toFailure } from '../../model/failure.ts'
import type { Progress } from '../../model/progress.ts'

export interface ApicWriter {
  /** Posts a tree; throws FailureError. */
  readonly post: (path: string, body: unknown) => Promise<void>
  /** Reads how these changes stand; logs in again where it must. */
  readonly standings: (changes: readonly ApicChange[]) => Promise<readonly Standing[]>
  /** Reads all that is at these dns and below. */
  readonly live: (dns: readonly string[]) => Promise<ApicTree>
  readonly classOf: (dn: string) => string | null
  readonly progress: Progress
}

/** Why a tree is not there, if it is not. lost: the APIC did not answer, and it was read what is there; unknown: that could not be read. */
export type Ended =
  | { readonly state: 'taken' }
  | { readonly state: 'refused'; readonly failure: Failure }
  | { readonly state: 'lost'; readonly failure: Failure; readonly made: ReadonlySet<ApicChange> }
  | { readonly state: 'unknown'; readonly failure: Failure }

/** How often a tree is sent whose answer does not come. */
const TIMES = 2

/**
 * Sends a tree and finds out what became of it, also where the session is lost in the middle: it is read again, and what is not there is
 * sent once more, which is safe, for a tree says what should be and not what to add.
 * @param changes those that the commands stand for
 */
export async function sendSurely(
  batch: readonly ApicCommand[],
  changes: readonly ApicChange[],
  writer: ApicWriter,
): Promise<Ended> {
  const wanted = asLeft(changes)
  for (let time = 1; ; time++) {
    const failure = await attempt(batch, writer)
    if (!failure) return { state: 'taken' }
    if (failure.code === 'rejected') return { state: 'refused', failure }
    writer.progress('reading', `what is there after a lost answer (${failure.message})`)
    const stand = await writer.standings(wanted).catch(() => null)
    if (!stand) return { state: 'unknown', failure }
    const made = new Set(changes.filter((_, at) => stand[at] === 'made'))
    if (changes.length > 0 && made.size === changes.length) return { state: 'taken' }
    if (time === TIMES || failure.code === 'denied') return { state: 'lost', failure, made }
  }
}

/**
 * One POST. A batch that needs several (objects of unknown classes) is not one transaction, so it is not sent but counts as
 * refused: its halves are.
 */
async function attempt(batch: readonly ApicCommand[], writer: ApicWriter): Promise<Failure | null> {
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

/** Changes of one tree as they stand once it is taken: an attribute that is set twice has the later value. */
function asLeft(changes: readonly ApicChange[]): ApicChange[] {
  const last = new Map<string, Record<string, string>>()
  for (const change of changes) last.set(dnOf(change), { ...last.get(dnOf(change)), ...change.after?.attributes })
  return changes.map(change => {
    if (!change.after) return change
    const end = last.get(dnOf(change))
    const attributes = Object.entries(change.after.attributes).map(([name, value]) => [name, end?.[name] ?? value])
    return { ...change, after: { ...change.after, attributes: Object.fromEntries(attributes) } }
  })
}

/** The APIC repeats a value that it refuses. */
export function withoutSecrets(failure: Failure, batch: readonly ApicCommand[]): Failure {
  if (!failure.device) return failure
  const secrets = batch.flatMap(command =>
    Object.entries(command.attributes)
      .filter(([name, value]) => value !== '' && attributeKind(command.class, name) === 'secret')
      .map(([, value]) => value),
  )
  const said = secrets.reduce((text, secret) => text.replaceAll(secret, '********'), failure.device.said)
  return { ...failure, device: { ...failure.device, said } }
}
