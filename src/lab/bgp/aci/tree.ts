import type { ApicObject, ApicTree } from '../../../model/apic.ts'
import { splitDn } from '../../apic/dn.ts'

/** The objects of an APIC with the few ways in which the simulation looks at them. */
export interface Configuration {
  get(dn: string): ApicObject | undefined
  /** Objects of a class directly below a dn. */
  below(dn: string, name: string): readonly ApicObject[]
  ofClass(name: string): readonly ApicObject[]
  /** A named policy of the tenant that `dn` is in, or of tenant common: named('uni/tn-a/…', 'bgpCtxP-x'). */
  named(dn: string, rn: string): ApicObject | undefined
  secret(dn: string): string | undefined
}

export function readConfiguration(objects: ApicTree, secret: (dn: string) => string | undefined): Configuration {
  const byClass = new Map<string, ApicObject[]>()
  for (const object of objects.values()) {
    const known = byClass.get(object.class)
    if (known) known.push(object)
    else byClass.set(object.class, [object])
  }
  const ofClass = (name: string) => byClass.get(name) ?? []
  return {
    get: dn => objects.get(dn),
    below: (dn, name) => ofClass(name).filter(object => isDirectlyBelow(object.dn, dn)),
    ofClass,
    named(dn, rn) {
      const tenant = splitDn(dn).slice(0, 2).join('/')
      return objects.get(`${tenant}/${rn}`) ?? objects.get(`uni/tn-common/${rn}`)
    },
    secret,
  }
}

/** '' where the object or the attribute is missing. */
export function attribute(object: ApicObject | undefined, name: string): string {
  return object?.attributes[name] ?? ''
}

/** 'a' of 'uni/tn-a/…'. */
export function tenantOf(dn: string): string {
  return splitDn(dn)[1]?.replace(/^tn-/, '') ?? ''
}

function isDirectlyBelow(dn: string, parent: string): boolean {
  if (!dn.startsWith(`${parent}/`)) return false
  return splitDn(dn.slice(parent.length + 1)).length === 1
}
