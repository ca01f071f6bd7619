import type { LabNode } from './cluster-state.ts'
import type { JsonMap } from './json.ts'
import { nodeObject } from './seed-node.ts'

export type Cni = 'calico' | 'cilium' | 'kube-router'

interface Seed {
  readonly nodes: readonly LabNode[]
  readonly cni: readonly Cni[]
  readonly version: string
  readonly demo: boolean
}

/** What a fresh cluster holds: namespaces, nodes, the API's own service, DNS and the CNI's daemon on every node. */
export function seedObjects({ nodes, cni, version, demo }: Seed): JsonMap[] {
  const namespaces = ['default', 'kube-system', 'kube-public', 'kube-node-lease']
  return [
    ...namespaces.map(name => ({ apiVersion: 'v1', kind: 'Namespace', metadata: { name } })),
    ...nodes.map(node => nodeObject(node, version)),
    ...nodes.map(({ name }) => lease(name)),
    service('kubernetes', 'default', { ports: [{ name: 'https', port: 443, targetPort: 6443 }] }),
    deployment({
      name: 'coredns',
      namespace: 'kube-system',
      replicas: 2,
      image: 'registry.k8s.io/coredns/coredns:v1.11.3',
    }),
    service('kube-dns', 'kube-system', {
      selector: { 'k8s-app': 'coredns' },
      ports: [
        { name: 'dns', port: 53, protocol: 'UDP' },
        { name: 'dns-tcp', port: 53, protocol: 'TCP' },
      ],
    }),
    ...(demo ? demoObjects() : []),
    ...cni.map(name => daemon(DAEMONS[name])),
    ...(cni.includes('calico') ? nodes.flatMap(blockAffinities) : []),
  ]
}

const DAEMONS: Readonly<Record<Cni, { name: string; image: string }>> = {
  calico: { name: 'calico-node', image: 'docker.io/calico/node:v3.32.1' },
  cilium: { name: 'cilium', image: 'quay.io/cilium/cilium:v1.19.0' },
  'kube-router': { name: 'kube-router', image: 'docker.io/cloudnativelabs/kube-router:v2.9.0' },
}

/** Where a kubelet says that it is alive. */
function lease(name: string): JsonMap {
  const spec = { holderIdentity: name, leaseDurationSeconds: 40, renewTime: new Date().toISOString() }
  return { apiVersion: 'coordination.k8s.io/v1', kind: 'Lease', metadata: { name, namespace: 'kube-node-lease' }, spec }
}

function service(name: string, namespace: string, spec: JsonMap): JsonMap {
  return { apiVersion: 'v1', kind: 'Service', metadata: { name, namespace }, spec }
}

interface Workload {
  readonly name: string
  readonly namespace: string
  readonly replicas: number
  readonly image: string
}

function demoObjects(): JsonMap[] {
  const name = 'demo'
  return [
    deployment({ name, namespace: 'default', replicas: 3, image: 'docker.io/library/nginx:1.27' }),
    service(name, 'default', {
      type: 'LoadBalancer',
      externalTrafficPolicy: 'Local',
      ipFamilyPolicy: 'PreferDualStack',
      selector: { 'k8s-app': name },
      ports: [{ port: 80 }],
    }),
    budgetFor(name),
  ]
}

function budgetFor(name: string): JsonMap {
  const spec = { maxUnavailable: 1, selector: { matchLabels: { 'k8s-app': name } } }
  return { apiVersion: 'policy/v1', kind: 'PodDisruptionBudget', metadata: { name, namespace: 'default' }, spec }
}

function deployment({ name, namespace, replicas, image }: Workload): JsonMap {
  const labels = { 'k8s-app': name }
  const spec = {
    replicas,
    selector: { matchLabels: labels },
    template: { metadata: { labels }, spec: { containers: [{ name, image }] } },
  }
  return { apiVersion: 'apps/v1', kind: 'Deployment', metadata: { name, namespace, labels }, spec }
}

function daemon({ name, image }: { name: string; image: string }): JsonMap {
  const labels = { 'k8s-app': name }
  const pod = { hostNetwork: true, serviceAccountName: name, containers: [{ name, image }] }
  const spec = { selector: { matchLabels: labels }, template: { metadata: { labels }, spec: pod } }
  return { apiVersion: 'apps/v1', kind: 'DaemonSet', metadata: { name, namespace: 'kube-system', labels }, spec }
}

/** Calico's record of which node has which block. */
function blockAffinities(node: LabNode): JsonMap[] {
  return (node.podBlocks ?? []).map(cidr => ({
    apiVersion: 'crd.projectcalico.org/v1',
    kind: 'BlockAffinity',
    metadata: { name: `${node.name}-${cidr.replace(/[.:/]+/g, '-')}` },
    spec: { cidr, deleted: 'false', node: node.name, state: 'confirmed', type: 'host' },
  }))
}
