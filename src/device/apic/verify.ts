import type { ApicChange, ApicValue } from '../../diff/apic/change.ts'
import { attributeKind } from '../../diff/apic/classes.ts'
import { finder, isEmptyRelation } from '../../diff/apic/diff.ts'
import { isApicsOwn } from '../../diff/apic/ground.ts'
import { dnOf } from '../../diff/apic/resource-id.ts'
import { sameValue } from '../../diff/apic/values.ts'
import type { ApicObject } from '../../model/apic.ts'
import type { Standing } from '../../model/device.ts'
import type { Failure } from '../../model/failure.ts'
import type { ApicSnapshot } from './snapshot.ts'

/** What the APIC does not hold of changes that were made, as sentences; empty = all is there. Reads. */
export async function missing(snapshot: ApicSnapshot, changes: readonly ApicChange[]): Promise<string[]> {
  if (changes.length === 0) return []
  const wanted = expected(changes)
  const live = await snapshot.reread([...wanted.keys()])
  const find = finder(live)
  return [...wanted].flatMap(([dn, value]) => differences(find(dn), dn, value))
}

/** How each of these changes stands on the APIC now. Reads. */
export async function standingsOf(snapshot: ApicSnapshot, changes: readonly ApicChange[]): Promise<Standing[]> {
  if (changes.length === 0) return []
  const find = finder(await snapshot.reread([...new Set(changes.map(dnOf))]))
  const is = (dn: string, value: ApicValue | null) =>
    differences(find(dn), dn, value && withoutMasked(value)).length === 0
  return changes.map(change => {
    const dn = dnOf(change)
    return is(dn, change.after) ? 'made' : is(dn, change.before) ? 'unmade' : 'other'
  })
}

/** What the ledger leaves out cannot be compared. */
function withoutMasked(value: ApicValue): ApicValue {
  const known = Object.entries(value.attributes).filter(([, text]) => !text.includes('********'))
  return { ...value, attributes: Object.fromEntries(known) }
}

export function notHeld(wrong: readonly string[]): Failure {
  return {
    code: 'stale',
    message: `The APIC accepted all changes but does not hold them: ${wrong.slice(0, 5).join('; ')}${wrong.length > 5 ? '; …' : ''}.`,
    remedy: 'Somebody else may be changing the same objects: plan again to see.',
    aftermath: 'What was written is still there.',
  }
}

/** The last word on each object, null where it must be gone. */
function expected(changes: readonly ApicChange[]): Map<string, ApicValue | null> {
  const wanted = new Map<string, ApicValue | null>()
  for (const change of changes) {
    const { after } = change
    const dn = dnOf(change)
    const earlier = wanted.get(dn)
    wanted.set(dn, after && { ...after, attributes: { ...earlier?.attributes, ...after.attributes } })
  }
  return wanted
}

function differences(object: ApicObject | undefined, dn: string, wanted: ApicValue | null): string[] {
  if (!wanted) return object && !isEmptyRelation(object) && !isApicsOwn(object) ? [`${dn} is still there`] : []
  if (!object) return [`${dn} is not there`]
  return Object.entries(wanted.attributes)
    .filter(([, value]) => !isMomentary(value))
    .filter(([attribute, value]) => !sameValue({ class: wanted.class, attribute }, object.attributes[attribute], value))
    .map(([attribute, value]) =>
      attributeKind(wanted.class, attribute) === 'secret'
        ? `${attribute} of ${dn} is another`
        : `${attribute} of ${dn} is '${object.attributes[attribute] ?? ''}', not '${value}'`,
    )
}

/** Set to start something, the APIC sets it back by itself (configExportP.adminSt). */
function isMomentary(value: string): boolean {
  return value === 'triggered'
}
