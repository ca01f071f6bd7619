import { type Answer, json } from './answer.ts'
import type { ClusterState } from './cluster-state.ts'
import { isMap, type JsonMap, mapOf } from './json.ts'
import { atVersion } from './read.ts'
import type { ApiRequest } from './request.ts'
import { shapedObject, shapeOf } from './shape.ts'
import { badRequest, refusal } from './status.ts'
import type { Target } from './target.ts'
import { applyObject, createObject, type PatchForm, patchObject, replaceObject } from './write.ts'
import type { WriteOptions } from './write-options.ts'

interface WriteRequest {
  readonly state: ClusterState
  readonly request: ApiRequest
  readonly target: Target
  readonly subresource: string
}

/** POST, PUT and PATCH, in all the forms that a patch has. Warnings go into their header. */
export function answerWrite({ state, request, target, subresource }: WriteRequest): Answer {
  const warnings: string[] = []
  const options = optionsOf(request, subresource, text => warnings.push(text))
  const { object, created } = write(state, request, target, options)
  const shape = shapeOf(String(request.headers.accept ?? ''))
  const shaped = shapedObject(shape, target.kind, atVersion(object, target.kind), 'Metadata')
  const headers = warnings.length > 0 ? { warning: warnings.map(text => `299 - ${JSON.stringify(text)}`) } : {}
  return json(shaped, created ? 201 : 200, headers)
}

interface Written {
  readonly object: JsonMap
  readonly created: boolean
}

function write(state: ClusterState, request: ApiRequest, target: Target, options: WriteOptions): Written {
  const { method, body } = request
  if (method === 'POST' && !target.name) {
    return { object: createObject(state, target, bodyMap(request), options), created: true }
  }
  if (method === 'PUT' && target.name)
    return { object: replaceObject(state, target, bodyMap(request), options), created: false }
  if (method !== 'PATCH' || !target.name) {
    const message = 'the server does not allow this method on the requested resource'
    throw refusal({ code: 405, reason: 'MethodNotAllowed', message })
  }
  const form = patchForm(String(request.headers['content-type'] ?? ''))
  if (form === 'apply') return applyObject(state, target, bodyMap(request), options)
  if (body === undefined) throw badRequest('the patch is empty')
  return { object: patchObject(state, target, { form, body: body as JsonMap }, options), created: false }
}

function patchForm(type: string): PatchForm | 'apply' {
  if (type.startsWith('application/apply-patch')) return 'apply'
  if (type.startsWith('application/json-patch')) return 'json'
  if (type.startsWith('application/merge-patch')) return 'merge'
  if (type.startsWith('application/strategic-merge-patch')) return 'strategic'
  throw refusal({
    code: 415,
    reason: 'UnsupportedMediaType',
    message: `the body of the request was in an unknown format: ${type}`,
  })
}

function bodyMap({ body }: ApiRequest): JsonMap {
  if (!isMap(body)) throw badRequest('the body of the request is not an object')
  return mapOf(body)
}

/** An absent fieldManager is the client's name up to the first slash, as the API server takes it. */
function optionsOf(
  { query, headers, method }: ApiRequest,
  subresource: string,
  warn: (text: string) => void,
): WriteOptions {
  const agent = String(headers['user-agent'] ?? '').split('/')[0] ?? ''
  const applying = method === 'PATCH' && String(headers['content-type'] ?? '').includes('apply-patch')
  const validation = query.get('fieldValidation')
  return {
    manager: query.get('fieldManager') ?? (applying ? '' : agent || 'unknown'),
    dryRun: query.get('dryRun') === 'All',
    subresource,
    force: query.get('force') === 'true',
    fieldValidation: validation === 'Strict' || validation === 'Ignore' ? validation : 'Warn',
    warn,
  }
}
