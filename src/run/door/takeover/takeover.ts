import type { Ledger, PastIntent, PastRun, Unfinished } from '../../../journal/ledger.ts'
import { fateOf } from '../../../journal/process.ts'
import type { Device } from '../../../model/device.ts'
import { toFailure } from '../../../model/failure.ts'
import type { TargetId } from '../../../model/intent.ts'
import type { Leases } from '../leases.ts'
import { conclusionsOf } from './conclusions.ts'
import { isWhole, judge, wantsSave } from './judge.ts'
import { type FoundThere, foundText, leftText } from './words.ts'

/** Takes up what earlier runs, killed or failed, wrote on a target and did not finish. */
export interface Takeovers {
  /**
   * Looks at a target that was just opened: says what was left there, notes in the ledger what became of it, and takes up what is whole, so
   * that the end of this run finishes it. A plan only says it. Never throws.
   */
  opened(device: Device, host: string): Promise<void>
  /** Before the end of the writing on a target: takes up what this run's tasks have made whole, and tells what is not. */
  ending(device: Device): Promise<void>
  /** The end was good: nothing is left there of what was taken up. */
  ended(target: TargetId): Promise<void>
}

export interface TakeoverOptions {
  readonly run: string
  readonly mode: 'plan' | 'run'
  readonly ledger: Ledger
  readonly leases: Leases
  readonly warn: (text: string) => void
  readonly clock: () => Date
}

/** What is told by the tasks themselves, and with more words. */
const TOLD_ELSEWHERE: ReadonlySet<string> = new Set(['unreachable', 'denied', 'interrupted', 'busy'])

export function createTakeovers(options: TakeoverOptions): Takeovers {
  const { ledger, mode } = options
  let left: Promise<readonly Unfinished[]> | undefined
  const seen = new Set<TargetId>()
  /** Not whole when they were looked at. */
  const halves = new Map<TargetId, { entry: Unfinished; host: string }[]>()
  const adopted = new Map<TargetId, string[]>()
  const takeUp = async (device: Device, entry: Unfinished, found: FoundThere) => {
    device.adopt({ net: found.net, saves: found.saves })
    if (found.net === null && !(found.saves && device.pending())) return ledger.settle(entry.target, entry.run)
    adopted.set(entry.target, [...(adopted.get(entry.target) ?? []), entry.run])
  }
  return {
    opened: (device, host) =>
      safely(host, options, async () => {
        left ??= ledger.unfinished()
        const entries = (await left).filter(({ target, run }) => target === device.target && run !== options.run)
        if (entries.length === 0 || seen.has(device.target)) return
        seen.add(device.target)
        for (const entry of entries) {
          const past = await endedRun(ledger, entry)
          if (!past) continue
          if (mode === 'run') await options.leases.held(device.target)
          const found = await lookAt(device, { entry, past, host, options })
          options.warn(foundText(found, mode))
          if (mode === 'plan') continue
          await ledger.conclude(past.id, ...conclusionsOf(found, options.run, options.clock()))
          if (found.isWhole || found.net === null) await takeUp(device, entry, found)
          else halves.set(device.target, [...(halves.get(device.target) ?? []), { entry, host }])
        }
      }),
    ending: device =>
      safely(device.target, options, async () => {
        for (const { entry, host } of halves.get(device.target) ?? []) {
          const past = await endedRun(ledger, entry)
          if (!past) continue
          const found = await lookAt(device, { entry, past, host, options })
          await ledger.conclude(past.id, ...conclusionsOf(found, options.run, options.clock()))
          if (found.isWhole || found.net === null) await takeUp(device, entry, found)
          else options.warn(leftText(found))
        }
        halves.delete(device.target)
      }),
    async ended(target) {
      for (const run of adopted.get(target) ?? []) await ledger.settle(target, run)
      adopted.delete(target)
    },
  }
}

async function safely(where: string, { warn }: TakeoverOptions, work: () => Promise<void>): Promise<void> {
  try {
    await work()
  } catch (error) {
    const { code, message } = toFailure(error)
    if (!TOLD_ELSEWHERE.has(code)) warn(`${where}: what an earlier run left there could not be looked at: ${message}`)
  }
}

/** Null while it runs: then it is at work there, and a write says so. */
async function endedRun(ledger: Ledger, { run }: Unfinished): Promise<PastRun | null> {
  const past = await ledger.run(run)
  return past && past.exit === null && fateOf(past.process) === 'alive' ? null : past
}

interface Looking {
  readonly entry: Unfinished
  readonly past: PastRun
  readonly host: string
  readonly options: TakeoverOptions
}

/** Intents of which something may be there. */
const SENT: ReadonlySet<string> = new Set(['open', 'unknown', 'applied', 'failed'])

async function lookAt(device: Device, { entry, past, host, options }: Looking): Promise<FoundThere> {
  const { target, run, net } = entry
  const intents = (await options.ledger.intents(run)).filter(each => each.target === target && SENT.has(each.state))
  const newer = await newerOwners(options.ledger, target, run)
  const pairs = intents.flatMap(intent => ofIntent(intent, newer))
  const { hasNet, standings } = await device.look({ net, changes: pairs.map(({ change }) => change) })
  const stood = pairs.map((pair, at) => ({ ...pair, standing: standings[at] ?? 'other' }))
  const judged = judge(intents, stood)
  return {
    host,
    past,
    judged,
    net: hasNet ? net : null,
    saves: device.net !== null && wantsSave(judged),
    isWhole: isWhole(judged),
  }
}

function ofIntent(intent: PastIntent, newer: ReadonlyMap<string, string>) {
  return intent.differences.flatMap(change => {
    const since = newer.get(change.id)
    return since !== undefined && since > intent.time ? [] : [{ intent, change }]
  })
}

/** Resources that another run has written to, and when: what the earlier one made of them counts no more. */
async function newerOwners(ledger: Ledger, target: TargetId, run: string): Promise<Map<string, string>> {
  const owners = await ledger.owners({ target })
  return new Map(owners.filter(owner => owner.run !== run).map(({ resource, time }) => [resource, time]))
}
