import type { JsonMap } from './json.ts'
import type { Schema } from './schema.ts'

export interface Column {
  readonly name: string
  readonly type: 'string' | 'integer' | 'number' | 'boolean' | 'date'
  readonly jsonPath?: string
  readonly cell?: (object: JsonMap) => string | number
  /** 1 = only with -o wide. */
  readonly priority?: number
  readonly format?: string
  readonly description?: string
}

export interface Subresource {
  readonly name: string
  readonly kind: string
  readonly group?: string
  readonly version?: string
  readonly verbs: readonly string[]
}

/** One resource of the API: what discovery, storage, validation and printing need to know. */
export interface Kind {
  readonly group: string
  readonly version: string
  readonly kind: string
  readonly plural: string
  readonly singular: string
  readonly shortNames: readonly string[]
  readonly categories: readonly string[]
  readonly namespaced: boolean
  /** True where status is written through its own path and ignored on the main one. */
  readonly hasStatus: boolean
  readonly subresources: readonly Subresource[]
  readonly schema: Schema
  /** From a CustomResourceDefinition: schema errors are worded differently, and patches cannot be strategic. */
  readonly custom: boolean
  readonly columns: readonly Column[]
}

/** 'v1', 'apps/v1'. */
export function apiVersionOf(kind: Kind): string {
  return kind.group ? `${kind.group}/${kind.version}` : kind.version
}

/** Versions of a kind share their stored objects. */
export function storageKey(kind: Pick<Kind, 'group' | 'plural'>): string {
  return `${kind.group}/${kind.plural}`
}

export const ALL_VERBS = ['create', 'delete', 'deletecollection', 'get', 'list', 'patch', 'update', 'watch'] as const
