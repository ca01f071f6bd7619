import type { IntentRecord, IntentState } from '../../journal/ledger.ts'
import type { Failure } from '../../model/failure.ts'
import type { Intent, Outcome } from '../../model/intent.ts'

/** An intent as the ledger keeps it, secrets taken out. */
export function recordOf(run: string, intent: Intent, masked: <T>(value: T) => T): IntentRecord {
  const { id, task, host, kind, target, title, differences, commands } = intent
  return masked({ run, id, task, host, kind, target, title, differences, commands })
}

/** What became of it; a failed intent that says it was undone is 'undone'. */
export function outcomeRecord(
  { id }: Intent,
  outcome: Outcome | undefined,
  masked: <T>(value: T) => T,
): { id: string; state: IntentState; failure?: Failure } {
  if (!outcome) return { id, state: 'unsent' }
  if (!('failure' in outcome) || !outcome.failure) return { id, state: outcome.state }
  return { id, state: outcome.state, failure: masked(outcome.failure) }
}
