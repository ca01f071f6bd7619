import { setTimeout as wait } from 'node:timers/promises'
import type { ResourceRequest } from './request.ts'
import { refusal } from './status.ts'

/** A disturbance to order. It hits requests that fit verb, resource and name; `times` says how often (always where absent). */
export interface KubeFault {
  /** get, list, watch, create, update, patch, delete, deletecollection. */
  readonly verb?: string
  /** Plural: 'bgppeers', 'pods'; 'pods/eviction' for a subresource. */
  readonly resource?: string
  readonly name?: string
  /** The HTTP code to answer: 401, 403, 429, 500, 503, 504 … */
  readonly status?: number
  readonly message?: string
  readonly retryAfterSeconds?: number
  /** Milliseconds to wait before going on (with the answer, or with the fault). */
  readonly slowMs?: number
  /** Close the connection without an answer. */
  readonly reset?: boolean
  readonly times?: number
}

export interface Faults {
  set(faults: readonly KubeFault[]): void
  /** Waits, answers 'reset', or throws the refusal that a fault orders for this request. */
  strike(verb: string, target: ResourceRequest | undefined): Promise<'reset' | undefined>
}

export function createFaults(initial: readonly KubeFault[]): Faults {
  let active = initial.map(fault => ({ fault, left: fault.times ?? Number.POSITIVE_INFINITY }))
  return {
    set: faults => {
      active = faults.map(fault => ({ fault, left: fault.times ?? Number.POSITIVE_INFINITY }))
    },
    strike: async (verb, target) => {
      const hit = active.find(({ fault, left }) => left > 0 && fits(fault, verb, target))
      if (!hit) return undefined
      hit.left--
      if (hit.fault.slowMs) await wait(hit.fault.slowMs)
      if (hit.fault.reset) return 'reset'
      if (hit.fault.status) throw ordered(hit.fault, verb, target)
      return undefined
    },
  }
}

function fits(fault: KubeFault, verb: string, target: ResourceRequest | undefined): boolean {
  if (!target) return !fault.verb && !fault.resource && !fault.name
  const resource = target.subresource ? `${target.resource}/${target.subresource}` : target.resource
  const asked = [fault.verb ?? verb, fault.resource ?? resource, fault.name ?? target.name]
  return asked[0] === verb && asked[1] === resource && asked[2] === target.name
}

const REASONS: Readonly<Record<number, readonly [reason: string, message: string]>> = {
  401: ['Unauthorized', 'Unauthorized'],
  429: ['TooManyRequests', 'the server has received too many requests and has asked us to try again later'],
  500: ['InternalError', 'Internal error occurred: etcdserver: request timed out'],
  503: ['ServiceUnavailable', 'the server is currently unable to handle the request'],
  504: [
    'Timeout',
    'the server was unable to return a response in the time allotted, but may still be processing the request',
  ],
}

function ordered(fault: KubeFault, verb: string, target: ResourceRequest | undefined) {
  const code = fault.status ?? 500
  const [reason, message] =
    code === 403 ? ['Forbidden', forbidden(verb, target)] : (REASONS[code] ?? ['', `fault ${code}`])
  const { retryAfterSeconds } = fault
  return refusal({
    code,
    reason,
    message: fault.message ?? message,
    ...(retryAfterSeconds === undefined ? {} : { retryAfterSeconds }),
  })
}

function forbidden(verb: string, target: ResourceRequest | undefined): string {
  const { resource = '', group = '', name = '', namespace = '' } = target ?? {}
  const qualified = group ? `${resource}.${group}` : resource
  const where = namespace ? `in the namespace "${namespace}"` : 'at the cluster scope'
  const what = `cannot ${verb} resource "${resource}" in API group "${group}" ${where}`
  return `${qualified}${name ? ` "${name}"` : ''} is forbidden: User "lab-admin" ${what}`
}
