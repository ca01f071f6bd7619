import type { JsonMap } from './json.ts'
import { type Kind, storageKey } from './kind.ts'
import { nameOf, namespaceOf, withMetadata } from './object.ts'

export interface StoreEvent {
  readonly type: 'ADDED' | 'MODIFIED' | 'DELETED'
  /** Group and plural: `storageKey` of the object's kind. */
  readonly storage: string
  readonly revision: number
  readonly object: JsonMap
  readonly previous?: JsonMap
}

/** All objects of the cluster by kind and name, and the recent history for watches. Objects in it are never mutated. */
export interface Store {
  revision(): number
  get(kind: Pick<Kind, 'group' | 'plural'>, namespace: string, name: string): JsonMap | undefined
  /** Sorted by namespace and name, as etcd keeps its keys. */
  list(kind: Pick<Kind, 'group' | 'plural'>, namespace?: string): JsonMap[]
  all(): JsonMap[]
  /** Stores under the next resourceVersion. */
  put(kind: Pick<Kind, 'group' | 'plural'>, object: JsonMap): JsonMap
  remove(kind: Pick<Kind, 'group' | 'plural'>, object: JsonMap): JsonMap
  /** Events after a revision, null where the history no longer reaches back so far. */
  since(revision: number): StoreEvent[] | null
  subscribe(listener: (event: StoreEvent) => void): () => void
}

const HISTORY = 2000

export function createStore(): Store {
  const kinds = new Map<string, Map<string, JsonMap>>()
  const past = createHistory()
  let revision = 1000
  const of = (storage: string) => kinds.get(storage) ?? new Map<string, JsonMap>()
  const stamped = (object: JsonMap): JsonMap => withMetadata(object, { resourceVersion: String(++revision) })
  return {
    revision: () => revision,
    get: (kind, namespace, name) => of(storageKey(kind)).get(`${namespace}/${name}`),
    list: (kind, namespace) => sorted(of(storageKey(kind)), namespace),
    all: () => [...kinds.values()].flatMap(objects => sorted(objects)),
    put: (kind, object) => {
      const storage = storageKey(kind)
      const objects = of(storage)
      kinds.set(storage, objects)
      const previous = objects.get(keyOf(object))
      const stored = stamped(object)
      objects.set(keyOf(object), stored)
      const type = previous ? 'MODIFIED' : 'ADDED'
      past.record({ type, storage, revision, object: stored, ...(previous ? { previous } : {}) })
      return stored
    },
    remove: (kind, object) => {
      const storage = storageKey(kind)
      of(storage).delete(keyOf(object))
      const last = stamped(object)
      past.record({ type: 'DELETED', storage, revision, object: last, previous: object })
      return last
    },
    since: from => past.since(from, revision),
    subscribe: past.subscribe,
  }
}

interface History {
  record(event: StoreEvent): void
  since(from: number, now: number): StoreEvent[] | null
  readonly subscribe: Store['subscribe']
}

function createHistory(): History {
  const listeners = new Set<(event: StoreEvent) => void>()
  const events: StoreEvent[] = []
  return {
    record: event => {
      events.push(event)
      if (events.length > HISTORY) events.splice(0, HISTORY / 2)
      for (const listener of [...listeners]) listener(event)
    },
    since: (from, now) => {
      const [oldest] = events
      if (from > now || (oldest && from < oldest.revision - 1)) return null
      return events.filter(event => event.revision > from)
    },
    subscribe: listener => {
      listeners.add(listener)
      return () => void listeners.delete(listener)
    },
  }
}

const keyOf = (object: JsonMap): string => `${namespaceOf(object)}/${nameOf(object)}`

function sorted(objects: ReadonlyMap<string, JsonMap>, namespace?: string): JsonMap[] {
  const keys = [...objects.keys()].filter(key => !namespace || key.startsWith(`${namespace}/`))
  return keys.sort().map(key => objects.get(key) as JsonMap)
}
