import type { ResourceId } from '../../model/managed.ts'

const KIND = 'apic:'

/** What an object of the APIC is called among all that is managed: 'apic:uni/tn-t/out-o'. */
export function apicId(dn: string): ResourceId {
  return `${KIND}${dn}`
}

/** The dn of a managed object. */
export function dnOf({ id }: { readonly id: ResourceId }): string {
  return id.startsWith(KIND) ? id.slice(KIND.length) : id
}
