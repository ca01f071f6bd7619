import { isSecretName } from '../../model/secret.ts'
import { APIC_CLASS_TABLE } from './class-table.ts'
import { lastRn, parentDn } from './dn.ts'

export type AttributeKind = 'text' | 'secret' | 'bitmask' | 'yes-no' | 'enabled-disabled'

/** What is known of a class of APIC objects. */
export interface ApicClass {
  readonly name: string
  readonly parents: readonly string[]
  /** 'peerP-[{addr}]' */
  readonly rn: string
  /** The attributes that the rn holds. */
  readonly naming: readonly string[]
  readonly defaults: Readonly<Record<string, string>>
  readonly kinds: Readonly<Record<string, AttributeKind>>
}

const MARKS: Readonly<Record<string, AttributeKind>> = {
  '!': 'secret',
  '*': 'bitmask',
  '?': 'yes-no',
  '~': 'enabled-disabled',
}

/** Attributes that the APIC itself fills on every object; they are never sent and never compared. */
const KEPT_BY_APIC = new Set(
  'childAction configIssues dn extMngdBy lcOwn modTs monPolDn pcTag rn scopeId seg status uid vrfId pcEnfDirUpdated'.split(
    ' ',
  ),
)

/** Secrets of classes that the table does not know. */
const SECRET_NAME = /^(password|pwd|secret|passphrase|authKey|key|md5Key|privKey|authPass|privPass)$/

/** All classes by name. */
export const apicClasses: ReadonlyMap<string, ApicClass> = new Map(
  APIC_CLASS_TABLE.trim()
    .split('\n')
    .map(parseClass)
    .map(known => [known.name, known]),
)

/** True for an attribute that the APIC keeps and nobody sets. */
export function isReadOnly(attribute: string): boolean {
  return KEPT_BY_APIC.has(attribute)
}

/** What an attribute holds; 'secret' ones read back empty. */
export function attributeKind(className: string, attribute: string): AttributeKind {
  const known = apicClasses.get(className)
  if (known) return known.kinds[attribute] ?? 'text'
  return SECRET_NAME.test(attribute) || isSecretName(attribute) ? 'secret' : 'text'
}

/** Secrets that the APIC gives back: they are compared like any text, and never shown. A community stands in the dn of its object too. */
const READ_BACK: ReadonlySet<string> = new Set(['snmpCommunityP.name', 'snmpTrapDest.secName'])

/** Whether an attribute is not to be shown or kept. */
export function isSecretAttribute(className: string, attribute: string): boolean {
  return attributeKind(className, attribute) === 'secret' || READ_BACK.has(`${className}.${attribute}`)
}

/** The rn of an object from its naming attributes, or null when the class is unknown or one of them is missing. */
export function rnOf(className: string, attributes: Readonly<Record<string, string>>): string | null {
  const known = apicClasses.get(className)
  if (!known || known.naming.some(name => !attributes[name])) return null
  return known.rn.replace(/\{(\w+)\}/g, (_, name: string) => attributes[name] ?? '')
}

/** The naming attributes that an rn holds, or null when it is not an rn of the class. */
export function readRn(className: string, rn: string): Record<string, string> | null {
  const known = apicClasses.get(className)
  const found = known && rnPattern(known).exec(rn)
  return found ? Object.fromEntries(known.naming.map((name, index) => [name, found[index + 1] ?? ''])) : null
}

/** The class of the object at a dn, found from the top down; null where an unknown class is on the way. */
export function classAt(dn: string): string | null {
  if (dn === 'uni') return 'polUni'
  const above = parentDn(dn)
  const parent = above === '' ? null : classAt(above)
  if (!parent) return null
  const rn = lastRn(dn)
  for (const candidate of childClasses.get(parent) ?? []) if (rnPattern(candidate).test(rn)) return candidate.name
  return null
}

/** A class and all that can be below its objects, as far as the table goes. */
export function classesFrom(className: string, found: Set<string> = new Set()): ReadonlySet<string> {
  if (found.has(className)) return found
  found.add(className)
  for (const child of childClasses.get(className) ?? []) classesFrom(child.name, found)
  return found
}

const childClasses = indexByParent()
const patterns = new Map<string, RegExp>()

function indexByParent(): ReadonlyMap<string, readonly ApicClass[]> {
  const index = new Map<string, ApicClass[]>()
  for (const known of apicClasses.values())
    for (const parent of known.parents) index.set(parent, [...(index.get(parent) ?? []), known])
  return index
}

function rnPattern(known: ApicClass): RegExp {
  const made = patterns.get(known.name)
  if (made) return made
  const source = known.rn
    .split(/(\[?\{\w+\}\]?)/)
    .map(part =>
      part.startsWith('[{') ? '\\[(.+)\\]' : part.startsWith('{') ? '(.+)' : part.replace(/[.[\]()+*?^$|\\]/g, '\\$&'),
    )
    .join('')
  const pattern = new RegExp(`^${source}$`)
  patterns.set(known.name, pattern)
  return pattern
}

function parseClass(line: string): ApicClass {
  const [name = '', parents = '', rn = '', ...attributes] = line.split(' ')
  const defaults: Record<string, string> = {}
  const kinds: Record<string, AttributeKind> = {}
  for (const entry of attributes) {
    const kind = MARKS[entry[0] ?? '']
    const [attribute = '', value] = (kind ? entry.slice(1) : entry).split('=')
    const bare = attribute.replace('|', '')
    kinds[bare] = kind ?? 'text'
    if (value !== undefined) defaults[bare] = value
  }
  const naming = [...rn.matchAll(/\{(\w+)\}/g)].map(found => found[1] ?? '')
  return { name, parents: parents.split(','), rn, naming, defaults, kinds }
}
