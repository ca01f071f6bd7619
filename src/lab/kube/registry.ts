import { type Kind, storageKey } from './kind.ts'

/** The kinds that the server knows now; CustomResourceDefinitions add and remove some. */
export interface Registry {
  all(): readonly Kind[]
  /** By path: group ('' = core), version and plural. */
  find(group: string, version: string, plural: string): Kind | undefined
  /** By group and kind name, any version. */
  byKind(group: string, kind: string): Kind | undefined
  /** By storage key, first version. */
  byStorage(storage: string): Kind | undefined
  /** Replaces all versions of one resource. */
  set(group: string, plural: string, versions: readonly Kind[]): void
}

export function createRegistry(builtIn: readonly Kind[]): Registry {
  let kinds: readonly Kind[] = builtIn
  return {
    all: () => kinds,
    find: (group, version, plural) =>
      kinds.find(kind => kind.plural === plural && kind.group === group && kind.version === version),
    byKind: (group, name) => kinds.find(kind => kind.kind === name && kind.group === group),
    byStorage: storage => kinds.find(kind => storageKey(kind) === storage),
    set: (group, plural, versions) => {
      kinds = [...kinds.filter(kind => kind.group !== group || kind.plural !== plural), ...versions]
    },
  }
}
