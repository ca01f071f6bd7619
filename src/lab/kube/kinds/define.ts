import { ALL_VERBS, type Column, type Kind, type Subresource } from '../kind.ts'
import type { Schema } from '../schema.ts'

interface Definition {
  readonly group?: string
  readonly version?: string
  readonly kind: string
  readonly plural: string
  readonly shortNames?: readonly string[]
  readonly categories?: readonly string[]
  readonly clusterWide?: boolean
  readonly hasStatus?: boolean
  readonly subresources?: readonly Subresource[]
  readonly schema: Schema
  readonly columns?: readonly Column[]
}

/** A kind of the API server's own, with what is usual filled in. */
export function define(definition: Definition): Kind {
  const { kind, plural, schema, hasStatus = false } = definition
  const status: Subresource[] = hasStatus ? [{ name: 'status', kind, verbs: ['get', 'patch', 'update'] }] : []
  return {
    group: definition.group ?? '',
    version: definition.version ?? 'v1',
    kind,
    plural,
    singular: kind.toLowerCase(),
    shortNames: definition.shortNames ?? [],
    categories: definition.categories ?? [],
    namespaced: !definition.clusterWide,
    hasStatus,
    subresources: [...(definition.subresources ?? []), ...status],
    schema,
    custom: false,
    columns: definition.columns ?? [AGE],
  }
}

export const AGE: Column = { name: 'Age', type: 'string', jsonPath: '.metadata.creationTimestamp', format: 'age' }
export const WRITABLE = ALL_VERBS
