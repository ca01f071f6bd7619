import type { IntentOutcome, IntentRecord } from '../../journal/ledger.ts'
import type { Intent, Outcome } from '../../model/intent.ts'
import { withoutContent } from './hidden.ts'

/** An intent as the ledger keeps it, secrets taken out; `id` tells the tries of one intent apart. */
export function recordOf(
  intent: Intent,
  { run, id, masked }: { run: string; id: string; masked: <T>(value: T) => T },
): IntentRecord {
  const { task, host, kind, target, title, unsaved } = intent
  const kept = masked({ task, host, title, ...contentOf(intent) })
  return { ...kept, run, id, kind, target, ...(unsaved ? { unsaved } : {}) }
}

function contentOf({ differences, commands, hidden }: Intent): Pick<Intent, 'differences' | 'commands'> {
  if (!hidden) return { differences, commands }
  const shown = differences.map(({ before, after, ...rest }) => ({
    ...rest,
    before: withoutContent(before),
    after: withoutContent(after),
  }))
  return { differences: shown, commands: withoutContent(commands) }
}

/** Gives each try of an intent (until, or again after another had failed) an id of its own: the first the intent's, then 'ID#2'. */
export function createNumbering(): (id: string) => string {
  const tries = new Map<string, number>()
  return id => {
    const number = (tries.get(id) ?? 0) + 1
    tries.set(id, number)
    return number === 1 ? id : `${id}#${number}`
  }
}

/** What became of it. */
export function outcomeRecord(id: string, outcome: Outcome | undefined, masked: <T>(value: T) => T): IntentOutcome {
  if (!outcome) return { id, state: 'unsent' }
  if (!('failure' in outcome) || !outcome.failure) return { id, state: outcome.state }
  return { id, state: outcome.state, failure: masked(outcome.failure) }
}
