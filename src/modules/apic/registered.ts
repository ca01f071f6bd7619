import type { ApicChange, ApicValue } from '../../diff/apic/change.ts'
import { attributeKind } from '../../diff/apic/classes.ts'
import { dnOf } from '../../diff/apic/resource-id.ts'
import type { ApicObject, ApicRead } from '../../model/apic.ts'
import type { Value } from '../../model/value.ts'

/**
 * What `register` receives of changes, in the shapes of cisco.aci's results: objects as the APIC writes them. `current` is what was foreseen
 * until currentNow tells what it has become. Secrets are left out of what was sent, as the APIC leaves them out of what it shows.
 */
export function registeredOf(changes: readonly ApicChange[]): Readonly<Record<string, Value>> {
  return {
    previous: changes.flatMap(change => (change.before ? [entry(change, change.before)] : [])),
    sent: changes.map(change => entry(change, change.after, { status: statusOf(change) })),
    current: changes.flatMap(change => {
      const { before, after } = change
      return after ? [entry(change, { ...after, attributes: { ...before?.attributes, ...after.attributes } })] : []
    }),
  }
}

/** The objects of changes that were made, as they are now, with all that can be configured of them. */
export async function currentNow(read: ApicRead, changes: readonly ApicChange[]): Promise<readonly Value[]> {
  const dns = [...new Set(changes.map(dnOf))]
  const live = await read.now(dns)
  return dns.flatMap(dn => {
    const object = live.get(dn)
    return object ? [asEntry(object)] : []
  })
}

function statusOf({ before, after }: ApicChange): string {
  return before === null ? 'created' : after === null ? 'deleted' : 'modified'
}

function entry(change: ApicChange, value: ApicValue | null, more: Readonly<Record<string, string>> = {}): Value {
  const name = (value ?? change.before)?.class ?? ''
  return asEntry({ dn: dnOf(change), class: name, attributes: { ...value?.attributes, ...more } })
}

function asEntry({ dn, class: name, attributes }: ApicObject): Value {
  const shown = Object.entries(attributes).filter(([attribute]) => attributeKind(name, attribute) !== 'secret')
  return { [name]: { attributes: { dn, ...Object.fromEntries(shown) } } }
}
