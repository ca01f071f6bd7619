import type { LabNode } from './cluster-state.ts'
import type { Json, JsonMap } from './json.ts'
import { timestamp } from './object.ts'

/** A Node as its kubelet registers it. */
export function nodeObject(node: LabNode, version: string): JsonMap {
  const { name, addresses, podBlocks = [], labels = {}, unschedulable } = node
  const blocks = [...podBlocks]
  return {
    apiVersion: 'v1',
    kind: 'Node',
    metadata: {
      name,
      labels: { 'kubernetes.io/hostname': name, 'kubernetes.io/os': 'linux', 'kubernetes.io/arch': 'amd64', ...labels },
    },
    spec: {
      ...(blocks.length > 0 ? { podCIDR: blocks[0] ?? '', podCIDRs: blocks } : {}),
      ...(unschedulable ? { unschedulable } : {}),
    },
    status: {
      addresses: nodeAddresses(name, addresses),
      allocatable: { cpu: '8', memory: '32Gi', pods: '110' },
      capacity: { cpu: '8', memory: '32Gi', pods: '110' },
      conditions: [
        condition('MemoryPressure', 'False'),
        condition('DiskPressure', 'False'),
        condition('PIDPressure', 'False'),
        condition('Ready', 'True'),
      ],
      nodeInfo: nodeInfo(version),
    },
  }
}

function nodeAddresses(name: string, { v4, v6 }: LabNode['addresses']): Json[] {
  const internal = [v4, v6].filter(address => address !== undefined)
  return [...internal.map(address => ({ type: 'InternalIP', address })), { type: 'Hostname', address: name }]
}

function condition(type: string, status: string): JsonMap {
  const reason = type === 'Ready' ? 'KubeletReady' : `KubeletHasNo${type}`
  const now = timestamp()
  return { type, status, reason, message: reason, lastHeartbeatTime: now, lastTransitionTime: now }
}

function nodeInfo(version: string): JsonMap {
  return {
    architecture: 'amd64',
    bootID: '',
    containerRuntimeVersion: 'containerd://1.7.27',
    kernelVersion: '6.1.0-lab',
    kubeProxyVersion: `v${version}`,
    kubeletVersion: `v${version}`,
    machineID: '',
    operatingSystem: 'linux',
    osImage: 'weft lab',
    systemUUID: '',
  }
}
