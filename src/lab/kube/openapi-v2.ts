import type { JsonMap } from './json.ts'
import type { Kind } from './kind.ts'
import { PATCH_PARAMETERS, resourcePath } from './openapi-path.ts'
import { type Field, message } from './protobuf.ts'

/**
 * Swagger 2.0 without definitions: kubectl before 1.27 reads it to learn whether a kind's PATCH takes dryRun, and skips its own
 * validation of kinds that the definitions do not list.
 */
export function openapiV2(kinds: readonly Kind[]): JsonMap {
  return {
    swagger: '2.0',
    info: { title: 'Kubernetes', version: 'v1' },
    paths: Object.fromEntries(kinds.map(kind => [resourcePath(kind), { patch: operation(kind) }])),
    definitions: {},
  }
}

function operation(kind: Kind): JsonMap {
  const { group, version, kind: name } = kind
  return {
    parameters: PATCH_PARAMETERS.map(parameter => ({ name: parameter, in: 'query', type: 'string' })),
    responses: {},
    'x-kubernetes-group-version-kind': { group, version, kind: name },
  }
}

/** The same as gnostic's protobuf message openapi.v2.Document, the only form that kubectl 1.20 asks for. */
export function openapiV2Protobuf(kinds: readonly Kind[]): Buffer {
  const info = message([1, 'Kubernetes'], [2, 'v1'])
  const paths = kinds.map(
    (kind): Field => [2, message([1, resourcePath(kind)], [2, message([8, operationMessage(kind)])])],
  )
  return message([1, '2.0'], [2, info], [8, message(...paths)], [9, message()])
}

function operationMessage({ group, version, kind }: Kind): Buffer {
  const parameters = PATCH_PARAMETERS.map((name): Field => [8, queryParameter(name)])
  const identity = `group: "${group}"\nkind: ${kind}\nversion: ${version}\n`
  const extension = message([1, 'x-kubernetes-group-version-kind'], [2, message([2, identity])])
  return message(...parameters, [13, extension])
}

/** ParametersItem > Parameter > NonBodyParameter > QueryParameterSubSchema */
function queryParameter(name: string): Buffer {
  return message([1, message([2, message([3, message([2, 'query'], [4, name], [6, 'string'])])])])
}
