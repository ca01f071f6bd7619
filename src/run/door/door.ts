import type { Ledger } from '../../journal/ledger.ts'
import type { Device } from '../../model/device.ts'
import { type Failure, toFailure } from '../../model/failure.ts'
import type { Intent, Outcome, TargetId } from '../../model/intent.ts'
import { createMask } from '../mask.ts'
import { withoutContent } from './hidden.ts'
import type { Leases } from './leases.ts'
import { firstObjection, type Policy } from './policy.ts'
import { createNumbering, outcomeRecord, recordOf } from './record.ts'
import { secretsOf } from './secrets-of.ts'
import type { Takeovers } from './takeover/takeover.ts'

/** The one way to change anything outside. No other code calls a device's write, commit or revert: a test looks. */
export interface Door {
  /** Carries out intents on one device, in order; after one that failed the others are unsent. One outcome each; never throws. */
  pass(device: Device, intents: readonly Intent[]): Promise<readonly Outcome[]>
  /** The end of the writing on a device: verified, then made last. Never throws; null = all is well, or nothing was written. */
  finish(device: Device): Promise<Failure | null>
}

export interface DoorOptions {
  readonly run: string
  /** Asked in this order; docs/architecture.md tells why it is this one. */
  readonly policies: readonly Policy[]
  readonly ledger: Ledger
  readonly leases: Leases
  readonly takeovers: Takeovers
  /** Tells of what went wrong beside the work. */
  readonly warn: (text: string) => void
  /** Secrets out of what is kept. */
  readonly masked: <T>(value: T) => T
  /** The playbook and its state, for ownership. */
  readonly playbook: string
  readonly clock: () => Date
}

/** What is kept of an intent holds neither a secret that the run knows nor one that only the target has. */
function hiding(intent: Intent, masked: DoorOptions['masked']): DoorOptions['masked'] {
  const secrets = secretsOf(intent)
  if (secrets.length === 0) return masked
  const own = createMask()
  for (const secret of secrets) own.add(secret)
  return value => masked(own.data(value))
}

export function createDoor(options: DoorOptions): Door {
  const numbered = createNumbering()
  const written = new Set<TargetId>()
  return {
    async pass(device, intents) {
      const allowed: Intent[] = []
      const answers = new Map<Intent, Outcome>()
      for (const intent of intents) {
        const objection = await firstObjection(options.policies, intent, device).catch(refusedBy)
        if (!objection) allowed.push(intent)
        else answers.set(intent, objection)
        if (objection && objection.state !== 'shut') break
        if (objection?.state === 'shut' && objection.failure) break
      }
      const outcomes =
        allowed.length === 0
          ? []
          : await carryOut(device, { intents: allowed, ids: allowed.map(({ id }) => numbered(id)), options, written })
      for (const [at, intent] of allowed.entries()) answers.set(intent, outcomes[at] ?? { state: 'unsent' })
      return intents.map(intent => answers.get(intent) ?? { state: 'unsent' })
    },
    finish: device => finish(device, { options, written }),
  }
}

function refusedBy(error: unknown): Outcome {
  return { state: 'failed', failure: { aftermath: 'Nothing was sent.', ...toFailure(error) } }
}

interface Carrying {
  readonly intents: readonly Intent[]
  readonly ids: readonly string[]
  readonly options: DoorOptions
  /** Targets of which the ledger says that something may be left there. */
  readonly written: Set<TargetId>
}

/** Written down, sent, and written down what became of it. */
async function carryOut(device: Device, { intents, ids, options, written }: Carrying): Promise<readonly Outcome[]> {
  const { ledger, run, masked } = options
  try {
    const lease = await options.leases.held(device.target)
    await noteUnfinished(device, { host: intents[0]?.host ?? '', options, written })
    await ledger.intend(
      intents.map((intent, at) => recordOf(intent, { run, id: ids[at] as string, masked: hiding(intent, masked) })),
      lease ?? undefined,
    )
  } catch (error) {
    const failure = { ...toFailure(error), aftermath: 'Nothing was sent: what is not written down is not done.' }
    return intents.map((_, at) => (at === 0 ? { state: 'failed', failure } : { state: 'unsent' }))
  }
  const outcomes = await send(device, intents)
  const ends = ids.map((id, at) => outcomeRecord(id, outcomes[at], masked))
  try {
    await ledger.conclude(run, ends, ownersOf(device, { intents, outcomes, options }))
  } catch (error) {
    // It is done, whatever the ledger keeps of it: there the intents stay open, which reads as unknown.
    options.warn(
      `The ledger does not know what became of ${intents.length} intents on ${device.target}: ${toFailure(error).message}`,
    )
  }
  return outcomes
}

/** A device that throws instead of answering leaves its first intent unknown and the others unsent. */
async function send(device: Device, intents: readonly Intent[]): Promise<readonly Outcome[]> {
  try {
    return await device.write(intents)
  } catch (error) {
    const failure = toFailure(error)
    const aftermath = failure.aftermath ?? 'How much of it the device took is unknown.'
    return intents.map((_, at) =>
      at === 0 ? { state: 'unknown', failure: { ...failure, aftermath } } : { state: 'unsent' },
    )
  }
}

function ownersOf(
  { target }: Device,
  { intents, outcomes, options }: { intents: readonly Intent[]; outcomes: readonly Outcome[]; options: DoorOptions },
) {
  const { run, playbook, clock, masked } = options
  const time = clock().toISOString()
  return intents.flatMap((intent, at) => {
    if (outcomes[at]?.state !== 'applied') return []
    const { task, differences } = intent
    const hidden = hiding(intent, masked)
    return differences.map(({ id, after }) => ({
      target,
      resource: hidden(id),
      playbook,
      task,
      run,
      time,
      value: hidden(intent.hidden ? withoutContent(after) : after),
    }))
  })
}

/** Before the first write: what is written and not committed must be found by the next run, should this one be killed. */
async function noteUnfinished(
  { target, net }: Device,
  { host, options, written }: { host: string } & Pick<Carrying, 'options' | 'written'>,
): Promise<void> {
  if (written.has(target)) return
  const { run, ledger, clock } = options
  await ledger.leaveUnfinished({ target, host, run, net, time: clock().toISOString() })
  written.add(target)
}

async function finish(
  device: Device,
  { options, written }: Pick<Carrying, 'options' | 'written'>,
): Promise<Failure | null> {
  const { ledger, leases, takeovers, run } = options
  const { target } = device
  try {
    await takeovers.ending(device)
    const failure = device.pending() ? ((await device.verify()) ?? (await device.commit())) : null
    if (device.pending()) return failure
    if (written.delete(target)) await ledger.settle(target, run)
    await takeovers.ended(target)
    return failure
  } catch (error) {
    return toFailure(error)
  } finally {
    await leases.release(device.target)
  }
}
