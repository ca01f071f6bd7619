import type { ApicObject } from '../../model/apic.ts'
import type { ApicClass } from './class.ts'
import { classes } from './classes/index.ts'
import { lastRn, makeRn, namingOf, readRn, splitDn } from './dn.ts'
import { classOf } from './resolve.ts'
import type { Store } from './store.ts'

export type Included = 'all' | 'naming-only' | 'config-only' | 'set-config-only'

/** An entry of imdata. */
export type Entry = Readonly<
  Record<string, { readonly attributes: Readonly<Record<string, string>>; readonly children?: readonly Entry[] }>
>

/**
 * The attributes of an object as an answer shows them: the outermost of a tree carries its dn, the ones nested in it
 * carry an rn. Secrets are left out. Operational values of relations (target, state) are worked out here.
 */
export function present(store: Store, object: ApicObject, how: { nested: boolean; included: Included }) {
  const definition = classOf(object.class)
  const place = how.nested ? { rn: lastRn(object.dn) } : { dn: object.dn }
  const known = { ...withFallbacks(definition, object), ...target(store, object, definition) }
  const shown = Object.entries(known)
    .filter(([name]) => shows(definition, name, { included: how.included, value: known[name] ?? '' }))
    .sort(([left], [right]) => left.localeCompare(right))
  return { ...Object.fromEntries(shown), ...place }
}

/** The attributes of an object without those that an APIC never shows. */
export function withoutSecrets(name: string, attributes: ApicObject['attributes']): Record<string, string> {
  const { properties } = classOf(name)
  return Object.fromEntries(Object.entries(attributes).filter(([key]) => properties[key]?.access !== 'secret'))
}

function withFallbacks(definition: ApicClass, object: ApicObject): Record<string, string> {
  const fallbacks = Object.entries(definition.properties).map(([name, rule]) => [name, rule.fallback] as const)
  const naming = readRn(definition.rn, lastRn(object.dn)) ?? {}
  const derived = definition.properties.monPolDn && definition.configurable ? { monPolDn: monitoring(object.dn) } : {}
  return { ...Object.fromEntries(fallbacks), ...naming, ...derived, ...object.attributes, ...derived }
}

function shows(definition: ApicClass, name: string, at: { included: Included; value: string }): boolean {
  const access = definition.properties[name]?.access
  if (access === 'secret') return false
  if (at.included === 'all') return true
  if (namingOf(definition.rn).includes(name)) return true
  if (at.included === 'naming-only') return false
  if (access !== 'read-write') return false
  return at.included === 'config-only' || at.value !== definition.properties[name]?.fallback
}

function monitoring(dn: string): string {
  return dn.startsWith('uni/tn-') ? 'uni/tn-common/monepg-default' : 'uni/fabric/monfab-default'
}

/** Where a relation points, and whether something is there. */
function target(store: Store, object: ApicObject, definition: ApicClass): Record<string, string> {
  if (!definition.target) return {}
  const { class: name, by } = definition.target
  const wanted = object.attributes[by] ?? ''
  if (by === 'tDn') return { state: store.get(wanted) ? 'formed' : 'missing-target' }
  const format = classes.get(name)?.rn
  if (wanted === '') return { state: 'formed', stateQual: 'default-target' }
  if (!format) return { state: 'missing-target', tRn: '' }
  const rn = makeRn(format, { name: wanted })
  const tenant = splitDn(object.dn)[1] ?? ''
  const places = splitDn(object.dn)[2]?.startsWith('out-') ? [splitDn(object.dn).slice(0, 3).join('/')] : []
  const found = [...places, `uni/${tenant}`, 'uni/tn-common'].find(place => store.get(`${place}/${rn}`))
  return found ? { state: 'formed', tDn: `${found}/${rn}`, tRn: rn } : { state: 'missing-target', tDn: '', tRn: rn }
}
