import type { ServerResponse } from 'node:http'
import type { ClusterState } from './cluster-state.ts'
import type { JsonMap } from './json.ts'
import { apiVersionOf, type Kind, storageKey } from './kind.ts'
import { namespaceOf } from './object.ts'
import { atVersion, matcherOf } from './read.ts'
import { statusBody } from './status.ts'
import type { StoreEvent } from './store.ts'

export interface WatchQuery {
  readonly namespace: string
  readonly labelSelector: string
  readonly fieldSelector: string
  readonly resourceVersion: string
  readonly timeoutSeconds: number
  readonly sendInitialEvents: boolean
}

interface WatchOptions {
  readonly state: ClusterState
  readonly kind: Kind
  readonly query: WatchQuery
  readonly response: ServerResponse
  /** The object in the form that the client asked for (Table, metadata only). */
  readonly shape: (object: JsonMap) => JsonMap
}

/** Streams changes, one JSON object per line, until the client goes or the time is up. */
export function streamWatch({ state, kind, query, response, shape }: WatchOptions): void {
  response.writeHead(200, { 'content-type': 'application/json', 'cache-control': 'no-cache, private' })
  response.flushHeaders()
  const send = (type: string, object: JsonMap): void => void response.write(`${JSON.stringify({ type, object })}\n`)
  const show = (object: JsonMap): JsonMap => shape(atVersion(object, kind))
  const relay = (event: StoreEvent): void => {
    const type = seen(event, kind, query)
    if (type) send(type, show(event.object))
  }
  if (!start({ state, kind, query, send, show, relay })) return void response.end()
  const stop = state.store.subscribe(relay)
  const timer = setTimeout(() => response.end(), (query.timeoutSeconds || 1800) * 1000)
  response.on('close', () => {
    stop()
    clearTimeout(timer)
  })
}

interface Start {
  readonly state: ClusterState
  readonly kind: Kind
  readonly query: WatchQuery
  readonly send: (type: string, object: JsonMap) => void
  readonly show: (object: JsonMap) => JsonMap
  readonly relay: (event: StoreEvent) => void
}

/** What the client missed: everything there is, or the events since its resourceVersion. False where that is too old. */
function start({ state, kind, query, send, show, relay }: Start): boolean {
  const from = query.resourceVersion
  if (query.sendInitialEvents || from === '' || from === '0') {
    const matches = matcherOf(query)
    for (const object of state.store.list(kind, query.namespace)) if (matches(object)) send('ADDED', show(object))
    if (query.sendInitialEvents) send('BOOKMARK', bookmark(state, kind))
    return true
  }
  const missed = state.store.since(Number(from))
  if (!missed)
    send(
      'ERROR',
      statusBody({
        code: 410,
        reason: 'Expired',
        message: `too old resource version: ${from} (${state.store.revision()})`,
      }),
    )
  for (const event of missed ?? []) relay(event)
  return missed !== null
}

/** The event as this watch sees it: an object that stops matching its selectors is gone for it. */
function seen(event: StoreEvent, kind: Kind, query: WatchQuery): StoreEvent['type'] | undefined {
  if (event.storage !== storageKey(kind)) return undefined
  if (query.namespace && namespaceOf(event.object) !== query.namespace) return undefined
  const matches = matcherOf(query)
  const before = event.previous !== undefined && matches(event.previous)
  const now = event.type !== 'DELETED' && matches(event.object)
  if (now) return before ? 'MODIFIED' : 'ADDED'
  return before ? 'DELETED' : undefined
}

function bookmark(state: ClusterState, kind: Kind): JsonMap {
  return {
    kind: kind.kind,
    apiVersion: apiVersionOf(kind),
    metadata: { resourceVersion: String(state.store.revision()), annotations: { 'k8s.io/initial-events-end': 'true' } },
  }
}
