import type { ApicClass } from './class.ts'
import { classes } from './classes/index.ts'
import { makeRn, readRn, splitDn } from './dn.ts'

export interface ResolvedDn {
  readonly class: string
  /** Naming values of the last relative name. */
  readonly naming: Readonly<Record<string, string>>
}

const childClasses = childrenByParent()

/**
 * The class that a dn belongs to, found by walking its relative names from the root; null where a name fits no
 * class that the lab knows. Names do not say their class ('subj-a' is two), only their place does.
 */
export function resolveDn(dn: string): ResolvedDn | null {
  let current: ResolvedDn | null = null
  for (const rn of splitDn(dn)) {
    const candidates: readonly string[] = childClasses.get(current?.class ?? '') ?? []
    current = firstFit(candidates, rn)
    if (!current) return null
  }
  return current
}

/**
 * A dn as the APIC stores it. It takes brackets around any naming value ('lifp-[a]' for 'lifp-a'; cisco.aci writes them
 * so) and leaves them out where the format has none. What it does not know stays as it is.
 */
export function canonicalDn(dn: string): string {
  const made: string[] = []
  let place = ''
  for (const rn of splitDn(dn)) {
    const found: ResolvedDn | null = firstFit(childClasses.get(place) ?? [], rn)
    if (!found) return dn
    place = found.class
    made.push(makeRn(classOf(place).rn, found.naming))
  }
  return made.join('/')
}

/** The definition of a class that is known to exist. */
export function classOf(name: string): ApicClass {
  const definition = classes.get(name)
  if (!definition) throw new Error(`the lab's class table has no ${name}`)
  return definition
}

/** May `child` stand directly below `parent`? */
export function contains(parent: string, child: string): boolean {
  return classOf(child).parents.includes(parent)
}

function firstFit(candidates: readonly string[], rn: string): ResolvedDn | null {
  for (const name of candidates) {
    const naming = readRn(classOf(name).rn, rn)
    if (naming) return { class: name, naming }
  }
  return null
}

function childrenByParent(): ReadonlyMap<string, readonly string[]> {
  const found = new Map<string, string[]>()
  for (const [name, definition] of classes) {
    for (const parent of definition.parents.length === 0 ? [''] : definition.parents) {
      found.set(parent, [...(found.get(parent) ?? []), name])
    }
  }
  return found
}
