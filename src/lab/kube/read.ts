import type { ClusterState } from './cluster-state.ts'
import type { JsonMap } from './json.ts'
import { apiVersionOf, type Kind } from './kind.ts'
import { nameOf, namespaceOf } from './object.ts'
import { fieldMatcher, labelMatcher, type Matcher } from './selector.ts'
import { badRequest } from './status.ts'

export interface ListQuery {
  readonly namespace: string
  readonly labelSelector: string
  readonly fieldSelector: string
  readonly limit: number
  readonly continue: string
}

/** A list in pages: `continue` names the last object of the page before, so later pages go on where it stood. */
export function listObjects(
  state: ClusterState,
  kind: Kind,
  query: ListQuery,
): { items: JsonMap[]; metadata: JsonMap } {
  const matches = matcherOf(query)
  const after = query.continue ? decodeContinue(query.continue) : ''
  const all = state.store.list(kind, query.namespace).filter(matches)
  const rest = after ? all.filter(object => keyOf(object) > after) : all
  const page = query.limit > 0 ? rest.slice(0, query.limit) : rest
  const metadata: JsonMap = { resourceVersion: String(state.store.revision()) }
  const last = page.at(-1)
  if (last && page.length < rest.length) {
    metadata.continue = Buffer.from(keyOf(last)).toString('base64url')
    metadata.remainingItemCount = rest.length - page.length
  }
  return { items: page.map(object => atVersion(object, kind)), metadata }
}

export function matcherOf(query: Pick<ListQuery, 'labelSelector' | 'fieldSelector'>): Matcher {
  const byLabel = labelMatcher(query.labelSelector)
  const byField = fieldMatcher(query.fieldSelector)
  return object => byLabel(object) && byField(object)
}

/** A stored object as a version of its kind shows it (conversion strategy None). */
export function atVersion(object: JsonMap, kind: Kind): JsonMap {
  const apiVersion = apiVersionOf(kind)
  return object.apiVersion === apiVersion ? object : { ...object, apiVersion }
}

const keyOf = (object: JsonMap): string => `${namespaceOf(object)}/${nameOf(object)}`

function decodeContinue(token: string): string {
  const key = Buffer.from(token, 'base64url').toString()
  if (!key.includes('/')) throw badRequest(`continue key is not valid: ${token}`)
  return key
}
