import type { Intent, Outcome } from '../../model/intent.ts'
import type { PlanDocument } from '../../model/plan.ts'
import { canonicalJson } from '../plan/canonical.ts'
import { plannedIntent } from '../plan/document.ts'
import type { Fingerprinting } from '../plan/fingerprint.ts'
import type { Policy } from './policy.ts'

/** Where a reviewed plan is applied, exactly what it lists may pass, and tasks that it names as open. */
export function reviewedPolicy(plan: PlanDocument, fingerprinted: Fingerprinting): Policy {
  const allowed = new Map(plan.intents.map(intent => [intent.id, canonicalJson(intent)]))
  const open = new Set(plan.open.map(({ task }) => task))
  return intent => {
    const listed = allowed.get(intent.id)
    if (listed === canonicalJson(plannedIntent(intent, fingerprinted))) return null
    if (listed === undefined && (open.has(intent.task) || open.has(intent.task.split('>')[0] ?? ''))) return null
    return refused(intent, listed !== undefined)
  }
}

function refused({ host, title, differences, at }: Intent, isListed: boolean): Outcome {
  const what = differences.map(({ id }) => id).join(', ')
  return {
    state: 'failed',
    failure: {
      code: 'stale',
      message: `${host}: "${title}" is ${isListed ? 'not what was reviewed' : 'not in the reviewed plan'}${what === '' ? '' : ` (${what})`}.`,
      at: { file: at.file, line: at.line, column: at.column },
      remedy: 'Something has changed since the plan was saved: plan, review and run again.',
      aftermath: 'Nothing was sent.',
    },
  }
}
