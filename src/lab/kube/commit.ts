import { randomUUID } from 'node:crypto'
import { admissionOf } from './admission/admission-of.ts'
import type { ClusterState } from './cluster-state.ts'
import { withDefaults } from './defaults.ts'
import { encodeManagers, type Manager, managersOf } from './fields/managers.ts'
import { updatedManagers } from './fields/update.ts'
import { type Json, type JsonMap, listOf, numberOf, pick, same } from './json.ts'
import { apiVersionOf, type Kind } from './kind.ts'
import { metadataCauses } from './names.ts'
import { nameOf, timestamp, withMetadata } from './object.ts'
import { ruleCauses } from './rules.ts'
import { invalid } from './status.ts'
import { validate } from './validate.ts'
import { managerOf, type WriteOptions } from './write-options.ts'

export interface Draft {
  readonly kind: Kind
  readonly live: JsonMap | undefined
  readonly next: JsonMap
  readonly options: WriteOptions
  /** Set by server-side apply, which has worked out the owners itself. */
  readonly managers?: readonly Manager[]
}

/**
 * The one way into the store: defaults, validation, ownership, generation. A write that changes nothing keeps the
 * resourceVersion; a dry run answers what would be stored.
 * @throws a 422 refusal with every mistake found
 */
export function commit(state: ClusterState, draft: Draft): JsonMap {
  const { kind, live, options } = draft
  const next = admit(state, draft)
  const { check } = admissionOf(kind)
  const causes = [
    ...metadataCauses(next, kind),
    ...(kind.custom ? validate(withoutMetadata(next), kind.schema) : []),
    ...(kind.custom ? ruleCauses(next, live, kind.schema) : []),
    ...(check?.(next, live) ?? []),
  ]
  if (causes.length > 0) throw invalid(kind, nameOf(next), distinct(causes))
  const managers =
    draft.managers ?? updatedManagers(claimed(draft), next, kind.schema, managerOf(kind, 'Update', options))
  const owned = withMetadata(next, { managedFields: encodeManagers(managers, managersOf(live)) })
  if (live && same(comparable(owned), comparable(live))) return live
  const numbered = withGeneration(owned, live, kind)
  if (options.dryRun) return numbered
  if (released(numbered)) return state.store.remove(kind, numbered)
  return state.store.put(kind, numbered)
}

/**
 * The live object with the owners that a writer states in managedFields, if it does: kubectl moves ownership from
 * client-side to server-side apply that way (since 1.26), and `[{}]` gives all of it up.
 */
function claimed({ live, next }: Draft): JsonMap | undefined {
  const stated = listOf(pick(next, 'metadata', 'managedFields'))
  return live && stated.length > 0 ? withMetadata(live, { managedFields: stated }) : live
}

/** The object as it would be stored, before ownership: system fields from the live one, status apart, defaults filled. */
function admit(state: ClusterState, draft: Draft): JsonMap {
  const { kind, live, options } = draft
  const parted = options.system ? draft.next : partStatus(draft)
  const withSystem = systemFields({ ...parted, apiVersion: apiVersionOf(kind), kind: kind.kind }, live)
  const filled = kind.custom ? withDefaults(withSystem, kind.schema) : withSystem
  return admissionOf(kind).prepare?.(filled, live, state) ?? filled
}

/** A write to the object leaves its status alone; a write to its status leaves the rest alone. */
function partStatus({ kind, live, next, options }: Draft): JsonMap {
  if (!kind.hasStatus) return next
  const { status: wanted, ...rest } = next
  if (options.subresource === 'status' && live) {
    const { status: _, ...kept } = live
    return wanted === undefined ? kept : { ...kept, status: wanted }
  }
  return live?.status === undefined ? rest : { ...rest, status: live.status }
}

function systemFields(object: JsonMap, live: JsonMap | undefined): JsonMap {
  const kept = (name: string): Json | undefined => pick(live, 'metadata', name)
  return withMetadata(object, {
    uid: kept('uid') ?? randomUUID(),
    creationTimestamp: kept('creationTimestamp') ?? timestamp(),
    generation: kept('generation'),
    resourceVersion: kept('resourceVersion'),
    deletionTimestamp: kept('deletionTimestamp'),
    deletionGracePeriodSeconds: kept('deletionGracePeriodSeconds'),
    generateName: kept('generateName') ?? pick(object, 'metadata', 'generateName'),
    managedFields: undefined,
    selfLink: undefined,
    ...emptied(object),
  })
}

/** Metadata that is empty is not stored, so that `annotations: {}` is no change. */
function emptied(object: JsonMap): Record<string, undefined> {
  const names = ['labels', 'annotations', 'finalizers', 'ownerReferences']
  const empty = names.filter(name => Object.keys(pick(object, 'metadata', name) ?? {}).length === 0)
  return Object.fromEntries(empty.map(name => [name, undefined]))
}

const NUMBERED = new Set(['apps', 'policy', 'apiextensions.k8s.io'])

function withGeneration(object: JsonMap, live: JsonMap | undefined, kind: Kind): JsonMap {
  if (!kind.custom && !NUMBERED.has(kind.group)) return object
  const before = numberOf(pick(live, 'metadata', 'generation'))
  const changed = !live || !same(content(object, kind), content(live, kind))
  return withMetadata(object, { generation: before + (changed ? 1 : 0) })
}

function content(object: JsonMap, kind: Kind): JsonMap {
  const { metadata: _, status, apiVersion: __, ...rest } = object
  return kind.hasStatus || status === undefined ? rest : { ...rest, status }
}

const comparable = (object: JsonMap): JsonMap => ({
  ...withMetadata(object, { resourceVersion: undefined }),
  apiVersion: '',
})
const withoutMetadata = (object: JsonMap): JsonMap => ({ ...object, metadata: {} })

/** Deleted already, and its last finalizer has just gone. */
function released(object: JsonMap): boolean {
  const waiting = listOf(pick(object, 'metadata', 'finalizers')).length > 0
  return pick(object, 'metadata', 'deletionTimestamp') !== undefined && !waiting
}

function distinct<T>(entries: readonly T[]): T[] {
  const seen = new Map(entries.map(entry => [JSON.stringify(entry), entry]))
  return [...seen.values()]
}
