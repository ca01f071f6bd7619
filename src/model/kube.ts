import type { Value } from './value.ts'

/** A Kubernetes object as JSON. */
export interface KubeObject {
  readonly apiVersion: string
  readonly kind: string
  readonly metadata: {
    readonly name: string
    readonly namespace?: string
    readonly labels?: Readonly<Record<string, string>>
    readonly annotations?: Readonly<Record<string, string>>
    readonly [key: string]: Value | undefined
  }
  readonly [key: string]: unknown
}

/** Which object: enough to ask for it. */
export interface KubeRef {
  readonly apiVersion: string
  readonly kind: string
  readonly name: string
  readonly namespace?: string
}

/** What the server would make of an object (server-side dry-run), beside what it holds now. */
export interface KubePreview {
  readonly live: KubeObject | null
  /** Live after the apply; null only for a delete. */
  readonly merged: KubeObject | null
  /** Set when another field manager owns what the object sets. */
  readonly conflict?: { readonly manager: string; readonly fields: readonly string[]; readonly message: string }
}

/** The reading side of a cluster (the real kubectl). It has no way to write. */
export interface KubeRead {
  /** Server-side dry-run of applies; calls made close together share one kubectl process. */
  preview(objects: readonly KubeObject[], options?: { readonly force?: boolean }): Promise<readonly KubePreview[]>
  /** Live objects by reference, null where absent. */
  get(refs: readonly KubeRef[]): Promise<readonly (KubeObject | null)[]>
  /** `kubectl get` with selectors. */
  list(query: KubeQuery): Promise<readonly KubeObject[]>
}

export interface KubeQuery {
  readonly apiVersion: string
  readonly kind: string
  readonly name?: string
  readonly namespace?: string
  readonly allNamespaces?: boolean
  readonly labelSelector?: string
  readonly fieldSelector?: string
}

/** One apply or delete. */
export interface KubeCommand {
  readonly verb: 'apply' | 'delete'
  readonly object: KubeObject
  readonly force?: boolean
}
