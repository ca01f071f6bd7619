import type { ClusterState } from '../cluster-state.ts'
import { keepBalancerAddresses } from './balancer-addresses.ts'
import { keepBudgets } from './budgets.ts'
import { keepDaemonSets } from './daemon-sets.ts'
import { keepDeployments } from './deployments.ts'
import { keepEndpointSlices } from './endpoint-slices.ts'
import { keepNamespaces } from './namespaces.ts'
import { keepPods } from './pods.ts'
import { keepReplicaSets } from './replica-sets.ts'
import { keepStatefulSets } from './stateful-sets.ts'

export interface Controllers {
  stop(): void
}

/** Kinds whose changes the controllers react to. */
const WATCHED = /^(\/(pods|nodes|services|namespaces)|apps\/|policy\/|cilium\.io\/ciliumloadbalancerippools)/

/**
 * Runs all controllers after each change until nothing changes any more. Every one is a function from the store's objects to
 * writes; writes of equal objects do not happen, so a settled cluster is quiet.
 */
export function startControllers(state: ClusterState, podStartMs: number, log: (line: string) => void): Controllers {
  let [queued, stopped] = [false, false]
  const timers = new Set<NodeJS.Timeout>()
  const pass = (): void => {
    queued = false
    if (!stopped) settle(state, podStartMs, later)
  }
  const guarded = (): void => {
    try {
      pass()
    } catch (error) {
      log(`controller: ${error instanceof Error ? error.message : String(error)}`)
    }
  }
  const later = (ms: number): void => {
    const timer = setTimeout(() => {
      timers.delete(timer)
      guarded()
    }, ms)
    timers.add(timer)
  }
  const unsubscribe = state.store.subscribe(event => {
    if (queued || stopped || !WATCHED.test(event.storage)) return
    queued = true
    setImmediate(guarded)
  })
  pass()
  return {
    stop: () => {
      stopped = true
      unsubscribe()
      for (const timer of timers) clearTimeout(timer)
    },
  }
}

function settle(state: ClusterState, podStartMs: number, later: (ms: number) => void): void {
  for (let round = 0; round < 20; round++) {
    const before = state.store.revision()
    keepNamespaces(state)
    keepDeployments(state)
    keepReplicaSets(state)
    keepStatefulSets(state)
    keepDaemonSets(state)
    keepPods(state, podStartMs, later)
    keepBudgets(state)
    keepBalancerAddresses(state)
    keepEndpointSlices(state)
    if (state.store.revision() === before) return
  }
}
