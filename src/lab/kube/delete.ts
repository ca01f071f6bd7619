import type { ClusterState } from './cluster-state.ts'
import { type JsonMap, listOf, mapOf, pick, textOf } from './json.ts'
import { type Kind, storageKey } from './kind.ts'
import { nameOf, namespaceOf, timestamp, uidOf, withMetadata } from './object.ts'
import { refusal } from './status.ts'
import type { Target } from './target.ts'
import { liveObject } from './write.ts'

export interface DeleteOptions {
  readonly dryRun?: boolean
  readonly propagationPolicy?: string
  readonly uid?: string
}

/** Deletes one object and what it owns; one with finalizers only gets its deletionTimestamp and waits for them. */
export function deleteObject(
  state: ClusterState,
  target: Target,
  options: DeleteOptions = {},
): { object: JsonMap; gone: boolean } {
  const { kind, name } = target
  const live = liveObject(state, target)
  if (options.uid && options.uid !== uidOf(live)) {
    const message = `Operation cannot be fulfilled on ${kind.plural} "${name}": Precondition failed: UID in precondition: ${options.uid}, UID in object meta: ${uidOf(live)}`
    throw refusal({ code: 409, reason: 'Conflict', message, kind, name })
  }
  if (options.dryRun) return { object: live, gone: true }
  if (listOf(pick(live, 'metadata', 'finalizers')).length > 0) {
    if (pick(live, 'metadata', 'deletionTimestamp')) return { object: live, gone: false }
    const marked = withMetadata(live, { deletionTimestamp: timestamp(), deletionGracePeriodSeconds: 0 })
    return { object: state.store.put(kind, marked), gone: false }
  }
  const removed = state.store.remove(kind, live)
  followUp(state, kind, live, options)
  return { object: removed, gone: true }
}

function followUp(state: ClusterState, kind: Kind, gone: JsonMap, options: DeleteOptions): void {
  if (storageKey(kind) === '/namespaces') {
    for (const object of state.store.all()) if (namespaceOf(object) === nameOf(gone)) removeAny(state, object, options)
  }
  if (storageKey(kind) === 'apiextensions.k8s.io/customresourcedefinitions') {
    const [group, plural] = [textOf(pick(gone, 'spec', 'group')), textOf(pick(gone, 'spec', 'names', 'plural'))]
    for (const object of state.store.list({ group, plural })) state.store.remove({ group, plural }, object)
  }
  const orphan = options.propagationPolicy === 'Orphan'
  for (const dependent of dependents(state, uidOf(gone))) {
    if (orphan) release(state, dependent, uidOf(gone))
    else removeAny(state, dependent, options)
  }
}

function dependents(state: ClusterState, uid: string): JsonMap[] {
  return state.store.all().filter(object => owners(object).some(owner => owner.uid === uid))
}

const owners = (object: JsonMap): JsonMap[] => listOf(pick(object, 'metadata', 'ownerReferences')).map(mapOf)

function release(state: ClusterState, object: JsonMap, uid: string): void {
  const kind = kindOfObject(state, object)
  const left = owners(object).filter(owner => owner.uid !== uid)
  if (kind) state.store.put(kind, withMetadata(object, { ownerReferences: left.length > 0 ? left : undefined }))
}

function removeAny(state: ClusterState, object: JsonMap, options: DeleteOptions): void {
  const kind = kindOfObject(state, object)
  const target = kind && { kind, namespace: namespaceOf(object), name: nameOf(object) }
  if (target && state.store.get(kind, target.namespace, target.name))
    deleteObject(state, target, { ...options, uid: '' })
}

/** The kind of a stored object. */
export function kindOfObject(state: ClusterState, object: JsonMap): Kind | undefined {
  const [version = '', group = ''] = textOf(object.apiVersion).split('/').reverse()
  return (
    state.registry.all().find(kind => kind.group === group && kind.kind === object.kind && kind.version === version) ??
    state.registry.byKind(group, textOf(object.kind))
  )
}
