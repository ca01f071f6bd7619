import type { ApicCommand, ApicObject, ApicTree } from '../../model/apic.ts'
import type { Managed, ShownChange } from '../../model/managed.ts'
import { apicClasses, isSecretAttribute } from './classes.ts'
import { isWithin } from './dn.ts'
import { dnOf } from './resource-id.ts'
import { defaultOf } from './values.ts'

/** One side of a change on an APIC: all that matters of a new or deleted object, or the attributes that differ. */
export interface ApicValue {
  readonly class: string
  readonly attributes: Readonly<Record<string, string>>
}
/** `id` is the dn behind 'apic:'. */
export type ApicChange = Managed<ApicValue>

const MASK = '********'

/** The commands that changes mean; deletes below a deleted object are left out, the APIC takes them along. */
export function renderApic(changes: readonly ApicChange[]): ApicCommand[] {
  const gone = changes.filter(change => change.after === null).map(dnOf)
  return changes
    .filter(change => change.after !== null || !gone.some(dn => dn !== dnOf(change) && isWithin(dnOf(change), dn)))
    .map(change => ({
      dn: dnOf(change),
      class: (change.after ?? change.before)?.class ?? '',
      attributes: change.after?.attributes ?? {},
      ...(change.after === null ? { delete: true } : {}),
    }))
}

/** A change as a reviewer reads it: a line per attribute that the dn does not tell, secrets masked. */
export function showApic(change: ApicChange): ShownChange {
  const { before, after } = change
  const name = (after ?? before)?.class ?? ''
  const naming = apicClasses.get(name)?.naming ?? []
  const lines = (side: ApicValue | null, sign: string) =>
    Object.entries(side?.attributes ?? {})
      .filter(
        ([attribute, value]) => !naming.includes(attribute) && !(after === null && isUsual(name, attribute, value)),
      )
      .sort(([a], [b]) => a.localeCompare(b))
      .map(([attribute, value]) => ({ attribute, line: `${sign} ${attribute}: ${shown(name, attribute, value)}` }))
  const body = [...lines(before, '-'), ...lines(after, '+')].sort((a, b) => a.attribute.localeCompare(b.attribute))
  const header = before && after ? `  ${name}` : `${after ? '+' : '-'} ${name}`
  return {
    resource: dnOf(change),
    action: before === null ? 'create' : after === null ? 'delete' : 'update',
    lines: [header, ...body.map(entry => entry.line)],
    ...(change.disrupts === undefined ? {} : { disrupts: change.disrupts }),
    ...(change.oneWay === undefined ? {} : { oneWay: change.oneWay }),
  }
}

/** A tree with changes applied: what a later task of the same plan sees. */
export function stageApic(tree: ApicTree, changes: readonly ApicChange[]): Map<string, ApicObject> {
  const staged = new Map(tree)
  for (const change of changes) {
    const { after } = change
    const dn = dnOf(change)
    if (after === null) {
      for (const key of [...staged.keys()]) if (isWithin(key, dn)) staged.delete(key)
      continue
    }
    const attributes = { ...staged.get(dn)?.attributes, ...after.attributes }
    staged.set(dn, { dn, class: after.class, attributes })
  }
  return staged
}

/** What a deleted object has like any other of its class; kept for the undo, but of no interest to a reviewer. */
function isUsual(name: string, attribute: string, value: string): boolean {
  return attribute === 'userdom' || value === defaultOf({ class: name, attribute })
}

function shown(name: string, attribute: string, value: string): string {
  if (isSecretAttribute(name, attribute)) return MASK
  return value === '' ? "''" : value
}
