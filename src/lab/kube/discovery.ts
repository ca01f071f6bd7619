import { defined, type JsonMap } from './json.ts'
import { ALL_VERBS, apiVersionOf, type Kind } from './kind.ts'
import type { Registry } from './registry.ts'
import { reviewResources } from './review.ts'

/** Discovery as every client knows it: a document per group and version. */
export function coreVersions(): JsonMap {
  return { kind: 'APIVersions', versions: ['v1'], serverAddressByClientCIDRs: [] }
}

export function groupList(registry: Registry): JsonMap {
  const groups = groupVersions(registry)
  return {
    kind: 'APIGroupList',
    apiVersion: 'v1',
    groups: [...groups].map(([name, versions]) => group(name, versions)),
  }
}

export function groupDocument(registry: Registry, name: string): JsonMap | undefined {
  const versions = groupVersions(registry).get(name)
  return versions ? { kind: 'APIGroup', apiVersion: 'v1', ...group(name, versions) } : undefined
}

/** APIResourceList of one version, undefined where there is none. */
export function resourceList(registry: Registry, groupName: string, version: string): JsonMap | undefined {
  const kinds = registry.all().filter(kind => kind.group === groupName && kind.version === version)
  const reviews = reviewResources(groupName, version)
  if (kinds.length === 0 && reviews.length === 0) return undefined
  const groupVersion = groupName ? `${groupName}/${version}` : version
  return {
    kind: 'APIResourceList',
    apiVersion: 'v1',
    groupVersion,
    resources: [...kinds.flatMap(resources), ...reviews],
  }
}

/** Groups but the core one, with their versions, the preferred first. */
export function groupVersions(registry: Registry): Map<string, string[]> {
  const groups = new Map<string, string[]>([
    ['authentication.k8s.io', ['v1']],
    ['authorization.k8s.io', ['v1']],
  ])
  for (const kind of registry.all()) {
    if (!kind.group) continue
    const versions = groups.get(kind.group) ?? []
    if (!versions.includes(kind.version)) groups.set(kind.group, [...versions, kind.version].sort(byStability))
  }
  return groups
}

/** v2 before v1 before v2beta1 before v1alpha1. */
function byStability(left: string, right: string): number {
  const weight = (version: string): number => {
    const [, major = '0', stage, minor = '0'] = /^v(\d+)(?:(alpha|beta)(\d+))?$/.exec(version) ?? []
    return (stage === 'alpha' ? 0 : stage === 'beta' ? 1 : 2) * 1e6 + Number(major) * 1e3 + Number(minor)
  }
  return weight(right) - weight(left)
}

function group(name: string, versions: readonly string[]): JsonMap {
  const entries = versions.map(version => ({ groupVersion: `${name}/${version}`, version }))
  return { name, versions: entries, preferredVersion: entries[0] ?? {} }
}

function resources(kind: Kind): JsonMap[] {
  const own = defined({
    name: kind.plural,
    singularName: kind.singular,
    namespaced: kind.namespaced,
    kind: kind.kind,
    verbs: [...ALL_VERBS],
    shortNames: kind.shortNames.length > 0 ? [...kind.shortNames] : undefined,
    categories: kind.categories.length > 0 ? [...kind.categories] : undefined,
    storageVersionHash: Buffer.from(apiVersionOf(kind)).toString('base64').slice(0, 12),
  })
  const below = kind.subresources.map(sub =>
    defined({
      name: `${kind.plural}/${sub.name}`,
      singularName: '',
      namespaced: kind.namespaced,
      kind: sub.kind,
      group: sub.group,
      version: sub.version,
      verbs: [...sub.verbs],
    }),
  )
  return [own, ...below]
}
