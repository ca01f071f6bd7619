import { FailureError } from '../../model/failure.ts'
import { isMapping, type Value } from '../../model/value.ts'
import { apicClasses, classAt, isReadOnly, readRn, rnOf } from './classes.ts'
import { canonicalAddress, canonicalDn, lastRn, parentDn } from './dn.ts'
import { apicText } from './values.ts'

/** An object that a playbook declares, with its place in the declaration. */
export interface WantedObject {
  readonly dn: string
  readonly class: string
  readonly attributes: Readonly<Record<string, string>>
  /** Declared with `status: deleted`. */
  readonly deleted: boolean
  /** Path within the declaration, for messages: ['fvTenant', 'children', 0, …]. */
  readonly path: readonly (string | number)[]
}

interface Node {
  readonly class: string
  readonly value: Value
  readonly above: string
  readonly path: readonly (string | number)[]
}

/** A mistake in a declaration: where in it, and what. */
export interface TreeMistake {
  readonly path: readonly (string | number)[]
  readonly message: string
}

/**
 * The objects of a declared tree below `parent`, parents before children. Two forms, which may be mixed at any depth:
 * pleasant `{fvCtx: {name: blue, knwMcastAct: deny, fvRsBgpCtxPol: {…}}}` (a list of mappings = several objects), and the APIC's
 * own `{fvCtx: {attributes: {…}, children: [{…}]}}`, also in an `imdata` envelope.
 * @throws FailureError invalid: a class without naming attributes, two different objects of one dn and the like.
 */
export function wantedObjects(tree: Value, parent: string): WantedObject[] {
  const { objects, mistakes } = readTree(tree, parent)
  const [mistake] = mistakes
  if (mistake) {
    const where = mistake.path.length > 0 ? ` (at ${mistake.path.join('.')})` : ''
    throw new FailureError({ code: 'invalid', message: `${mistake.message}${where}` })
  }
  return objects
}

/** The same without throwing: everything that is wrong at once, for the check of a module's arguments. */
export function readTree(tree: Value, parent: string): { objects: WantedObject[]; mistakes: TreeMistake[] } {
  const mistakes: TreeMistake[] = []
  const objects = classesOf(tree, [], mistakes).flatMap(node => readObject({ ...node, above: parent }, mistakes))
  return { objects: mergeTwins(objects, mistakes), mistakes }
}

/** The class entries of a mapping, or of a list of such mappings, or of an imdata envelope. */
function classesOf(value: Value, path: Node['path'], mistakes: TreeMistake[]): Omit<Node, 'above'>[] {
  if (value === null) return []
  if (Array.isArray(value)) return value.flatMap((entry, index) => classesOf(entry, [...path, index], mistakes))
  if (!isMapping(value)) {
    mistakes.push({ path, message: `Expected a mapping of classes, found ${JSON.stringify(value)}.` })
    return []
  }
  if (Array.isArray(value.imdata)) return classesOf(value.imdata, [...path, 'imdata'], mistakes)
  return Object.entries(value).flatMap(([name, entry]) => entriesOf(name, entry, [...path, name], mistakes))
}

function entriesOf(name: string, entry: Value, path: Node['path'], mistakes: TreeMistake[]): Omit<Node, 'above'>[] {
  if (Array.isArray(entry)) return entry.map((value, index) => ({ class: name, value, path: [...path, index] }))
  if (entry === null || isMapping(entry)) return [{ class: name, value: entry ?? {}, path }]
  mistakes.push({ path, message: `Expected the attributes of ${name}, found ${JSON.stringify(entry)}.` })
  return []
}

/** Containers that every APIC has: named only to lead to what is in them. */
const STANDING: Readonly<Record<string, string>> = {
  polUni: 'uni',
  infraInfra: 'uni/infra',
  infraFuncP: 'uni/infra/funcprof',
  fabricInst: 'uni/fabric',
  aaaUserEp: 'uni/userext',
}

function readObject(node: Node, mistakes: TreeMistake[]): WantedObject[] {
  const attributes = attributesOf(node, mistakes)
  const standing = STANDING[node.class]
  if (standing && Object.keys(attributes).every(isReadOnly)) return readBelow(node, standing, mistakes)
  const named = dnOf(node, attributes)
  if (named === null) {
    mistakes.push({ path: node.path, message: namelessText(node.class) })
    return []
  }
  const dn = canonicalDn(named)
  const naming = apicClasses.get(node.class)?.naming ?? []
  const kept = Object.entries(attributes)
    .filter(([name]) => !isReadOnly(name))
    .map(([name, value]) => [name, naming.includes(name) ? canonicalAddress(value) : value] as const)
  const object = {
    dn,
    class: node.class,
    attributes: { ...readRn(node.class, lastRn(dn)), ...Object.fromEntries(kept) },
    deleted: attributes.status === 'deleted',
    path: node.path,
  }
  return [object, ...(object.deleted ? [] : readBelow(node, dn, mistakes))]
}

/** An object's attributes as APIC text, from both forms. */
function attributesOf(node: Node, mistakes: TreeMistake[]): Record<string, string> {
  const found: Record<string, string> = {}
  if (!isMapping(node.value)) {
    mistakes.push({ path: node.path, message: `Expected a mapping, found ${JSON.stringify(node.value)}.` })
    return found
  }
  const own = isMapping(node.value.attributes) ? node.value.attributes : {}
  for (const [name, value] of [...Object.entries(own), ...Object.entries(node.value)]) {
    if (value !== own[name] && holdsObjects(name, value)) continue
    if (isMapping(value) || (Array.isArray(value) && value.some(isMapping))) {
      mistakes.push({ path: [...node.path, name], message: `The attribute ${name} cannot hold a mapping.` })
      continue
    }
    found[name] = apicText(value, { class: node.class, attribute: name })
  }
  return found
}

function readBelow(node: Node, dn: string, mistakes: TreeMistake[]): WantedObject[] {
  if (!isMapping(node.value)) return []
  const children = Object.entries(node.value)
    .filter(([name, value]) => name !== 'attributes' && holdsObjects(name, value))
    .flatMap(([name, value]) => {
      const path = [...node.path, name]
      return name === 'children' ? classesOf(value, path, mistakes) : entriesOf(name, value, path, mistakes)
    })
  return children.flatMap(child => readObject({ ...child, above: dn }, mistakes))
}

/** Whether a key of an object leads to other objects rather than being an attribute. */
function holdsObjects(name: string, value: Value): boolean {
  if (name === 'attributes' || name === 'children') return true
  if (Array.isArray(value)) return value.length === 0 ? apicClasses.has(name) : value.every(isMapping)
  return isMapping(value) || (value === null && apicClasses.has(name))
}

/** An explicit dn, an explicit rn, or the class's naming attributes; the parent itself when it is an object of this class. */
function dnOf(node: Node, attributes: Readonly<Record<string, string>>): string | null {
  if (attributes.dn) return attributes.dn
  if (attributes.rn) return `${node.above}/${attributes.rn}`
  const rn = rnOf(node.class, attributes)
  const aboveIsIt = classAt(node.above) === node.class
  if (rn === null) return aboveIsIt ? node.above : null
  return aboveIsIt && lastRn(node.above) === rn ? node.above : `${node.above}/${rn}`
}

function namelessText(name: string): string {
  const known = apicClasses.get(name)
  if (!known) return `weft does not know how objects of class ${name} are named: give a dn or an rn.`
  return `An object of class ${name} needs ${known.naming.join(' and ')} (its rn is ${known.rn}).`
}

/** The same object declared twice counts once; with two values for one attribute it is a mistake. */
function mergeTwins(objects: readonly WantedObject[], mistakes: TreeMistake[]): WantedObject[] {
  const merged = new Map<string, WantedObject>()
  for (const object of objects) {
    const twin = merged.get(object.dn)
    const clash = Object.entries(object.attributes).find(([name, value]) => (twin?.attributes[name] ?? value) !== value)
    if (twin && clash) {
      mistakes.push({ path: object.path, message: `${object.dn} is declared twice, with two values of ${clash[0]}.` })
    }
    merged.set(object.dn, twin ? { ...twin, attributes: { ...twin.attributes, ...object.attributes } } : object)
  }
  return [...merged.values()]
}

/** The parents of the declared objects that are not declared themselves. */
export function outerParents(objects: readonly WantedObject[]): string[] {
  const declared = new Set(objects.map(object => object.dn))
  return [...new Set(objects.map(object => parentDn(object.dn)).filter(dn => !declared.has(dn)))]
}
