import type { ApicClass } from '../class.ts'
import { bgpClasses } from './bgp.ts'
import { fabricClasses } from './fabric.ts'
import { l3outClasses } from './l3out.ts'
import { policyClasses } from './policy.ts'
import { tenantClasses } from './tenant.ts'

/** Every class that the lab's APIC knows, by name. */
export const classes: ReadonlyMap<string, ApicClass> = new Map(
  Object.entries({ ...fabricClasses, ...tenantClasses, ...l3outClasses, ...bgpClasses, ...policyClasses }),
)
