import { randomBytes } from 'node:crypto'
import { encodedSecret } from './admission/secret.ts'
import type { ClusterState } from './cluster-state.ts'
import { commit } from './commit.ts'
import { applyFields } from './fields/apply.ts'
import { type JsonMap, mapOf, pick, textOf } from './json.ts'
import { apiVersionOf, type Kind } from './kind.ts'
import { deepestNamespace, requireNamespace } from './namespace-of.ts'
import { metadataOf, nameOf, withMetadata } from './object.ts'
import { jsonPatch } from './patch/json-patch.ts'
import { mergePatch } from './patch/merge-patch.ts'
import { strategicPatch } from './patch/strategic-patch.ts'
import { alreadyExists, badRequest, notFound, refusal, staleWrite } from './status.ts'
import { checkFields, checkTyped } from './strict.ts'
import type { Target } from './target.ts'
import { managerOf, type WriteOptions } from './write-options.ts'

export function createObject(state: ClusterState, target: Target, body: JsonMap, options: WriteOptions): JsonMap {
  const { kind } = target
  checkBody(target, body)
  const prefix = textOf(metadataOf(body).generateName)
  const name = nameOf(body) || (prefix && `${prefix}${randomBytes(3).toString('hex').slice(0, 5)}`)
  if (!name) throw badRequest('name or generateName is required')
  const namespace = deepestNamespace(target, body)
  if (kind.namespaced) requireNamespace(state, namespace)
  if (state.store.get(kind, namespace, name)) throw alreadyExists(kind, name)
  const next = withMetadata(checkFields(kind, body, options), { name, namespace: namespace || undefined })
  return commit(state, { kind, live: undefined, next, options })
}

/** PUT. @throws 409 where the body carries a resourceVersion that is not the live one's */
export function replaceObject(state: ClusterState, target: Target, body: JsonMap, options: WriteOptions): JsonMap {
  const live = liveObject(state, target)
  checkBody(target, body)
  checkVersion(target, live, body)
  const next = withMetadata(checkFields(target.kind, body, options), { namespace: target.namespace || undefined })
  return commit(state, { kind: target.kind, live, next, options })
}

export type PatchForm = 'merge' | 'json' | 'strategic'

export function patchObject(
  state: ClusterState,
  target: Target,
  patch: { readonly form: PatchForm; readonly body: JsonMap | JsonMap[] },
  options: WriteOptions,
): JsonMap {
  const { kind } = target
  const live = liveObject(state, target)
  if (patch.form === 'strategic' && kind.custom) {
    const message =
      'the body of the request was in an unknown format - accepted media types include: application/json-patch+json, application/merge-patch+json, application/apply-patch+yaml'
    throw refusal({ code: 415, reason: 'UnsupportedMediaType', message })
  }
  const patched =
    patch.form === 'json'
      ? jsonPatch(live, patch.body)
      : patch.form === 'merge'
        ? mergePatch(live, patch.body)
        : strategicPatch(live, mapOf(patch.body as JsonMap), kind.schema)
  const next = mapOf(patched)
  checkVersion(target, live, next)
  checkBody(target, next)
  return commit(state, { kind, live, next: checkFields(kind, next, options), options })
}

/** Server-side apply; creates the object where it is absent. */
export function applyObject(
  state: ClusterState,
  target: Target,
  body: JsonMap,
  options: WriteOptions,
): { object: JsonMap; created: boolean } {
  const { kind, namespace, name } = target
  if (!options.manager)
    throw badRequest(
      'PatchOptions.meta.k8s.io "" is invalid: fieldManager: Required value: is required for apply patch',
    )
  if (metadataOf(body).managedFields !== undefined) throw badRequest('metadata.managedFields must be nil')
  checkBody(target, body)
  const live = state.store.get(kind, namespace, name)
  if (live) checkVersion(target, live, body)
  if (!live && kind.namespaced) requireNamespace(state, namespace)
  checkTyped(kind, target, body)
  const readable = kind.kind === 'Secret' ? encodedSecret(body) : body
  const named = withMetadata(
    { ...readable, apiVersion: apiVersionOf(kind), kind: kind.kind },
    { name, namespace: namespace || undefined },
  )
  const wanted = partOf(named, kind, options)
  const manager = managerOf(kind, 'Apply', options)
  const force = options.force ?? false
  const { object, managers } = applyFields({ live: live ?? {}, wanted, schema: kind.schema, manager, force })
  return { object: commit(state, { kind, live, next: object, options, managers }), created: !live }
}

/** What an apply may own: status only through its own path. */
function partOf(object: JsonMap, kind: Kind, options: WriteOptions): JsonMap {
  const { status, ...rest } = object
  if (!kind.hasStatus || options.system) return object
  if (options.subresource !== 'status') return rest
  const { apiVersion = '', kind: named = '', metadata } = object
  const { name = '', namespace } = mapOf(metadata)
  const short = { apiVersion, kind: named, metadata: namespace === undefined ? { name } : { name, namespace } }
  return status === undefined ? short : { ...short, status }
}

export function liveObject(state: ClusterState, { kind, namespace, name }: Target): JsonMap {
  const live = state.store.get(kind, namespace, name)
  if (!live) throw notFound(kind, name)
  return live
}

function checkVersion({ kind, name }: Target, live: JsonMap, next: JsonMap): void {
  const wanted = pick(next, 'metadata', 'resourceVersion')
  if (wanted && wanted !== pick(live, 'metadata', 'resourceVersion')) throw staleWrite(kind, name)
}

function checkBody(target: Target, body: JsonMap): void {
  const { kind, name, namespace } = target
  const said = textOf(body.apiVersion)
  if (said && said !== apiVersionOf(kind)) {
    throw badRequest(
      `the API version in the data (${said}) does not match the expected API version (${apiVersionOf(kind)})`,
    )
  }
  if (body.kind && body.kind !== kind.kind)
    throw badRequest(`the kind in the data (${body.kind}) does not match the expected kind (${kind.kind})`)
  const bodyName = nameOf(body)
  if (name && bodyName && bodyName !== name) {
    throw badRequest(`the name of the object (${bodyName}) does not match the name on the URL (${name})`)
  }
  const bodyNamespace = textOf(metadataOf(body).namespace)
  if (kind.namespaced && bodyNamespace && bodyNamespace !== namespace) {
    throw badRequest('the namespace of the provided object does not match the namespace sent on the request')
  }
}
