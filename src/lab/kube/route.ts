import { type Answer, json } from './answer.ts'
import type { ClusterState } from './cluster-state.ts'
import { coreVersions, groupDocument, groupList, resourceList } from './discovery.ts'
import { aggregatedDiscovery, aggregatedVersion } from './discovery-aggregated.ts'
import type { JsonMap } from './json.ts'
import { openapiV2, openapiV2Protobuf } from './openapi-v2.ts'
import { openapiV3, openapiV3Index } from './openapi-v3.ts'
import type { ApiRequest } from './request.ts'
import { resourceOf } from './request.ts'
import { answerResource } from './resource.ts'
import { refusal } from './status.ts'
import { versionDocument } from './version.ts'

/** Answers one authenticated request. @throws refusals, for the server to answer as Status */
export function route(state: ClusterState, request: ApiRequest, version: string): Answer {
  const path = request.path.replace(/\/+$/, '') || '/'
  if (path === '/version') return json(versionDocument(version))
  if (['/healthz', '/livez', '/readyz'].includes(path)) return { code: 200, body: 'ok' }
  return discovery(state, request, path) ?? openapi(state, request, path) ?? resource(state, request, path)
}

function discovery(state: ClusterState, request: ApiRequest, path: string): Answer | undefined {
  const { registry } = state
  if (path === '/api' || path === '/apis') {
    const aggregated = aggregatedVersion(String(request.headers.accept ?? ''))
    if (!aggregated) return json(path === '/api' ? coreVersions() : groupList(registry))
    const type = `application/json;g=apidiscovery.k8s.io;v=${aggregated};as=APIGroupDiscoveryList`
    return { code: 200, type, body: JSON.stringify(aggregatedDiscovery(registry, path, aggregated)) }
  }
  const [root, first, second, ...rest] = path.split('/').filter(Boolean)
  const found = (document: JsonMap | undefined): Answer => {
    if (!document) throw unknownPath()
    return json(document)
  }
  if (root === 'api' && first && !second) return found(resourceList(registry, '', first))
  if (root !== 'apis' || !first || rest.length > 0) return undefined
  return second ? found(resourceList(registry, first, second)) : found(groupDocument(registry, first))
}

function openapi(state: ClusterState, request: ApiRequest, path: string): Answer | undefined {
  const { registry } = state
  if (path === '/openapi/v2') {
    const asked = String(request.headers.accept ?? '').includes('protobuf')
    const type = 'application/com.github.proto-openapi.spec.v2.v1.0+protobuf'
    return asked ? { code: 200, type, body: openapiV2Protobuf(registry.all()) } : json(openapiV2(registry.all()))
  }
  if (path === '/openapi/v3') return json(openapiV3Index(registry))
  const one = /^\/openapi\/v3\/(?:api|apis\/([^/]+))\/([^/]+)$/.exec(path)
  return one ? json(openapiV3(registry, one[1] ?? '', one[2] ?? '')) : undefined
}

function resource(state: ClusterState, request: ApiRequest, path: string): Answer {
  const target = resourceOf(path)
  if (!target) throw unknownPath()
  return answerResource(state, request, target)
}

export function unknownPath() {
  return refusal({ code: 404, reason: 'NotFound', message: 'the server could not find the requested resource' })
}
