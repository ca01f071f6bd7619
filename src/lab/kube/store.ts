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
  const listeners = new Set<(event: StoreEvent) => void>()
  const history: StoreEvent[] = []
  let revision = 1000
  const of = (storage: string) => kinds.get(storage) ?? new Map<string, JsonMap>()
  const record = (event: StoreEvent): void => {
    history.push(event)
    if (history.length > HISTORY) history.splice(0, HISTORY / 2)
    for (const listener of [...listeners]) listener(event)
  }
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
      record({ type, storage, revision, object: stored, ...(previous ? { previous } : {}) })
      return stored
    },
    remove: (kind, object) => {
      const storage = storageKey(kind)
      of(storage).delete(keyOf(object))
      const last = stamped(object)
      record({ type: 'DELETED', storage, revision, object: last, previous: object })
      return last
    },
    since: from => {
      const [oldest] = history
      if (from > revision || (oldest && from < oldest.revision - 1 && from < revision)) return null
      return history.filter(event => event.revision > from)
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
