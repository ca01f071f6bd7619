import { isSecretAttribute } from '../../diff/apic/classes.ts'
import { splitDn } from '../../diff/apic/dn.ts'
import { outerParents, type WantedObject } from '../../diff/apic/objects.ts'
import type { ApicObject, ApicRead, ApicTree } from '../../model/apic.ts'
import { FailureError } from '../../model/failure.ts'

/** What is on the APIC where a task's objects belong. */
export interface LiveObjects {
  readonly live: ApicTree
  /** Parents that the task's objects need and that are not there. */
  readonly orphans: readonly string[]
}

/** Reads the subtrees that the objects belong in. */
export async function readAround(read: ApicRead, wanted: readonly WantedObject[]): Promise<LiveObjects> {
  const roots = readingRoots(wanted)
  const trees = await Promise.all(roots.map(dn => read.subtree(dn)))
  const live = new Map<string, ApicObject>(trees.flatMap(tree => [...tree]))
  const orphans = outerParents(wanted).filter(dn => roots.includes(dn) && !live.has(dn))
  return { live, orphans }
}

/** The dns to read: the parent in a tenant, so that its absence shows; elsewhere (uni/infra is wide) the objects themselves. */
export function readingRoots(wanted: readonly WantedObject[]): string[] {
  const parents = outerParents(wanted)
  const inTenant = parents.filter(dn => splitDn(dn)[1]?.startsWith('tn-'))
  const others = parents.filter(dn => !inTenant.includes(dn))
  const tops = others.flatMap(parent => topsOf(wanted).filter(dn => isChild(dn, parent)))
  return [...inTenant, ...tops]
}

/** The outermost of the declared objects. */
export function topsOf(wanted: readonly WantedObject[]): string[] {
  const parents = new Set(outerParents(wanted))
  return wanted.map(object => object.dn).filter(dn => [...parents].some(parent => isChild(dn, parent)))
}

/** @throws FailureError invalid when a parent is missing, on the APIC and in the plan so far. */
export function refuseOrphans({ orphans }: LiveObjects): void {
  const [orphan] = orphans
  if (orphan === undefined) return
  throw new FailureError({
    code: 'invalid',
    message: `${orphan} does not exist on the APIC, and no earlier task creates it.`,
    remedy: 'Correct the dn, or declare the parent in a task before this one.',
  })
}

/** The values of secret attributes. */
export function secretValues(wanted: readonly WantedObject[]): string[] {
  return wanted.flatMap(object =>
    Object.entries(object.attributes)
      .filter(([name, value]) => value !== '' && isSecretAttribute(object.class, name))
      .map(([, value]) => value),
  )
}

/** The objects with an annotation where they have none. */
export function annotated(wanted: readonly WantedObject[], annotation: string | undefined): readonly WantedObject[] {
  if (annotation === undefined) return wanted
  return wanted.map(object => ({ ...object, attributes: { annotation, ...object.attributes } }))
}

function isChild(dn: string, parent: string): boolean {
  return dn.startsWith(`${parent}/`) && splitDn(dn).length === splitDn(parent).length + 1
}
