import type { ClusterState } from '../cluster-state.ts'
import { isHealthy } from '../disruption.ts'
import { type JsonMap, mapOf, pick } from '../json.ts'
import { labelsOf, nameOf, specOf } from '../object.ts'
import { selectorMatcher } from '../selector.ts'
import { listOfKind, systemDelete, systemPut } from '../system-write.ts'
import { createPod, ownedPods, suffix, templateHash } from './owned-pods.ts'

/** One pod on each node that the template's nodeSelector fits; cordoned nodes keep theirs, as daemons tolerate that taint. */
export function keepDaemonSets(state: ClusterState): void {
  for (const set of listOfKind(state, 'apps/daemonsets')) {
    const hash = templateHash(set)
    const nodes = nodesFor(state, set).map(nameOf)
    dropUnwanted(state, set, nodes, hash)
    const covered = new Set(ownedPods(state, set).map(nodeOf))
    for (const node of nodes.filter(name => !covered.has(name))) {
      const labels = { 'controller-revision-hash': hash, 'pod-template-generation': '1' }
      createPod(state, set, { name: `${nameOf(set)}-${suffix()}`, labels, spec: { nodeName: node } })
    }
    systemPut(state, { ...set, status: statusFor(state, set, nodes.length, hash) })
  }
}

function nodesFor(state: ClusterState, set: JsonMap): JsonMap[] {
  const wanted = mapOf(pick(set, 'spec', 'template', 'spec', 'nodeSelector'))
  const fits = selectorMatcher({ matchLabels: wanted })
  return listOfKind(state, '/nodes').filter(node => fits(labelsOf(node)))
}

/** Pods on wrong nodes, second ones, and (RollingUpdate) one at a time those of an older template. */
function dropUnwanted(state: ClusterState, set: JsonMap, nodes: readonly string[], hash: string): void {
  const seen = new Set<string>()
  const pods = ownedPods(state, set)
  for (const pod of pods) {
    const node = nodeOf(pod)
    if (!nodes.includes(node) || seen.has(node)) systemDelete(state, pod)
    seen.add(node)
  }
  if (pick(set, 'spec', 'updateStrategy', 'type') === 'OnDelete' || !pods.every(isHealthy)) return
  const stale = pods.find(pod => labelsOf(pod)['controller-revision-hash'] !== hash)
  if (stale) systemDelete(state, stale)
}

const nodeOf = (pod: JsonMap): string => String(specOf(pod).nodeName ?? '')

function statusFor(state: ClusterState, set: JsonMap, desired: number, hash: string): JsonMap {
  const pods = ownedPods(state, set)
  const ready = pods.filter(isHealthy).length
  return {
    currentNumberScheduled: pods.length,
    desiredNumberScheduled: desired,
    numberAvailable: ready,
    numberMisscheduled: 0,
    numberReady: ready,
    ...(desired > ready ? { numberUnavailable: desired - ready } : {}),
    observedGeneration: pick(set, 'metadata', 'generation') ?? 1,
    updatedNumberScheduled: pods.filter(pod => labelsOf(pod)['controller-revision-hash'] === hash).length,
  }
}
