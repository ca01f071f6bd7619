import type { Failure } from './failure.ts'
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
  /** Live objects by reference, null where absent. `fresh` asks the server again (polling). */
  get(refs: readonly KubeRef[], options?: { readonly fresh?: boolean }): Promise<readonly (KubeObject | null)[]>
  /** The same references with the namespace written out, for objects that the server has no answer about. */
  place(refs: readonly KubeRef[]): Promise<readonly KubeRef[]>
  /** `kubectl get` with selectors. */
  list(query: KubeQuery): Promise<readonly KubeObject[]>
  /** The text that `kubectl kustomize FOLDER` builds; needs no cluster. */
  kustomize(folder: string): Promise<string>
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

/**
 * One write. `apply` is server-side, of the fields that are declared; `create` makes an object anew in the name of who owned it (undo of a
 * deletion); `delete` needs only the object's reference.
 */
export interface KubeCommand {
  readonly verb: 'apply' | 'create' | 'delete'
  readonly object: KubeObject
  /** create: the field manager, weft unless given. */
  readonly manager?: string
  readonly force?: boolean
}

/** The value of what is managed on a cluster: the whole object, and for a wanted one what was declared of it. */
export interface KubeState {
  readonly object: KubeObject
  readonly declared?: KubeObject
  /** Take fields over from other managers. */
  readonly force?: boolean
  /** Of an object that was deleted: who owned most of it beside weft, and what weft had applied of it. */
  readonly owner?: string
  readonly own?: KubeObject
}

/** What an apply fails with that sets fields of another manager; `title` names the object. */
export function conflictFailure(title: string, conflict: NonNullable<KubePreview['conflict']>): Failure {
  const fields = conflict.fields.length > 0 ? conflict.fields.join(', ') : 'some of its fields'
  return {
    code: 'rejected',
    message: `${title}: another field manager, ${conflict.manager}, owns ${fields}.`,
    device: { said: conflict.message, line: title },
    remedy: 'Leave these fields out, or take them over with server_side_apply: {force_conflicts: true}.',
  }
}
