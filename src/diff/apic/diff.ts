import type { ApicObject, ApicTree } from '../../model/apic.ts'
import { FailureError } from '../../model/failure.ts'
import type { ApicChange } from './change.ts'
import { apicClasses, attributeKind, isReadOnly } from './classes.ts'
import { withDisruption } from './disrupts.ts'
import { byDepth, canonicalDn, isWithin, parentDn } from './dn.ts'
import type { WantedObject } from './objects.ts'
import { apicId, dnOf } from './resource-id.ts'
import { defaultOf, sameValue } from './values.ts'

export interface ApicWish {
  readonly live: ApicTree
  readonly wanted: readonly WantedObject[]
  /** Sends secrets again although nobody can tell whether they differ. */
  readonly forceSecrets?: boolean
}

/**
 * All that is wanted, whether it differs or not: objects that are to be there, parents first; then those that are declared to be gone.
 * Of an object that differs both sides hold what differs, of one that does not the same value with all that is declared of it.
 * @throws FailureError invalid: an object is declared below one that is declared to be gone.
 */
export function diffPresent({ live, wanted, forceSecrets = false }: ApicWish): ApicChange[] {
  const find = finder(live)
  const changes = byDepth(wanted.filter(object => !object.deleted)).flatMap(object =>
    diffObject(find(object.dn), object, forceSecrets),
  )
  const gone = wanted.filter(object => object.deleted).map(object => find(object.dn)?.dn ?? object.dn)
  refuseBelow(gone, changes)
  return [...changes, ...deletions(live, gone)]
}

/** The objects at these dns with all below them, deepest first, which are to be gone; those that are gone already, too. */
export function diffAbsent(live: ApicTree, dns: readonly string[]): ApicChange[] {
  const find = finder(live)
  return deletions(
    live,
    dns.map(dn => find(dn)?.dn ?? dn),
  )
}

/**
 * Like diffPresent, and what is below the wanted objects and of one of `classes` but not wanted goes. A relation that the APIC
 * keeps by itself (a target-less rs… singleton) stays.
 */
export function diffExact(wish: ApicWish, classes: ReadonlySet<string>, under: readonly string[]): ApicChange[] {
  const wanted = new Set(wish.wanted.filter(object => !object.deleted).map(object => canonicalDn(object.dn)))
  const parents = new Set([...wanted, ...under.map(canonicalDn)])
  const above = new Set([...wanted].flatMap(aboveOf))
  const surplus = [...wish.live.values()].filter(object => {
    const dn = canonicalDn(object.dn)
    const isOver = !wanted.has(dn) && !above.has(dn) && parents.has(parentDn(dn))
    return classes.has(object.class) && isOver && !isEmptyRelation(object)
  })
  const gone = deletions(
    wish.live,
    surplus.map(object => object.dn),
  )
  const present = diffPresent(wish)
  const deleted = new Set(present.filter(change => change.after === null).map(change => change.id))
  return [...present, ...gone.filter(change => !deleted.has(change.id))]
}

function diffObject(live: ApicObject | undefined, wanted: WantedObject, forceSecrets: boolean): ApicChange[] {
  if (!live) {
    const after = { class: wanted.class, attributes: wanted.attributes }
    return [withDisruption({ id: apicId(canonicalDn(wanted.dn)), before: null, after })]
  }
  if (live.class !== wanted.class) throw otherClass(live, wanted)
  const before: Record<string, string> = {}
  const after: Record<string, string> = {}
  const lost: string[] = []
  const naming = apicClasses.get(wanted.class)?.naming ?? []
  for (const [attribute, value] of Object.entries(wanted.attributes)) {
    if (naming.includes(attribute)) continue
    const of = { class: wanted.class, attribute }
    const secret = attributeKind(wanted.class, attribute) === 'secret'
    if (secret && forceSecrets) lost.push(attribute)
    else if (sameValue(of, live.attributes[attribute], value)) continue
    else before[attribute] = live.attributes[attribute] ?? defaultOf(of)
    after[attribute] = value
  }
  if (Object.keys(after).length === 0) return [inSync(live, wanted)]
  return [
    withDisruption({
      id: apicId(live.dn),
      before: { class: live.class, attributes: before },
      after: { class: live.class, attributes: after },
      ...(lost.length > 0 ? { oneWay: `the APIC does not give back the old ${lost.join(' and ')}` } : {}),
    }),
  ]
}

function deletions(live: ApicTree, dns: readonly string[]): ApicChange[] {
  const tops = dns.filter(dn => !isEmptyRelation(live.get(dn)))
  const gone = [...live.values()].filter(object => tops.some(dn => isWithin(object.dn, dn)))
  const taken = new Set(gone.map(object => object.dn))
  const absent = [...new Set(dns)].filter(dn => !taken.has(dn))
  const already = absent.map(dn => ({ id: apicId(canonicalDn(dn)), before: null, after: null }))
  const going = byDepth(gone)
    .reverse()
    .map(object => {
      const secrets = secretsOf(object.class)
      return withDisruption({
        id: apicId(object.dn),
        before: { class: object.class, attributes: telling(object) },
        after: null,
        ...(secrets.length > 0 ? { oneWay: `the APIC does not give back ${secrets.join(' and ')}` } : {}),
      })
    })
  return [...going, ...already]
}

/** An object that is as declared. A secret is left out: the APIC does not tell whether it is the same. */
function inSync(live: ApicObject, wanted: WantedObject): ApicChange {
  const declared = Object.keys(wanted.attributes).filter(name => attributeKind(wanted.class, name) !== 'secret')
  const attributes = declared.map(attribute => [
    attribute,
    live.attributes[attribute] ?? defaultOf({ class: live.class, attribute }),
  ])
  const value = { class: live.class, attributes: Object.fromEntries(attributes) }
  return { id: apicId(live.dn), before: value, after: value }
}

/** All dns above one. */
function aboveOf(dn: string): string[] {
  const parent = parentDn(dn)
  return parent === '' ? [] : [parent, ...aboveOf(parent)]
}

/** The attributes needed to make an object again. */
function telling(object: ApicObject): Record<string, string> {
  const kept = Object.entries(object.attributes).filter(([attribute, value]) => {
    const of = { class: object.class, attribute }
    const says = value !== '' || defaultOf(of) !== '' || attributeKind(object.class, attribute) === 'bitmask'
    return says && !isReadOnly(attribute)
  })
  return Object.fromEntries(kept)
}

/** A singleton relation without a target: it is always there and cannot go. */
export function isEmptyRelation(object: ApicObject | undefined): boolean {
  if (!object) return false
  const target = Object.entries(object.attributes).find(([name]) => /^tn[A-Z].*Name$/.test(name) || name === 'tDn')
  return /^[a-z0-9]+Rs[A-Z]/.test(object.class) && (target === undefined || target[1] === '')
}

/** Finds an object by its dn, also where the APIC spells an IPv6 address in it differently. */
export function finder(live: ApicTree): (dn: string) => ApicObject | undefined {
  let canonical: Map<string, ApicObject> | null = null
  return dn => {
    const exact = live.get(dn)
    if (exact || !/\[[0-9a-fA-F]*:/.test(dn)) return exact
    canonical ??= new Map([...live.values()].map(object => [canonicalDn(object.dn), object]))
    return canonical.get(canonicalDn(dn))
  }
}

function secretsOf(className: string): readonly string[] {
  const kinds = apicClasses.get(className)?.kinds ?? {}
  return Object.keys(kinds).filter(attribute => kinds[attribute] === 'secret')
}

function otherClass(live: ApicObject, wanted: WantedObject): FailureError {
  return new FailureError({
    code: 'invalid',
    message: `${wanted.dn} is declared as ${wanted.class}, but the APIC has a ${live.class} there.`,
    remedy: 'Correct the class, or the rn, in the playbook.',
  })
}

function refuseBelow(gone: readonly string[], kept: readonly ApicChange[]): void {
  for (const dn of gone) {
    const below = kept.map(dnOf).find(each => isWithin(each, dn))
    if (below === undefined) continue
    throw new FailureError({
      code: 'invalid',
      message: `${below} is declared, and ${dn}, which holds it, is declared to be deleted.`,
      remedy: 'Declare one of the two.',
    })
  }
}
