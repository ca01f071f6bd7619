import type { ClusterState } from '../cluster-state.ts'
import { type JsonMap, listOf, mapOf, pick, textOf } from '../json.ts'
import { conditionOf, labelsOf, nameOf, specOf, statusOf, timestamp } from '../object.ts'
import { selectorMatcher } from '../selector.ts'
import { listOfKind, systemDelete, systemPut } from '../system-write.ts'
import { freeAddresses } from './pod-address.ts'

/**
 * Scheduler and kubelet in one: a pod without a node goes to the fitting one with the fewest pods; a pod on a node
 * runs and is ready `podStartMs` after it came there. Pods of nodes that are gone go too.
 */
export function keepPods(state: ClusterState, podStartMs: number, later: (ms: number) => void): void {
  const nodes = listOfKind(state, '/nodes')
  for (const pod of listOfKind(state, '/pods')) {
    const name = textOf(specOf(pod).nodeName)
    const node = name ? nodes.find(found => nameOf(found) === name) : choose(state, nodes, pod)
    if (name && !node) systemDelete(state, pod)
    else if (node && statusOf(pod).phase === 'Pending') place(state, pod, node, { podStartMs, later })
    else if (!node) systemPut(state, { ...pod, status: { ...statusOf(pod), conditions: [unschedulable(pod)] } })
  }
}

function choose(state: ClusterState, nodes: readonly JsonMap[], pod: JsonMap): JsonMap | undefined {
  const fits = selectorMatcher({ matchLabels: mapOf(specOf(pod).nodeSelector) })
  const open = nodes.filter(node => {
    return (
      specOf(node).unschedulable !== true &&
      conditionOf(node, 'Ready') === 'True' &&
      fits(labelsOf(node)) &&
      !isTainted(node)
    )
  })
  const load = new Map<string, number>()
  for (const other of listOfKind(state, '/pods')) {
    const on = textOf(specOf(other).nodeName)
    load.set(on, (load.get(on) ?? 0) + 1)
  }
  return open.toSorted((left, right) => (load.get(nameOf(left)) ?? 0) - (load.get(nameOf(right)) ?? 0))[0]
}

function isTainted(node: JsonMap): boolean {
  return listOf(specOf(node).taints).some(taint => ['NoSchedule', 'NoExecute'].includes(textOf(mapOf(taint).effect)))
}

interface Start {
  readonly podStartMs: number
  readonly later: (ms: number) => void
}

function place(state: ClusterState, pod: JsonMap, node: JsonMap, { podStartMs, later }: Start): void {
  const spec = { ...specOf(pod), nodeName: nameOf(node) }
  const since = Number(pick(statusOf(pod), 'startedAtMs') ?? Number.NaN)
  if (podStartMs > 0 && !(Date.now() - since >= podStartMs)) {
    if (Number.isNaN(since)) {
      systemPut(
        state,
        {
          ...pod,
          spec,
          status: { ...statusOf(pod), startedAtMs: Date.now(), conditions: [condition(pod, 'PodScheduled', 'True')] },
        },
        'kubelet',
      )
      later(podStartMs + 1)
    }
    return
  }
  systemPut(state, { ...pod, spec, status: running(state, { ...pod, spec }, node) }, 'kubelet')
}

function running(state: ClusterState, pod: JsonMap, node: JsonMap): JsonMap {
  const addresses = freeAddresses(state, pod, node)
  const hostIP = textOf(mapOf(listOf(statusOf(node).addresses)[0]).address)
  const types = ['Initialized', 'Ready', 'ContainersReady', 'PodScheduled']
  return {
    phase: 'Running',
    qosClass: 'BestEffort',
    hostIP,
    podIP: addresses[0] ?? '',
    podIPs: addresses.map(ip => ({ ip })),
    startTime: timestamp(),
    conditions: types.map(type => condition(pod, type, 'True')),
    containerStatuses: listOf(specOf(pod).containers).map(container => containerStatus(mapOf(container))),
  }
}

function containerStatus(container: JsonMap): JsonMap {
  const { name = '', image = '' } = container
  const state = { running: { startedAt: timestamp() } }
  return {
    name,
    image,
    imageID: '',
    containerID: `containerd://${name}`,
    ready: true,
    started: true,
    restartCount: 0,
    lastState: {},
    state,
  }
}

function condition(pod: JsonMap, type: string, status: string): JsonMap {
  const before = listOf(statusOf(pod).conditions)
    .map(mapOf)
    .find(entry => entry.type === type && entry.status === status)
  return before ?? { type, status, lastProbeTime: null, lastTransitionTime: timestamp() }
}

function unschedulable(pod: JsonMap): JsonMap {
  return {
    ...condition(pod, 'PodScheduled', 'False'),
    reason: 'Unschedulable',
    message: 'no node fits: they are cordoned, not ready, tainted, or their labels do not match',
  }
}
