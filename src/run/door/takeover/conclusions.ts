import type { IntentOutcome, Owner } from '../../../journal/ledger.ts'
import type { Judged } from './judge.ts'
import type { FoundThere } from './words.ts'

/** What the ledger is told of intents whose outcome it did not know: as the target shows it, and whose the resources are now. */
export function conclusionsOf(
  { past, judged }: Pick<FoundThere, 'past' | 'judged'>,
  run: string,
  now: Date,
): [readonly IntentOutcome[], readonly Owner[]] {
  const unknown = judged.filter(({ intent, verdict }) => isUnknown(intent.state) && verdict !== 'unknown')
  const owners = unknown
    .filter(({ verdict }) => verdict === 'applied')
    .flatMap(({ intent }) =>
      intent.differences.map(({ id, after }) => ({
        target: intent.target,
        resource: id,
        playbook: past.playbooks[0] ?? '',
        task: intent.task,
        run: past.id,
        time: now.toISOString(),
        value: after,
      })),
    )
  return [unknown.map(each => outcomeOf(each, run)), owners]
}

function isUnknown(state: string): boolean {
  return state === 'open' || state === 'unknown'
}

function outcomeOf({ intent: { id }, verdict, made, of }: Judged, run: string): IntentOutcome {
  if (verdict === 'applied') return { id, state: 'applied' }
  const isAbsent = verdict === 'absent'
  return {
    id,
    state: isAbsent ? 'failed' : 'unknown',
    failure: {
      code: 'interrupted',
      message: isAbsent
        ? `The run was broken off before it: run ${run} found nothing of it.`
        : `The run was broken off in the middle of it: run ${run} found ${made} of its ${of} differences there.`,
    },
  }
}
