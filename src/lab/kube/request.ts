import type { IncomingHttpHeaders } from 'node:http'
import type { Json } from './json.ts'

/** A request to a resource of the API, taken apart. */
export interface ResourceRequest {
  readonly group: string
  readonly version: string
  readonly resource: string
  readonly namespace: string
  readonly name: string
  readonly subresource: string
}

export interface ApiRequest {
  readonly method: string
  readonly path: string
  readonly query: URLSearchParams
  readonly headers: IncomingHttpHeaders
  readonly body: Json | undefined
}

/** The resource that a path names; undefined for discovery and everything else. */
export function resourceOf(path: string): ResourceRequest | undefined {
  const parts = path.split('/').filter(Boolean).map(decodeURIComponent)
  const [root, ...rest] = parts
  if (root === 'api') return below('', rest[0] ?? '', rest.slice(1))
  return root === 'apis' ? below(rest[0] ?? '', rest[1] ?? '', rest.slice(2)) : undefined
}

/** The verb as Kubernetes' authorization names it. */
export function verbOf(request: Pick<ApiRequest, 'method' | 'query'>, resource: ResourceRequest): string {
  const { method, query } = request
  const watching = ['true', '1', ''].includes(query.get('watch') ?? 'no')
  if (method === 'GET') return watching ? 'watch' : resource.name ? 'get' : 'list'
  if (method === 'DELETE') return resource.name ? 'delete' : 'deletecollection'
  return { POST: 'create', PUT: 'update', PATCH: 'patch' }[method] ?? method.toLowerCase()
}

function below(group: string, version: string, rest: readonly string[]): ResourceRequest | undefined {
  const [first, second, third, ...more] = rest
  if (!first) return undefined
  const scoped = first === 'namespaces' && third !== undefined && !['status', 'finalize'].includes(third)
  if (!scoped) return { group, version, resource: first, namespace: '', name: second ?? '', subresource: third ?? '' }
  const [name = '', subresource = ''] = more
  return { group, version, resource: third, namespace: second ?? '', name, subresource }
}
