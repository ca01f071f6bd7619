import type { Lease, LeaseWish, Ledger } from '../../journal/ledger.ts'
import { type Failure, FailureError } from '../../model/failure.ts'
import type { TargetId } from '../../model/intent.ts'
import type { Policy } from './policy.ts'

/** How long a target stays a run's without a sign of life, and how often the run gives one. */
const SECONDS = 120
const RENEW_SECONDS = 30

/** The machine that weft runs on (src/model/target.ts). */
const HERE = 'linux:local'

/** The targets that this run alone may write to, from its first write on until it is finished with them. */
export interface Leases {
  /**
   * The lease on a target, taken where it is free; null for the machine that weft runs on, which many runs share: there files are
   * placed whole. Throws FailureError (busy) naming who has it.
   */
  held(target: TargetId): Promise<Lease | null>
  release(target: TargetId): Promise<void>
  releaseAll(): Promise<void>
}

export function createLeases(ledger: Ledger, wish: Pick<LeaseWish, 'run' | 'who' | 'process'>): Leases {
  const held = new Map<TargetId, Lease>()
  const renewing = setInterval(() => {
    for (const lease of held.values()) void ledger.renew(lease, SECONDS).catch(() => false)
  }, RENEW_SECONDS * 1000)
  renewing.unref()
  const release = async (target: TargetId) => {
    const lease = held.get(target)
    held.delete(target)
    if (lease) await ledger.release(lease).catch(() => {})
  }
  return {
    async held(target) {
      if (target === HERE) return null
      const known = held.get(target)
      if (known) return known
      const answer = await ledger.lease({ ...wish, target, seconds: SECONDS })
      if ('by' in answer) throw new FailureError(taken(target, answer.by))
      held.set(target, answer.held)
      return answer.held
    },
    release,
    async releaseAll() {
      clearInterval(renewing)
      for (const target of [...held.keys()]) await release(target)
    },
  }
}

/** Two runs on one target would undo each other's work. */
export function leasePolicy(leases: Leases): Policy {
  return async (_, device) => {
    await leases.held(device.target)
    return null
  }
}

function taken(target: TargetId, { run, who, until }: Lease): Failure {
  return {
    code: 'busy',
    message: `${target} is being written to by the run ${run} of ${who}.`,
    remedy: `Wait until it has ended (weft show ${run}); unless it shows a sign of life, the target is free again at ${until}.`,
    aftermath: 'Nothing was sent.',
  }
}
