import { classes } from './classes/index.ts'
import { lastRn, makeRn, namingOf, parentDn, readRn } from './dn.ts'
import type { Payload } from './payload.ts'
import { refuse } from './refusal.ts'
import { canonicalDn, classOf, contains, resolveDn } from './resolve.ts'

/** One object of a POST, placed and checked, parents before children. */
export interface Intent {
  readonly dn: string
  readonly class: string
  /** Normalised values of what was sent, naming properties included. */
  readonly attributes: Readonly<Record<string, string>>
  readonly status: 'upsert' | 'created' | 'modified' | 'deleted'
  /** The dn of the intent that it stood in, '' for the outermost. */
  readonly within: string
}

// A client that reads an object and sends it back is forgiven these.
const echoed = new Set(['dn', 'rn', 'status', 'childAction', 'modTs', 'uid', 'lcOwn', 'extMngdBy', 'monPolDn'])

/** The objects of a POST to `path` (a dn), in order. Throws Refused for the first that is not of the model. */
export function readIntents(path: string, payload: Payload): Intent[] {
  checkClass(payload.class)
  return collect(payload, placeOutermost(path, payload), '')
}

function collect(payload: Payload, dn: string, within: string): Intent[] {
  checkClass(payload.class)
  const attributes = checkAttributes(payload, dn)
  const intent: Intent = { dn, class: payload.class, attributes, status: readStatus(payload), within }
  const children = payload.children.flatMap(child => {
    checkClass(child.class)
    return collect(child, placeChild(dn, payload.class, child), dn)
  })
  return [intent, ...children]
}

function checkClass(name: string): void {
  if (!classes.has(name)) refuse('122', `unknown managed object class ${name}`)
}

/** A body may be the object at the path, or one right below it. */
function placeOutermost(path: string, payload: Payload): string {
  const given = payload.attributes.dn
  if (given) return placeByDn(given, payload.class)
  if (resolveDn(path)?.class === payload.class) return path
  return placeChild(path, resolveDn(path)?.class ?? '', payload)
}

function placeByDn(written: string, name: string): string {
  const dn = canonicalDn(written)
  if (resolveDn(dn)?.class !== name) refuse('104', `invalid dn ${dn} for class ${name}`)
  return dn
}

function placeChild(parent: string, parentClass: string, payload: Payload): string {
  if (payload.attributes.dn) {
    const dn = placeByDn(payload.attributes.dn, payload.class)
    if (parentDn(dn) !== parent) refuse('104', `dn ${dn} is not below ${parent}`)
    return dn
  }
  if (!classes.has(parentClass) || !contains(parentClass, payload.class)) {
    refuse('122', `class ${payload.class} cannot be contained in ${parentClass || parent}, dn ${parent}`)
  }
  return canonicalDn(`${parent}/${payload.attributes.rn || nameOf(payload)}`)
}

/** The relative name, by the naming properties; a naming property with a default may be left out. */
function nameOf(payload: Payload): string {
  const definition = classOf(payload.class)
  const values = namingOf(definition.rn).map(name => {
    const rule = definition.properties[name]
    const given = payload.attributes[name]
    const value = given === undefined ? rule?.fallback : given
    if (!value) refuse('822', `naming property ('${payload.class}.${name}') is not set.`)
    return [name, value] as const
  })
  return makeRn(definition.rn, Object.fromEntries(values))
}

function readStatus(payload: Payload): Intent['status'] {
  const words = (payload.attributes.status ?? '')
    .split(',')
    .map(word => word.trim())
    .filter(word => word !== '')
    .sort()
  if (words.includes('deleted')) return 'deleted'
  if (words.length === 0 || words.join() === 'created,modified') return 'upsert'
  const [word] = words
  if (words.length === 1 && (word === 'created' || word === 'modified')) return word
  return refuse('120', `unknown property value ${payload.attributes.status}, name status, class ${payload.class}`)
}

function checkAttributes(payload: Payload, dn: string): Record<string, string> {
  const definition = classOf(payload.class)
  const naming = readRn(definition.rn, lastRn(dn))
  if (!naming) refuse('104', `invalid rn ${lastRn(dn)} for class ${payload.class}`)
  const sent = Object.entries({ ...naming, ...payload.attributes }).filter(([name]) => !echoed.has(name))
  const checked = Object.fromEntries(
    sent.map(([name, value]) => [name, checkValue({ name, value, dn, class: payload.class })]),
  )
  for (const [name, value] of Object.entries(naming)) {
    const sentName = payload.attributes[name]
    if (sentName !== undefined && sentName !== value) {
      refuse('104', `naming property ('${payload.class}.${name}') with value '${sentName}' does not match dn ${dn}`)
    }
  }
  return checked
}

function checkValue(at: { name: string; value: string; dn: string; class: string }): string {
  const definition = classOf(at.class)
  const rule = definition.properties[at.name]
  if (!rule) refuse('400', `unknown attribute '${at.name}' in element '${at.class}'`)
  if (!definition.configurable || rule.access === 'read-only') {
    // A read-only value is silently kept by the APIC where a client echoes it; only another class's are unknown.
    return at.value
  }
  const answer = rule.accept(at.value)
  if ('value' in answer) return answer.value
  const shown = rule.access === 'secret' ? '******' : at.value
  if (answer.refused === 'unknown-value') {
    refuse('120', `unknown property value ${shown}, name ${at.name}, class ${at.class} [(Dn0)] Dn0=${at.dn}, `)
  }
  return refuse('801', `property ${at.name} of ${at.dn} failed validation for value '${shown}'`)
}
