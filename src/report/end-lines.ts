import type { RunEvent } from '../model/event.ts'
import { failureLines } from './failure-lines.ts'
import { recapLines } from './recap-lines.ts'
import type { Style } from './style.ts'
import { type Tally, tallyLines } from './tally.ts'

/** The end of every report for people: recap, what was or would be done, and the next command to type. */
export function endLines(event: Extract<RunEvent, { event: 'run-finished' }>, tally: Tally, style: Style): string[] {
  const recap = recapLines(event.hosts, style)
  return [
    ...(recap.length > 0 ? ['', ...recap, ''] : []),
    ...(event.failure ? failureLines(event.failure, style) : []),
    ...(event.failure && recap.length === 0
      ? []
      : tallyLines(tally, event.failure !== undefined).map(line => style('bold', line))),
    ...(event.next ? [`${tally.failures.length > 0 ? 'Retry' : 'Next'}: ${style('cyan', event.next)}`] : []),
  ]
}
