import type { Intent } from '../../model/intent.ts'
import type { Policy } from './policy.ts'

/**
 * In a plan the door never opens, whatever keywords say, but for what the operator's own setting lets a task insist on; in a run not for a task that says check_mode: true. What came to a plan's
 * door is the plan.
 * @param note told of every intent that came to the door of a plan
 */
export function modePolicy(mode: 'plan' | 'run', note: (intent: Intent) => void): Policy {
  return intent => {
    if (mode === 'plan' && !intent.insists) note(intent)
    return (mode === 'plan' && !intent.insists) || intent.pretended ? { state: 'shut' } : null
  }
}
