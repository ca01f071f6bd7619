import type { ResourceRequest } from './request.ts'

export interface RequestCounters {
  readonly requests: number
  /** get, list, watch, create, update, patch, delete, deletecollection, discovery. */
  readonly byVerb: Readonly<Record<string, number>>
  /** 'patch bgppeers' */
  readonly byVerbAndResource: Readonly<Record<string, number>>
}

export interface Counters {
  count(verb: string, target: ResourceRequest | undefined): void
  read(): RequestCounters
  reset(): void
}

export function createCounters(): Counters {
  let [requests, byVerb, byBoth] = [0, {} as Record<string, number>, {} as Record<string, number>]
  return {
    count: (verb, target) => {
      requests++
      byVerb[verb] = (byVerb[verb] ?? 0) + 1
      if (!target) return
      const both = `${verb} ${target.resource}${target.subresource ? `/${target.subresource}` : ''}`
      byBoth[both] = (byBoth[both] ?? 0) + 1
    },
    read: () => ({ requests, byVerb: { ...byVerb }, byVerbAndResource: { ...byBoth } }),
    reset: () => {
      requests = 0
      byVerb = {}
      byBoth = {}
    },
  }
}
