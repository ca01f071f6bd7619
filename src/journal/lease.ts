import { type Failure, FailureError } from '../model/failure.ts'
import type { Lease } from './ledger.ts'
import { type Fate, fateOf, type ProcessIdentity } from './process.ts'

/** Whether a holder still has its target, for one who wants it: its time is not over, and its process is not known to be gone. */
export function isHeld(
  { until, process }: Pick<Lease, 'until' | 'process'>,
  now: Date,
  fate: (process: ProcessIdentity) => Fate = fateOf,
): boolean {
  return until > now.toISOString() && fate(process) !== 'gone'
}

/** Why a target is not to be had, as a person needs it. */
export function leaseFailure(lease: Lease): Failure {
  const { target, run, who, process, until } = lease
  return {
    code: 'busy',
    message: `${target} is being written to by run ${run} of ${who} (process ${process.pid} on ${process.host})`,
    remedy: `Wait until it has ended (weft show ${run}). If it hangs, stop it; where its process cannot be seen from here, its lease ends at ${until}.`,
  }
}

/**
 * Throws FailureError unsafe when an intent's lease is no longer held: another took it meanwhile, it was given back, or its time is over, so
 * that another could take it in the middle of the write. `holder` as the ledger has it.
 */
export function refuseLost({ target, run, token }: Lease, holder: Lease | null, now: Date): void {
  const isOurs = holder?.run === run && holder.token === token
  if (isOurs && holder.until > now.toISOString()) return
  const other = holder ? `run ${holder.run} of ${holder.who} has it now` : 'it was given back'
  throw new FailureError({
    code: 'unsafe',
    message: `run ${run} may no longer write to ${target}: ${isOurs ? `its lease ended at ${holder.until}` : other}`,
    remedy: 'See what other runs have done (weft runs), then run again.',
  })
}
