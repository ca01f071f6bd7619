import type { KubeObject } from '../../src/model/kube.ts'
import { k8s } from '../../src/modules/kube/k8s.ts'
import { startKubeLab } from '../support/kube-lab.ts'
import { testWithKubectl } from '../support/where.ts'
import { canary, resourceContract } from './resource-contract.ts'

/** An object without what the server counts, stamps or keeps about ownership. */
function configured({ metadata, ...rest }: KubeObject): object {
  const { managedFields, resourceVersion, generation, uid, creationTimestamp, ...kept } = metadata
  return { ...rest, metadata: kept }
}

await resourceContract(k8s, {
  declare: testWithKubectl,
  lab: async () => {
    const lab = await startKubeLab([
      {
        apiVersion: 'projectcalico.org/v3',
        kind: 'BGPConfiguration',
        metadata: { name: 'default' },
        spec: { asNumber: 65531, nodeToNodeMeshEnabled: false },
      },
    ])
    const kinds = ['NetworkPolicy', 'Secret', 'BGPConfiguration', 'BGPPeer', 'IPPool', 'Namespace']
    return {
      open: () => lab.open(),
      state: () =>
        lab.cluster
          .objects()
          .filter(({ kind }) => kinds.includes(kind))
          .map(configured),
      close: lab.close,
    }
  },
  cases: [
    {
      title: 'several objects at once, one of them secret',
      args: {
        definition: [
          {
            apiVersion: 'v1',
            kind: 'Secret',
            metadata: { name: 'bgp-secrets', namespace: 'kube-system' },
            stringData: { 'rr-password': canary },
          },
          {
            apiVersion: 'projectcalico.org/v3',
            kind: 'BGPPeer',
            metadata: { name: 'leaf-a' },
            spec: { peerIP: '192.0.2.1', asNumber: 65102 },
          },
        ],
      },
    },
    {
      title: 'two kinds of one name, which only their groups tell apart, one without its namespace',
      args: {
        definition: [
          { apiVersion: 'projectcalico.org/v3', kind: 'NetworkPolicy', metadata: { name: 'web' }, spec: { order: 1 } },
          {
            apiVersion: 'networking.k8s.io/v1',
            kind: 'NetworkPolicy',
            metadata: { name: 'web', namespace: 'default' },
            spec: { podSelector: {} },
          },
        ],
      },
    },
    {
      title: 'an object goes',
      args: { api_version: 'projectcalico.org/v3', kind: 'BGPConfiguration', name: 'default', state: 'absent' },
    },
    {
      title: 'a namespace and an object in it',
      args: {
        definition: [
          { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'demo' } },
          { apiVersion: 'v1', kind: 'Secret', metadata: { name: 's', namespace: 'demo' }, stringData: { a: canary } },
        ],
      },
    },
  ],
})
