import type { ApicObject } from '../../model/apic.ts'
import { lastRn, makeRn, parentDn, readRn } from './dn.ts'
import type { Intent } from './intent.ts'
import { refuse } from './refusal.ts'
import { classOf, resolveDn } from './resolve.ts'
import type { WritableStore } from './store.ts'

/** What a write did to one object. */
export interface Effect {
  readonly dn: string
  readonly class: string
  readonly status: 'created' | 'modified' | 'deleted'
  /** Only what changed; for a creation everything that was set. */
  readonly attributes: Readonly<Record<string, string>>
}

const systemObjects = new Set(['uni/tn-common', 'uni/tn-infra', 'uni/tn-mgmt', 'uni/fabric/bgpInstP-default'])

/** Applies the objects of one POST, all or none. Throws Refused, with the store as it was. */
export function applyIntents(store: WritableStore, intents: readonly Intent[], now: string): Effect[] {
  const { journaled, rollBack } = journal(store)
  const deleted = new Set<string>()
  try {
    return intents.flatMap(intent => {
      if (deleted.has(intent.within) || intent.status === 'deleted') deleted.add(intent.dn)
      if (deleted.has(intent.within)) return []
      return intent.status === 'deleted' ? removeObject(journaled, intent, now) : writeObject(journaled, intent, now)
    })
  } catch (error) {
    rollBack()
    throw error
  }
}

/** A store that remembers how to undo what is done through it. */
function journal(store: WritableStore): { journaled: WritableStore; rollBack: () => void } {
  const undo: (() => void)[] = []
  const put = (object: ApicObject) => {
    const before = store.get(object.dn)
    undo.push(() => (before ? store.put(before) : store.remove(object.dn)))
    store.put(object)
  }
  const remove = (dn: string) => {
    const gone = store.remove(dn)
    undo.push(() => gone.toReversed().forEach(object => void store.put(object)))
    return gone
  }
  return {
    journaled: { ...store, put, remove },
    rollBack: () => undo.toReversed().forEach(step => void step()),
  }
}

function writeObject(store: WritableStore, intent: Intent, now: string): Effect[] {
  const before = store.get(intent.dn)
  if (before && intent.status === 'created') {
    const place = `dn[(Dn0)] Dn0=${parentDn(intent.dn)}, Rn=${lastRn(intent.dn)}, `
    refuse('103', `child (Rn) of class ${intent.class} is already attached. ${place}`)
  }
  if (!before && intent.status === 'modified') refuse('102', `configured object ((Dn0)) not found Dn0=${intent.dn}, `)
  if (!classOf(intent.class).configurable) return notConfigurable(intent, before)
  if (!store.get(parentDn(intent.dn))) refuse('102', `configured object ((Dn0)) not found Dn0=${parentDn(intent.dn)}, `)
  return before ? modify(store, { before, intent, now }) : create(store, intent, now)
}

/** The roots (uni, uni/infra) may head a tree, with nothing to change in them. */
function notConfigurable(intent: Intent, before: ApicObject | undefined): Effect[] {
  if (before) return []
  return refuse('107', `class ${intent.class} is not configurable, Dn0=${intent.dn}, `)
}

function create(store: WritableStore, intent: Intent, now: string): Effect[] {
  const definition = classOf(intent.class)
  const fallbacks = Object.entries(definition.properties).map(([name, rule]) => [name, rule.fallback] as const)
  const fresh = { ...Object.fromEntries(fallbacks), ...writable(intent), modTs: now }
  store.put({ dn: intent.dn, class: intent.class, attributes: fresh })
  const implied = (definition.implicit ?? []).flatMap(name => {
    const child = classOf(name)
    const dn = `${intent.dn}/${makeRn(child.rn, {})}`
    if (!store.get(dn)) create(store, { dn, class: name, attributes: {}, status: 'upsert', within: intent.dn }, now)
    return []
  })
  return [{ dn: intent.dn, class: intent.class, status: 'created', attributes: writable(intent) }, ...implied]
}

function modify(store: WritableStore, change: { before: ApicObject; intent: Intent; now: string }): Effect[] {
  const { before, intent, now } = change
  const changed = Object.entries(writable(intent)).filter(([name, value]) => before.attributes[name] !== value)
  if (changed.length === 0) return []
  const attributes = Object.fromEntries(changed)
  store.put({ ...before, attributes: { ...before.attributes, ...attributes, modTs: now } })
  return [{ dn: intent.dn, class: intent.class, status: 'modified', attributes }]
}

function removeObject(store: WritableStore, intent: Intent, now: string): Effect[] {
  const gone = store.get(intent.dn)
  if (!gone) return []
  if (systemObjects.has(intent.dn) || !classOf(intent.class).configurable) {
    refuse('107', `Cannot delete object of class:${intent.class}, dn:${intent.dn}, it belongs to the system`)
  }
  store.remove(intent.dn)
  bringBack(store, intent, now)
  return [{ dn: intent.dn, class: intent.class, status: 'deleted', attributes: {} }]
}

/** A relation that every such object has ('rsectx') cannot go: deleting it resets it. */
function bringBack(store: WritableStore, intent: Intent, now: string): void {
  const parent = store.get(parentDn(intent.dn))
  if (!parent || !classOf(parent.class).implicit?.includes(intent.class)) return
  create(store, { ...intent, attributes: {}, status: 'upsert' }, now)
}

function writable(intent: Intent): Record<string, string> {
  const { properties, rn } = classOf(intent.class)
  const naming = readRn(rn, lastRn(intent.dn)) ?? {}
  const sent = Object.entries(intent.attributes).filter(([name]) => properties[name]?.access !== 'read-only')
  return { ...naming, ...Object.fromEntries(sent) }
}

/** The class of a dn for a DELETE, which names none. Throws Refused where the dn makes no sense. */
export function deletion(dn: string): Intent {
  const resolved = resolveDn(dn)
  if (!resolved) refuse('104', `invalid dn ${dn}`)
  return { dn, class: resolved.class, attributes: {}, status: 'deleted', within: '' }
}
