import type { ApicObject } from '../../model/apic.ts'
import { parentDn } from './dn.ts'

/** The objects of an APIC with the ways to find them. */
export interface Store {
  get(dn: string): ApicObject | undefined
  /** Directly below, in the order of creation. */
  children(dn: string): readonly ApicObject[]
  ofClass(name: string): readonly ApicObject[]
  all(): IterableIterator<ApicObject>
}

export interface WritableStore extends Store {
  put(object: ApicObject): void
  /** Removes the object and all below it; answers what went. */
  remove(dn: string): readonly ApicObject[]
  readonly objects: ReadonlyMap<string, ApicObject>
}

export function makeStore(start: Iterable<ApicObject> = []): WritableStore {
  const objects = new Map<string, ApicObject>()
  const below = new Map<string, Set<string>>()
  const byClass = new Map<string, Set<string>>()
  const lookUp = (dns: Iterable<string> = []) => [...dns].flatMap(dn => objects.get(dn) ?? [])
  const put = (object: ApicObject) => {
    objects.set(object.dn, object)
    remember(below, parentDn(object.dn), object.dn)
    remember(byClass, object.class, object.dn)
  }
  const remove = (dn: string): ApicObject[] => {
    const gone = [...(below.get(dn) ?? [])].flatMap(remove)
    const object = objects.get(dn)
    objects.delete(dn)
    below.get(parentDn(dn))?.delete(dn)
    if (object) byClass.get(object.class)?.delete(dn)
    return object ? [...gone, object] : gone
  }
  for (const object of start) put(object)
  return {
    objects,
    put,
    remove,
    get: dn => objects.get(dn),
    children: dn => lookUp(below.get(dn)),
    ofClass: name => lookUp(byClass.get(name)),
    all: () => objects.values(),
  }
}

/** Two stores read as one; where both have an object, `upper` counts. */
export function overlay(lower: Store, upper: Store): Store {
  const join = (first: readonly ApicObject[], second: readonly ApicObject[]) =>
    second.length === 0 ? first : [...first.filter(object => !upper.get(object.dn)), ...second]
  return {
    get: dn => upper.get(dn) ?? lower.get(dn),
    children: dn => join(lower.children(dn), upper.children(dn)),
    ofClass: name => join(lower.ofClass(name), upper.ofClass(name)),
    *all() {
      yield* upper.all()
      for (const object of lower.all()) if (!upper.get(object.dn)) yield object
    },
  }
}

function remember(index: Map<string, Set<string>>, key: string, dn: string): void {
  const known = index.get(key)
  if (known) known.add(dn)
  else index.set(key, new Set([dn]))
}
