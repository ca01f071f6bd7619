/**
 * What an object of JavaScript cannot hold of a mapping that somebody wrote: 10 and '10' are different keys in YAML and Python, keys keep
 * their order also when they look like numbers, and 1.0 is not 1. It is remembered beside the object, for as long as that lives, and lost
 * where it is copied: then keys are texts, in JavaScript's order, and whole floats are integers.
 */

/** A key as it was written. */
export type Key = null | boolean | number | string

const keys = new WeakMap<object, ReadonlyMap<string, Key>>()
const floats = new WeakMap<object, ReadonlySet<string>>()

/** Notes the keys of a mapping: property name → key, in the order in which they were written. Nothing is kept where the object says it all. */
export function noteKeys(mapping: object, written: ReadonlyMap<string, Key>): void {
  for (const [name, key] of written)
    if (typeof key !== 'string' || isIndex(name)) {
      keys.set(mapping, written)
      return
    }
  keys.delete(mapping)
}

/** Property name → key as written, in order; undefined where the object itself says it. */
export function writtenKeys(mapping: object): ReadonlyMap<string, Key> | undefined {
  return keys.get(mapping)
}

/** The names of a mapping's properties in the order in which they were written. */
export function namesOf(mapping: object): string[] {
  const written = keys.get(mapping)
  return written ? [...written.keys()] : Object.keys(mapping)
}

/** Notes which entries of a list or mapping are floats though they are whole. Those that contain such a one are noted with none. */
export function noteFloats(container: object, names: ReadonlySet<string>): void {
  floats.set(container, names)
}

/** The entries that are floats though they are whole; undefined where there are none, at no depth. */
export function writtenFloats(container: object): ReadonlySet<string> | undefined {
  return floats.get(container)
}

/** Gives `to` what is known of `from`, of which it is a copy with other values under the same names. Gives `to` back. */
export function carryWritten<V extends object>(from: object, to: V): V {
  const written = keys.get(from)
  if (written) keys.set(to, written)
  const whole = floats.get(from)
  if (whole) floats.set(to, whole)
  return to
}

/** As carryWritten, for a copy that may lack entries: a list's floats are only known where it lacks none. Gives `to` back. */
export function carryPart<V extends object>(from: object, to: V): V {
  const [names, all] = [Object.keys(to), Object.keys(from)]
  if (names.length === all.length) return carryWritten(from, to)
  if (Array.isArray(from)) return to
  const written = keys.get(from)
  if (written) noteKeys(to, new Map([...written].filter(([name]) => Object.hasOwn(to, name))))
  const whole = floats.get(from)
  if (whole) floats.set(to, new Set([...whole].filter(name => Object.hasOwn(to, name))))
  return to
}

/** Object.assign that keeps which values are floats though they are whole. Gives `to` back. */
export function assignWritten<V extends object>(to: V, from: object | undefined): V {
  Object.assign(to, from)
  const [before, more] = [floats.get(to), from && floats.get(from)]
  if (!from || (!before && !more)) return to
  const names = new Set(before)
  for (const name of Object.keys(from)) {
    if (more?.has(name)) names.add(name)
    else names.delete(name)
  }
  floats.set(to, names)
  return to
}

/** JavaScript puts such keys first, in the order of their numbers. */
export function isIndex(name: string): boolean {
  return /^(0|[1-9]\d{0,9})$/.test(name)
}
