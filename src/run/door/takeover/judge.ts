import type { PastIntent } from '../../../journal/ledger.ts'
import type { Standing } from '../../../model/device.ts'
import type { Managed } from '../../../model/managed.ts'

/** One difference of an earlier run's intent, and how it stands on the target now. */
export interface Stood {
  readonly intent: PastIntent
  readonly change: Managed
  readonly standing: Standing
}

/** What became of an intent, as the target shows it. half: a part of it is there, or something else. unknown: it names nothing to look for. */
export type Verdict = 'applied' | 'absent' | 'half' | 'unknown'

export interface Judged {
  readonly intent: PastIntent
  readonly verdict: Verdict
  /** So many of its differences are there. */
  readonly made: number
  readonly of: number
}

/**
 * What became of the intents of one run on one target, in the order in which they were written down. Pure.
 * A resource that was changed several times stands at one of its values: the changes up to that one were made, those after it were not.
 */
export function judge(intents: readonly PastIntent[], stood: readonly Stood[]): Judged[] {
  const made = madeOf(stood)
  return intents.map(intent => {
    const own = stood
      .filter(each => each.intent === intent && !isSaving(each.change))
      .map(each => made.get(each) ?? null)
    const count = own.filter(each => each === true).length
    return { intent, verdict: verdictOf(own), made: count, of: own.length }
  })
}

/** Whether what an earlier run left is whole: what it had begun is there or is not there, and nothing is half. */
export function isWhole(judged: readonly Judged[]): boolean {
  return !judged.some(({ intent, verdict }) => verdict === 'half' && intent.state !== 'applied')
}

/** Whether something of it is there that is to survive a reload. */
export function wantsSave(judged: readonly Judged[]): boolean {
  return judged.some(({ intent, made }) => made > 0 && intent.commands.length > 0 && !intent.unsaved)
}

function verdictOf(made: readonly (boolean | null)[]): Verdict {
  if (made.length === 0) return 'unknown'
  if (made.every(each => each === true)) return 'applied'
  return made.every(each => each === false) ? 'absent' : 'half'
}

/** By difference: whether it was made; null where something else stands there. */
function madeOf(stood: readonly Stood[]): Map<Stood, boolean | null> {
  const made = new Map<Stood, boolean | null>()
  for (const chain of Map.groupBy(stood, ({ change }) => change.id).values()) {
    const last = chain.findLastIndex(({ standing }) => standing === 'made')
    const next = chain.findLastIndex(({ standing }) => standing === 'unmade')
    for (const [at, each] of chain.entries()) {
      if (last >= 0) made.set(each, at <= last)
      else made.set(each, next >= 0 ? at < next : null)
    }
  }
  return made
}

/** That a configuration is saved is what finishing does. */
function isSaving({ id }: Managed): boolean {
  return id.startsWith('save:')
}
