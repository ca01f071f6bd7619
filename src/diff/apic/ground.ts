import type { ApicObject, ApicTree } from '../../model/apic.ts'
import type { Managed, ResourceId } from '../../model/managed.ts'
import { type Conflict, type Ground, type Part, type WayBack, wayBack } from '../../model/way-back.ts'
import { type ApicChange, type ApicValue, stageApic } from './change.ts'
import { apicClasses, attributeKind, isReadOnly } from './classes.ts'
import { finder, isEmptyRelation } from './diff.ts'
import { isWithin, parentDn } from './dn.ts'
import { dnOf } from './resource-id.ts'
import { defaultOf, sameValue } from './values.ts'

/**
 * How changes of an APIC are taken back, against the objects that are there now. Of an object that the run has changed only the attributes
 * that still are as the run set them go back. One that it has made is the run's own while it says what was declared and holds nothing of
 * others. What it has deleted comes back, below parents that are as they were.
 * @param live the objects at the dns of the changes and all below them
 */
export function apicWayBack(changes: readonly ApicChange[], live: ApicTree): WayBack<ApicValue> {
  // What cannot be undone to the letter (a secret that the APIC does not give back) is undone as far as it can be.
  const made = changes.map(({ oneWay: _, ...change }) => change)
  const ground = groundOf(made)
  const { back, conflicts, oneWay } = wayBack(made, live, ground)
  const end = stageApic(live, back)
  const isMoved = (step: ApicChange) => !isSameObject(live.get(dnOf(step)), end.get(dnOf(step)))
  // What was changed twice and is taken back halfway may be as it was all the same.
  const first = new Map(made.toReversed().map(change => [change.id, change]))
  const isBack = ({ id }: Conflict<ApicValue>) => {
    const change = first.get(id)
    return change !== undefined && isValue(ground.find(end, change), change.before)
  }
  return { back: back.filter(isMoved), conflicts: conflicts.filter(conflict => !isBack(conflict)), oneWay }
}

function groundOf(changes: readonly ApicChange[]): Ground<ApicTree, ApicValue> {
  const deleted = new Map<ResourceId, ApicValue>()
  for (const { id, before, after } of changes) if (before && !after && !deleted.has(id)) deleted.set(id, before)
  const hasStrangeParent = (live: ApicTree, change: ApicChange) => {
    const dn = parentDn(dnOf(change))
    const was = deleted.get(`apic:${dn}`)
    return was !== undefined && !isValue(live.get(dn) ?? null, was)
  }
  return {
    find: (live, change) => standing(finder(live)(dnOf(change))),
    same({ live, found, value, change }) {
      if (!isValue(found, value)) return false
      if (value !== change.after) return true
      if (value === null) return change.before === null || !hasStrangeParent(live, change)
      return change.before !== null || isOwn(live, change, value)
    },
    apply: (live, step) => stageApic(live, [step]),
    part,
  }
}

function standing(object: ApicObject | undefined): ApicValue | null {
  return object ? { class: object.class, attributes: object.attributes } : null
}

/** Whether an object says all that a value does; what the APIC puts into objects by itself is as good as nothing. */
function isValue(found: ApicValue | null, value: ApicValue | null): boolean {
  if (!value) return !found || isEmptyRelation({ dn: '', ...found }) || isApicsOwn({ dn: '', ...found })
  if (!found || found.class !== value.class) return false
  return Object.entries(value.attributes).every(([attribute, text]) =>
    sameValue({ class: value.class, attribute }, found.attributes[attribute], text),
  )
}

/** Whether an object that the run has made says nothing more, and holds nothing but what the APIC itself puts into it. */
function isOwn(live: ApicTree, change: ApicChange, { class: name, attributes }: ApicValue): boolean {
  const dn = dnOf(change)
  const object = finder(live)(dn)
  const said = Object.entries(object?.attributes ?? {}).filter(([attribute]) => !Object.hasOwn(attributes, attribute))
  if (said.some(([attribute, value]) => isSaid(name, attribute, value))) return false
  const root = object?.dn ?? dn
  return ![...live.values()].some(each => each.dn !== root && isWithin(each.dn, root) && !isApicsOwn(each))
}

/** Attributes of every class that are empty until somebody fills them. */
const WORDS = new Set(['descr', 'nameAlias', 'annotation', 'ownerKey', 'ownerTag'])

/** Whether somebody has set an attribute: one whose default is known, to something else. */
function isSaid(name: string, attribute: string, value: string): boolean {
  const known = apicClasses.get(name)
  if (isReadOnly(attribute) || known?.naming.includes(attribute)) return false
  if (WORDS.has(attribute)) return value !== ''
  if (known?.defaults[attribute] === undefined) return false
  return !sameValue({ class: name, attribute }, value, defaultOf({ class: name, attribute }))
}

/** Made by the APIC within every tenant or VRF, and gone with it. */
const IMPLICIT = new Set(['vzAny', 'fvEpTags', 'vnsSvcCont'])

/** What nobody has made: the APIC puts it into objects by itself. */
export function isApicsOwn(object: ApicObject): boolean {
  const isPlain = !Object.entries(object.attributes).some(([name, value]) => isSaid(object.class, name, value))
  return isPlain && (isEmptyRelation(object) || IMPLICIT.has(object.class))
}

function part(found: ApicValue, { before, after }: Managed<ApicValue>): Part<ApicValue> | null {
  if (!before || !after || found.class !== after.class) return null
  const left: string[] = []
  const mine: Record<string, string> = {}
  for (const [attribute, made] of Object.entries(after.attributes)) {
    const was = before.attributes[attribute]
    const is = found.attributes[attribute]
    const of = { class: after.class, attribute }
    if (was === undefined || attributeKind(after.class, attribute) === 'secret' || sameValue(of, is, was)) continue
    if (sameValue(of, is, made)) mine[attribute] = was
    else left.push(attribute)
  }
  const value = Object.keys(mine).length === 0 ? found : { class: found.class, attributes: mine }
  return { value, left }
}

function isSameObject(one: ApicObject | undefined, other: ApicObject | undefined): boolean {
  return isValue(standing(one), standing(other)) && isValue(standing(other), standing(one))
}
