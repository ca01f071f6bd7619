import { isDeepStrictEqual } from 'node:util'
import type { KubeObject } from '../../model/kube.ts'
import { isMapping } from '../../model/value.ts'

/** Why traffic may notice a change of this object, or undefined. */
export function disruptsOf(before: KubeObject | null, after: KubeObject | null): string | undefined {
  const object = after ?? before
  if (!object || !before) return undefined
  const rule = RULES.find(each => each.kind.test(object.kind) && each.api.test(object.apiVersion))
  if (!rule) return undefined
  if (after === null) return rule.deleted
  const differs = rule.fields.some(path => !isDeepStrictEqual(at(before, path), at(after, path)))
  return differs ? rule.changed : undefined
}

/** Why a deletion cannot be undone by applying the object again, or undefined. */
export function oneWayOf(before: KubeObject): string | undefined {
  if (before.kind === 'Namespace') return 'everything in the namespace is deleted with it'
  if (before.kind === 'CustomResourceDefinition') return 'every object of this kind is deleted with it'
  if (before.kind === 'PersistentVolumeClaim') return 'the volume may be deleted with its claim'
  return undefined
}

interface Rule {
  readonly kind: RegExp
  readonly api: RegExp
  /** Fields whose change matters. */
  readonly fields: readonly (readonly string[])[]
  readonly changed: string
  readonly deleted: string
}

const CALICO = /projectcalico\.org\//

const RULES: readonly Rule[] = [
  {
    kind: /^BGPPeer$/,
    api: CALICO,
    fields: [['spec']],
    changed: 'the BGP sessions of this peer start anew',
    deleted: 'the BGP sessions of this peer end',
  },
  {
    kind: /^BGPConfiguration$/,
    api: CALICO,
    fields: [
      ['spec', 'asNumber'],
      ['spec', 'nodeToNodeMeshEnabled'],
      ['spec', 'listenPort'],
    ],
    changed: 'BGP sessions of every node start anew',
    deleted: 'every node falls back to AS 64512 and the node-to-node mesh',
  },
  {
    kind: /^IPPool$/,
    api: CALICO,
    fields: [
      ['spec', 'ipipMode'],
      ['spec', 'vxlanMode'],
      ['spec', 'natOutgoing'],
      ['spec', 'disabled'],
    ],
    changed: 'pod traffic of this pool takes another way',
    deleted: 'pods lose the pool of their addresses',
  },
  {
    kind: /^Cilium(BGP\w+|LoadBalancerIPPool)$/,
    api: /^cilium\.io\//,
    fields: [['spec']],
    changed: 'BGP sessions or announced addresses change',
    deleted: 'BGP sessions or announced addresses go',
  },
  {
    kind: /^(DaemonSet|Deployment|StatefulSet)$/,
    api: /^apps\//,
    fields: [['spec', 'template']],
    changed: 'its pods are replaced',
    deleted: 'its pods go',
  },
]

function at(value: unknown, path: readonly string[]): unknown {
  return path.reduce<unknown>((inner, name) => (isMapping(inner) ? inner[name] : undefined), value)
}
