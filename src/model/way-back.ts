import { isDeepStrictEqual } from 'node:util'
import type { Managed, ResourceId } from './managed.ts'

/** What is on a target now, and how a change shows there: the part of undoing that each kind does in its own way. */
export interface Ground<S, V> {
  /** What stands under a change's resource; null = nothing. */
  find(live: S, change: Managed<V>): V | null
  /**
   * Whether what stands there is a value; default: they are deeply equal. A kind whose answers hold more than was sent (defaults, secrets
   * that read back encrypted) compares what weft has sent. A thing that holds others' things is not the one that the run made: to delete
   * it would take those along.
   */
  same?(asked: { readonly live: S; readonly found: V | null; readonly value: V | null; change: Managed<V> }): boolean
  /** What is there once a step back was taken. Alters nothing. */
  apply(live: S, step: Managed<V>): S
  /**
   * Where somebody else has changed a thing that the run changed too: what to put there so that only the run's own part of it goes
   * (fieldsBack), or null where that cannot be told apart. Left out: never.
   */
  part?(found: V, change: Managed<V>): Part<V> | null
}

/** A value of which the run's own parts are taken back; `left` names those that somebody else has changed as well. */
export interface Part<V> {
  readonly value: V
  readonly left: readonly string[]
}

/** A resource that is neither as it was before the run nor as the run has left it. It stays as it is. */
export interface Conflict<V> {
  readonly id: ResourceId
  readonly then: V | null
  readonly wanted: V | null
  readonly live: V | null
  /** The parts that are in conflict, where the others could be taken back. */
  readonly parts?: readonly string[]
}

export interface WayBack<V> {
  /** What leads back, in the order in which it is to be sent. `before` is what stands there now, `after` what stood there before the run. */
  readonly back: readonly Managed<V>[]
  readonly conflicts: readonly Conflict<V>[]
  /** Changes that are there and that nothing takes back (Managed.oneWay). */
  readonly oneWay: readonly Managed<V>[]
}

/**
 * How to take back what was changed, against what is there now: then / wanted / live. What is as it was needs nothing; what is as the run
 * has left it gets what was there before; all else somebody has changed since, and it is left. The last change goes first, and each step
 * is judged by what the steps before it leave behind, so that a resource that was changed twice, or went with the one around it, comes back
 * too. Pure; the same for every kind.
 * @param changes as they were recorded, in the order in which they were sent; also such as were never sent, or only in part.
 */
export function wayBack<S, V>(changes: readonly Managed<V>[], live: S, ground: Ground<S, V>): WayBack<V> {
  const found = { back: [] as Managed<V>[], conflicts: new Map<ResourceId, Conflict<V>>(), oneWay: [] as Managed<V>[] }
  let state = live
  for (const change of changes.toReversed()) {
    const step = stepBack(state, change, ground)
    if ('conflict' in step && step.conflict) found.conflicts.set(change.id, step.conflict)
    if ('oneWay' in step) found.oneWay.push(change)
    if (!('back' in step)) continue
    found.back.push(step.back)
    state = ground.apply(state, step.back)
  }
  return { back: found.back, conflicts: [...found.conflicts.values()], oneWay: found.oneWay }
}

type Step<V> =
  | { readonly back: Managed<V>; readonly conflict?: Conflict<V> }
  | { readonly conflict: Conflict<V> }
  | { readonly oneWay: true }
  | { readonly nothing: true }

function stepBack<S, V>(state: S, change: Managed<V>, ground: Ground<S, V>): Step<V> {
  const { id, before: then, after: wanted } = change
  const live = ground.find(state, change)
  const is = (value: V | null) =>
    ground.same?.({ live: state, found: live, value, change }) ?? isDeepStrictEqual(live, value)
  if (is(then)) return { nothing: true }
  const isOurs = is(wanted)
  if (change.oneWay !== undefined && isOurs) return { oneWay: true }
  if (isOurs) return { back: { id, before: live, after: then } }
  const part = live === null ? null : ground.part?.(live, change)
  const conflict = { id, then, wanted, live }
  if (!part) return { conflict }
  const back = { id, before: live, after: part.value }
  const isNothing = isDeepStrictEqual(live, part.value)
  if (part.left.length === 0) return isNothing ? { nothing: true } : { back }
  return { ...(isNothing ? {} : { back }), conflict: { ...conflict, parts: part.left } }
}

/** The simplest ground: values by their resource, as they were read. */
export function flatGround<V>(): Ground<ReadonlyMap<ResourceId, V>, V> {
  return {
    find: (live, { id }) => live.get(id) ?? null,
    apply: (live, { id, after }) => {
      const next = new Map(live)
      if (after === null) next.delete(id)
      else next.set(id, after)
      return next
    },
  }
}

type Fields = Readonly<Record<string, unknown>>

/**
 * Takes back, field by field, what changed in a thing of fields (an APIC object's attributes, a Kubernetes object), and leaves what others
 * have changed in it. Mappings are gone into, lists are one value. Null where the run made or deleted the thing as a whole.
 * @returns the names of fields that others changed too as paths: 'spec/nodeSelector'.
 */
export function fieldsBack<V>(found: V, { before, after }: Managed<V>): Part<V> | null {
  if (!isFields(found) || !isFields(before) || !isFields(after)) return null
  const left: string[] = []
  const value = mend({ then: before, wanted: after, live: found, path: [] }, left)
  return { value: value as V, left }
}

interface Mending {
  readonly then: Fields
  readonly wanted: Fields
  readonly live: Fields
  readonly path: readonly string[]
}

function mend({ then, wanted, live, path }: Mending, left: string[]): Fields {
  const names = new Set([...Object.keys(live), ...Object.keys(then)])
  const fields = [...names].flatMap((name): [string, unknown][] => {
    const [was, made, is] = [then, wanted, live].map(of => (Object.hasOwn(of, name) ? of[name] : undefined))
    if (isDeepStrictEqual(was, made) || isDeepStrictEqual(is, was)) return is === undefined ? [] : [[name, is]]
    if (isDeepStrictEqual(is, made)) return was === undefined ? [] : [[name, was]]
    const below = [...path, name]
    if (isFields(was) && isFields(made) && isFields(is))
      return [[name, mend({ then: was, wanted: made, live: is, path: below }, left)]]
    left.push(below.join('/'))
    return is === undefined ? [] : [[name, is]]
  })
  return Object.fromEntries(fields)
}

function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
