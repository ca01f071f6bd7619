import type { ApicObject } from '../../model/apic.ts'
import { FailureError } from '../../model/failure.ts'
import { type ApicFaults, makeFaults } from './fault.ts'
import { readIntents } from './intent.ts'
import { type ApicCounters, listen } from './listen.ts'
import { readPayload } from './payload.ts'
import { withoutSecrets } from './present.ts'
import { isRefused } from './refusal.ts'
import type { Machine } from './reply.ts'
import { defaultLeaves, seedObjects } from './seed.ts'
import { makeSessions } from './sessions.ts'
import { makeStore, type Store, type WritableStore } from './store.ts'
import { applyIntents, type Effect } from './write.ts'

export interface ApicOptions {
  readonly name: string
  /** Passwords by user name. */
  readonly users: Readonly<Record<string, string>>
  /** 0 (default) takes a free port. */
  readonly port?: number
  readonly host?: string
  readonly latencyMs?: number
  /** Node ids of the leaves; 201 to 204 unless told. */
  readonly leaves?: readonly number[]
  /** AS of the fabric (uni/fabric/bgpInstP-default/as); none unless told, as in a new fabric. */
  readonly fabricAs?: number
  /** A tree as it would be POSTed to uni, applied before anybody connects. */
  readonly start?: unknown
  readonly faults?: ApicFaults
  readonly log?: (line: string) => void
}

export interface LabApic {
  readonly name: string
  readonly port: number
  readonly url: string
  /** PEM of the authority that signed its certificate. */
  readonly ca: string
  readonly leaves: readonly number[]
  /** The configuration, secrets excepted; live, read-only. */
  objects(): ReadonlyMap<string, ApicObject>
  /** A secret that no answer shows, for the simulation of BGP. */
  secret(dn: string): string | undefined
  readonly counters: ApicCounters
  setFaults(faults: ApicFaults): void
  /** Called after each write with what it did; answers how to stop listening. */
  onChange(listener: (effects: readonly Effect[]) => void): () => void
  /** Supplies what the leaves report (bgpPeerEntry, uribv4Route …), asked at each GET. */
  setOperational(provider: () => readonly ApicObject[]): void
  close(): Promise<void>
}

/** Starts an APIC over HTTPS on loopback. Throws FailureError (invalid) for a `start` that an APIC would refuse. */
export async function startApic(options: ApicOptions): Promise<LabApic> {
  const leaves = options.leaves ?? defaultLeaves
  const store = makeStore(seedObjects({ leaves, fabricAs: options.fabricAs }))
  if (options.start) applyStart(store, options.start)
  const faults = makeFaults(options.faults)
  const counters: ApicCounters = { requests: 0, logins: 0, gets: 0, posts: 0, deletes: 0, byPath: {} }
  const listeners = new Set<(effects: readonly Effect[]) => void>()
  const operational = makeOperational()
  const machine: Machine = {
    store,
    sessions: makeSessions(options.users, faults.tokenSeconds),
    tokenSeconds: faults.tokenSeconds,
    reported: operational.store,
    onWrite(effects, user) {
      options.log?.(`${options.name}: ${user} ${describe(effects)}`)
      for (const listener of listeners) listener(effects)
    },
  }
  const server = await listen(machine, { ...options, faults, counters })
  return {
    name: options.name,
    ...server,
    leaves,
    objects: () => shown(store.objects),
    secret: dn => store.get(dn)?.attributes.password,
    counters,
    setFaults: faults.set,
    onChange(listener) {
      listeners.add(listener)
      return () => void listeners.delete(listener)
    },
    setOperational: operational.set,
  }
}

function applyStart(store: WritableStore, start: unknown): void {
  try {
    applyIntents(store, readIntents('uni', readPayload(JSON.stringify(start))), 'never')
  } catch (error) {
    if (!isRefused(error)) throw error
    const message = `The APIC cannot start with these objects: ${error.refusal.text}`
    throw new FailureError({ code: 'invalid', message, remedy: 'Correct the start objects of the lab.' })
  }
}

/** Keeps the store of reported objects as long as the provider answers the same list. */
function makeOperational(): { set: (provider: () => readonly ApicObject[]) => void; store: () => Store | null } {
  let provider: (() => readonly ApicObject[]) | null = null
  let last: { list: readonly ApicObject[]; store: Store } | null = null
  return {
    set: next => {
      provider = next
    },
    store() {
      if (!provider) return null
      const list = provider()
      if (last?.list !== list) last = { list, store: makeStore(list) }
      return last.store
    },
  }
}

function shown(objects: ReadonlyMap<string, ApicObject>): ReadonlyMap<string, ApicObject> {
  const entries = [...objects].map(([dn, object]) => {
    return [dn, { ...object, attributes: withoutSecrets(object.class, object.attributes) }] as const
  })
  return new Map(entries)
}

function describe(effects: readonly Effect[]): string {
  const named = effects.slice(0, 3).map(effect => `${effect.status} ${effect.class} ${effect.dn}`)
  return named.join(', ') + (effects.length > 3 ? ` and ${effects.length - 3} more` : '')
}
