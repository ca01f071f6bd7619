import type { ApicObject, ApicTree } from '../../../model/apic.ts'
import { parentDn, splitDn } from '../../apic/dn.ts'

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
  const byClass = Map.groupBy(objects.values(), object => object.class)
  const byParent = Map.groupBy(objects.values(), object => parentDn(object.dn))
  return {
    get: dn => objects.get(dn),
    below: (dn, name) => (byParent.get(dn) ?? []).filter(object => object.class === name),
    ofClass: name => byClass.get(name) ?? [],
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
