import type { LabNode } from '../../../src/lab/kube/cluster-state.ts'

export const nodes = (count: number): LabNode[] =>
  Array.from({ length: count }, (_, index) => index + 1).map(number => ({
    name: `node-${number}`,
    labels: { rack_id: String(Math.ceil(number / 2)) },
    addresses: { v4: `192.0.2.${number}`, v6: `2001:db8::${number}` },
    podBlocks: [`10.3.0.${(number - 1) * 64}/26`, `2001:db8:3:${number}::/122`],
  }))

export const bgpPeer = (spec: object = {}) => ({
  apiVersion: 'projectcalico.org/v3',
  kind: 'BGPPeer',
  metadata: { name: 'rack-1-leaf-a' },
  spec: { peerIP: '192.168.1.1', asNumber: 65102, nodeSelector: 'rack_id == "1"', ...spec },
})

export const deployment = (replicas: number) => ({
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  metadata: { name: 'web', namespace: 'default' },
  spec: {
    replicas,
    selector: { matchLabels: { app: 'web' } },
    template: {
      metadata: { labels: { app: 'web' } },
      spec: {
        containers: [{ name: 'web', image: 'nginx', ports: [{ containerPort: 80 }], env: [{ name: 'A', value: 'a' }] }],
      },
    },
  },
})

export const budget = (name: string, spec: object) => ({
  apiVersion: 'policy/v1',
  kind: 'PodDisruptionBudget',
  metadata: { name, namespace: 'default' },
  spec: { selector: { matchLabels: { app: 'web' } }, ...spec },
})

export const service = (spec: object) => ({
  apiVersion: 'v1',
  kind: 'Service',
  metadata: { name: 'web', namespace: 'default' },
  spec: { selector: { app: 'web' }, ports: [{ port: 80 }], ...spec },
})
