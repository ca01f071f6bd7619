import { isHeld } from '../lease.ts'
import type { Lease, Ledger } from '../ledger.ts'
import { later } from '../records.ts'
import type { State } from './state.ts'

export function memoryLeases({ leases, clock }: State): Pick<Ledger, 'lease' | 'renew' | 'release'> {
  const isCurrent = ({ target, run, token }: Lease) => {
    const holder = leases.get(target)?.lease
    return holder?.run === run && holder.token === token
  }
  return {
    async lease({ target, run, who, process, seconds }) {
      const now = clock()
      const { token: before, lease: holder } = leases.get(target) ?? { token: 0, lease: null }
      if (holder && holder.run !== run && isHeld(holder, now)) return { by: holder }
      const token = holder?.run === run ? before : before + 1
      const held = { target, run, who, process, token, until: later(now, seconds) }
      leases.set(target, { token, lease: held })
      return { held }
    },
    async renew(lease, seconds) {
      const holder = leases.get(lease.target)?.lease
      if (!holder || !isCurrent(lease)) return false
      leases.set(lease.target, { token: lease.token, lease: { ...holder, until: later(clock(), seconds) } })
      return true
    },
    async release(lease) {
      if (isCurrent(lease)) leases.set(lease.target, { token: lease.token, lease: null })
    },
  }
}
