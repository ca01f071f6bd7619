import { familyOf } from './address.ts'
import type { Peering, SessionFamily } from './peering.ts'

/** The prefixes of a family that one end announces and the other's filters let in, before any limit. */
export function accepted(near: Peering, far: Peering, family: SessionFamily): string[] {
  return far.announces.filter(prefix => familyOf(prefix) === family && (near.accepts?.(prefix) ?? true))
}
