import { groupVersions, resourceList } from './discovery.ts'
import { defined, type Json, type JsonMap, listOf, mapOf, textOf } from './json.ts'
import type { Registry } from './registry.ts'

/**
 * All groups in one answer (apidiscovery.k8s.io), so that a kubectl since 1.27 needs two round trips and not one per group.
 * `path` is '/api' (the core group) or '/apis'.
 */
export function aggregatedDiscovery(registry: Registry, path: string, apiVersion: 'v2' | 'v2beta1'): JsonMap {
  const groups: [string, string[]][] = path === '/api' ? [['', ['v1']]] : [...groupVersions(registry)]
  return {
    kind: 'APIGroupDiscoveryList',
    apiVersion: `apidiscovery.k8s.io/${apiVersion}`,
    metadata: {},
    items: groups.map(([name, versions]) => ({
      metadata: name ? { name, creationTimestamp: null } : { creationTimestamp: null },
      versions: versions.map(version => ({
        version,
        freshness: 'Current',
        resources: resourcesOf(registry, name, version),
      })),
    })),
  }
}

/** Which aggregated version an Accept header asks for, if any. */
export function aggregatedVersion(accept: string): 'v2' | 'v2beta1' | undefined {
  const asked = accept.split(',').filter(type => type.includes('as=APIGroupDiscoveryList'))
  if (asked.some(type => /;v=v2(;|$)/.test(type))) return 'v2'
  return asked.some(type => type.includes('v=v2beta1')) ? 'v2beta1' : undefined
}

function resourcesOf(registry: Registry, group: string, version: string): Json[] {
  const flat = listOf(mapOf(resourceList(registry, group, version)).resources).map(mapOf)
  return flat
    .filter(resource => !textOf(resource.name).includes('/'))
    .map(resource => ({
      ...described(resource, group, version),
      resource: textOf(resource.name),
      scope: resource.namespaced ? 'Namespaced' : 'Cluster',
      singularResource: textOf(resource.singularName),
      subresources: flat
        .filter(sub => textOf(sub.name).startsWith(`${resource.name}/`))
        .map(sub => ({ ...described(sub, group, version), subresource: textOf(sub.name).split('/')[1] ?? '' })),
    }))
}

function described(resource: JsonMap, group: string, version: string): JsonMap {
  const responseKind = {
    group: textOf(resource.group) || group,
    version: textOf(resource.version) || version,
    kind: resource.kind ?? '',
  }
  return defined({
    responseKind,
    verbs: resource.verbs,
    shortNames: resource.shortNames,
    categories: resource.categories,
  })
}
