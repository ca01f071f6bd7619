import type { KubeObject } from '../../../model/kube.ts'
import { asNumber, type Family, familyOf, hostOf, isAddress } from '../address.ts'

/** A Kubernetes node as BGP sees it. */
export interface ClusterNode {
  readonly name: string
  readonly labels: Readonly<Record<string, string>>
  readonly annotations: Readonly<Record<string, string>>
  /** False when its kubelet is gone: then its BGP is gone too. */
  readonly ready: boolean
  readonly addresses: Readonly<Partial<Record<Family, string>>>
  /** Its own AS, where it has one (projectcalico.org/ASNumber). */
  readonly as: number | null
  readonly podCidrs: readonly string[]
}

/** The objects of a kind, whatever the version of its group. */
export function ofKind(objects: readonly KubeObject[], group: string, kind: string): KubeObject[] {
  return objects.filter(object => object.kind === kind && groupOf(object.apiVersion) === group)
}

/** Calico's kinds exist in two groups: projectcalico.org/v3 and, in CRDs, crd.projectcalico.org/v1. */
export function ofCalico(objects: readonly KubeObject[], kind: string): KubeObject[] {
  const native = ofKind(objects, 'projectcalico.org', kind)
  const names = new Set(native.map(object => object.metadata.name))
  return [
    ...native,
    ...ofKind(objects, 'crd.projectcalico.org', kind).filter(object => !names.has(object.metadata.name)),
  ]
}

/** The nodes of a cluster, sorted by name. */
export function readNodes(objects: readonly KubeObject[]): ClusterNode[] {
  return ofKind(objects, '', 'Node')
    .map(readNode)
    .sort((left, right) => (left.name < right.name ? -1 : 1))
}

/** The node's address in the family of its peer. */
export function nodeAddress(node: ClusterNode, peer: string): string | null {
  return node.addresses[familyOf(peer)] ?? null
}

/** `at(object, 'spec', 'peerIP')` of an object nobody has typed. */
export function at(value: unknown, ...path: readonly string[]): unknown {
  return path.reduce<unknown>(
    (inner, key) => (typeof inner === 'object' && inner !== null ? (inner as Record<string, unknown>)[key] : undefined),
    value,
  )
}

export function listAt(value: unknown, ...path: readonly string[]): readonly unknown[] {
  const found = at(value, ...path)
  return Array.isArray(found) ? found : []
}

export function textAt(value: unknown, ...path: readonly string[]): string | null {
  const found = at(value, ...path)
  return typeof found === 'string' || typeof found === 'number' ? String(found) : null
}

/** The text of a key in a Secret of one of the namespaces; null where there is none. */
export function readSecret(
  objects: readonly KubeObject[],
  wanted: { namespaces: readonly string[]; name: string; key: string },
): string | null {
  const secret = ofKind(objects, '', 'Secret').find(
    object =>
      object.metadata.name === wanted.name && wanted.namespaces.includes(object.metadata.namespace ?? 'default'),
  )
  const encoded = textAt(secret, 'data', wanted.key)
  return encoded === null ? textAt(secret, 'stringData', wanted.key) : Buffer.from(encoded, 'base64').toString('utf8')
}

function readNode(object: KubeObject): ClusterNode {
  const annotations = object.metadata.annotations ?? {}
  const internal = listAt(object, 'status', 'addresses')
    .filter(each => textAt(each, 'type') === 'InternalIP')
    .map(each => textAt(each, 'address') ?? '')
  const candidates = [
    annotations['projectcalico.org/IPv4Address'],
    annotations['projectcalico.org/IPv6Address'],
    ...internal,
  ].filter(isAddress)
  const addresses: Partial<Record<Family, string>> = {}
  for (const candidate of candidates) addresses[familyOf(candidate)] ??= hostOf(candidate)
  const podCidrs = listAt(object, 'spec', 'podCIDRs').map(String)
  const ready = listAt(object, 'status', 'conditions').find(each => textAt(each, 'type') === 'Ready')
  return {
    name: object.metadata.name,
    labels: object.metadata.labels ?? {},
    annotations,
    ready: ready === undefined || textAt(ready, 'status') === 'True',
    addresses,
    as: asNumber(annotations['projectcalico.org/ASNumber']),
    podCidrs: podCidrs.length > 0 ? podCidrs : [textAt(object, 'spec', 'podCIDR') ?? ''].filter(cidr => cidr !== ''),
  }
}

function groupOf(apiVersion: string): string {
  return apiVersion.includes('/') ? (apiVersion.split('/')[0] ?? '') : ''
}
