import { type Answer, json } from './answer.ts'
import type { ClusterState } from './cluster-state.ts'
import { deleteObject } from './delete.ts'
import { evict } from './eviction.ts'
import { type JsonMap, mapOf, pick, textOf } from './json.ts'
import type { Kind } from './kind.ts'
import { uidOf } from './object.ts'
import { atVersion, listObjects, matcherOf } from './read.ts'
import type { ApiRequest, ResourceRequest } from './request.ts'
import { verbOf } from './request.ts'
import { answerReview } from './review.ts'
import { answerScale } from './scale.ts'
import { shapedList, shapedObject, shapeOf } from './shape.ts'
import { refusal } from './status.ts'
import type { Target } from './target.ts'
import { streamWatch } from './watch.ts'
import { liveObject } from './write.ts'
import { answerWrite } from './write-request.ts'

/** Answers a request to a resource or one of its subresources. */
export function answerResource(state: ClusterState, request: ApiRequest, path: ResourceRequest): Answer {
  const review = request.method === 'POST' ? answerReview(path.group, path.resource, mapOf(request.body)) : undefined
  if (review) return json(review, 201)
  const kind = state.registry.find(path.group, path.version, path.resource)
  if (!kind)
    throw refusal({ code: 404, reason: 'NotFound', message: 'the server could not find the requested resource' })
  const target: Target = { kind, namespace: path.namespace, name: path.name }
  const { subresource } = path
  if (subresource === 'log') return { code: 200, body: liveObject(state, target) ? '' : '' }
  if (subresource === 'eviction')
    return evict(state, target, mapOf(request.body), request.query.get('dryRun') === 'All')
  if (subresource === 'scale') return answerScale(state, target, request)
  if (subresource === 'finalize') return json(liveObject(state, target))
  const verb = verbOf(request, path)
  if (verb === 'watch') return watch(state, request, target)
  if (verb === 'get' || verb === 'list') return read(state, request, target)
  if (verb === 'delete') return remove(state, request, target)
  if (verb === 'deletecollection') return removeAll(state, request, target)
  return answerWrite({ state, request, target, subresource })
}

function read(state: ClusterState, request: ApiRequest, target: Target): Answer {
  const { kind } = target
  const shape = shapeOf(String(request.headers.accept ?? ''))
  const include = request.query.get('includeObject') ?? 'Metadata'
  if (target.name) return json(shapedObject(shape, kind, atVersion(liveObject(state, target), kind), include))
  const list = listObjects(state, kind, {
    ...selectors(request),
    namespace: target.namespace,
    limit: Number(request.query.get('limit') ?? 0),
    continue: request.query.get('continue') ?? '',
  })
  return json(shapedList(shape, kind, list, include))
}

const selectors = ({ query }: ApiRequest) => ({
  labelSelector: query.get('labelSelector') ?? '',
  fieldSelector: query.get('fieldSelector') ?? '',
})

function watch(state: ClusterState, request: ApiRequest, target: Target): Answer {
  const { kind, namespace, name } = target
  const { query } = request
  const shape = shapeOf(String(request.headers.accept ?? ''))
  const include = query.get('includeObject') ?? 'Metadata'
  const chosen = selectors(request)
  const fieldSelector = name ? `metadata.name=${name}` : chosen.fieldSelector
  const options = {
    ...chosen,
    fieldSelector,
    namespace,
    resourceVersion: query.get('resourceVersion') ?? '',
    timeoutSeconds: Number(query.get('timeoutSeconds') ?? 0),
    sendInitialEvents: query.get('sendInitialEvents') === 'true',
  }
  const shaped = (object: JsonMap): JsonMap => shapedObject(shape, kind, object, include)
  return { code: 200, stream: response => streamWatch({ state, kind, query: options, response, shape: shaped }) }
}

function remove(state: ClusterState, request: ApiRequest, target: Target): Answer {
  const { object, gone } = deleteObject(state, target, deleteOptions(request))
  return json(gone ? deleted(target.kind, target.name, object) : object)
}

function removeAll(state: ClusterState, request: ApiRequest, target: Target): Answer {
  const { kind, namespace } = target
  const found = state.store.list(kind, namespace).filter(matcherOf(selectors(request)))
  const options = deleteOptions(request)
  for (const object of found) {
    const [own, name] = [textOf(pick(object, 'metadata', 'namespace')), textOf(pick(object, 'metadata', 'name'))]
    if (state.store.get(kind, own, name)) deleteObject(state, { kind, namespace: own, name }, options)
  }
  return json(
    shapedList('object', kind, { items: found, metadata: { resourceVersion: String(state.store.revision()) } }, ''),
  )
}

function deleteOptions({ query, body }: ApiRequest) {
  const options = mapOf(body)
  const dryRun = query.get('dryRun') === 'All' || JSON.stringify(options.dryRun ?? null).includes('All')
  const propagationPolicy = query.get('propagationPolicy') ?? textOf(options.propagationPolicy)
  return { dryRun, propagationPolicy, uid: textOf(pick(options, 'preconditions', 'uid')) }
}

function deleted(kind: Kind, name: string, object: JsonMap): JsonMap {
  const details = { name, ...(kind.group ? { group: kind.group } : {}), kind: kind.plural, uid: uidOf(object) }
  return { kind: 'Status', apiVersion: 'v1', metadata: {}, status: 'Success', details }
}
