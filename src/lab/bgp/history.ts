import type { Session } from './session.ts'

export interface History {
  /** Takes the sessions of now, and logs those whose state or reason is new. */
  record(sessions: readonly Session[]): void
  /** Since when a session is in its state; now for one that was never seen. */
  since(session: Session | undefined): Date
}

interface Remembered {
  readonly state: string
  readonly because: string
  readonly since: Date
}

/** Remembers since when each session is in its state. */
export function makeHistory(log: (line: string) => void): History {
  let known = new Map<string, Remembered>()
  return {
    record(sessions) {
      const next = new Map<string, Remembered>()
      for (const session of sessions) {
        const { state, because } = session
        const before = known.get(keyOf(session))
        const since = before?.state === state ? before.since : new Date()
        next.set(keyOf(session), { state, because, since })
        if (before?.state !== state || before.because !== because) log(lineOf(session, before?.state))
      }
      for (const [key, before] of known) if (!next.has(key)) log(`bgp: ${key} ${before.state} → gone`)
      known = next
    },
    since: session => (session && known.get(keyOf(session))?.since) ?? new Date(),
  }
}

function lineOf(session: Session, before: string | undefined): string {
  const change = before === undefined || before === session.state ? session.state : `${before} → ${session.state}`
  return `bgp: ${keyOf(session)} ${change}: ${session.because}`
}

function keyOf(session: Session): string {
  return `${session.device} ${session.vrf} ${session.remote}`
}
