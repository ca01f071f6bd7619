import type { Json } from '../json.ts'

/**
 * A set of field paths, as a tree. Keys are those of FieldsV1: 'f:spec', 'k:{"name":"x"}', 'v:"a"'.
 * `member`: the path itself is in the set. `leaf`: the value there, where the set was made from an object.
 */
export interface FieldSet {
  readonly member: boolean
  readonly children: ReadonlyMap<string, FieldSet>
  readonly leaf?: Json
}

export const EMPTY: FieldSet = { member: false, children: new Map() }

export function isEmpty(set: FieldSet): boolean {
  return !set.member && [...set.children.values()].every(isEmpty)
}

export function union(left: FieldSet, right: FieldSet): FieldSet {
  const children = new Map(left.children)
  for (const [key, child] of right.children) children.set(key, union(children.get(key) ?? EMPTY, child))
  return { member: left.member || right.member, children }
}

/** What is in left and not in right. */
export function difference(left: FieldSet, right: FieldSet): FieldSet {
  return combine(left, right, (inLeft, inRight) => inLeft && !inRight)
}

export function intersection(left: FieldSet, right: FieldSet): FieldSet {
  return combine(left, right, (inLeft, inRight) => inLeft && inRight)
}

/** What is in left, without the paths that lead to or through something in right: what may go with nobody missing it. */
export function unowned(left: FieldSet, right: FieldSet): FieldSet {
  const children = new Map<string, FieldSet>()
  for (const [key, child] of left.children) {
    const other = right.children.get(key)
    const rest = other ? unowned(child, other) : child
    if (!isEmpty(rest)) children.set(key, rest)
  }
  return { member: left.member && isEmpty(right), children }
}

export function equalSets(left: FieldSet, right: FieldSet): boolean {
  return isEmpty(difference(left, right)) && isEmpty(difference(right, left))
}

/** Every path of the set, as Kubernetes writes it: .spec.containers[name="a"].image */
export function paths(set: FieldSet, prefix = ''): string[] {
  const below = [...set.children].flatMap(([key, child]) => paths(child, prefix + step(key)))
  return set.member ? [prefix, ...below] : below
}

function combine(left: FieldSet, right: FieldSet, keep: (inLeft: boolean, inRight: boolean) => boolean): FieldSet {
  const children = new Map<string, FieldSet>()
  for (const [key, child] of left.children) {
    const rest = combine(child, right.children.get(key) ?? EMPTY, keep)
    if (!isEmpty(rest)) children.set(key, rest)
  }
  return { member: keep(left.member, right.member), children }
}

function step(key: string): string {
  if (key.startsWith('f:')) return `.${key.slice(2)}`
  if (key.startsWith('v:')) return `[=${key.slice(2)}]`
  const entries = Object.entries(JSON.parse(key.slice(2)) as Record<string, Json>)
  return `[${entries.map(([name, value]) => `${name}=${JSON.stringify(value)}`).join(',')}]`
}
