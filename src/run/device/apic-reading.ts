import { classAt, classesFrom } from '../../diff/apic-classes.ts'
import { commonDn, isWithin, splitDn } from '../../diff/apic-dn.ts'
import type { ApicAnswer, ApicObject, ApicTree } from '../../model/apic.ts'
import { FailureError } from '../../model/failure.ts'

export type Get = (path: string, query: Readonly<Record<string, string>>) => Promise<readonly ApicAnswer[]>

const CONFIG = { 'rsp-prop-include': 'config-only' }

/** One read: the roots that it makes known, whole. */
export interface Reading {
  readonly roots: readonly string[]
  readonly read: () => Promise<ApicTree>
}

/**
 * As few reads as these dns need: one per tenant, of the deepest object above those in it, and one for all that lies elsewhere below
 * uni (domains, VLAN pools, policies of infra), by class: uni/infra as a whole is wide.
 */
export function planReads(get: Get, dns: readonly string[]): Reading[] {
  const groups = [...Map.groupBy(new Set(dns), dn => splitDn(dn).slice(0, 2).join('/')).values()]
  const narrow = groups.filter(group => group.every(dn => !dn.startsWith('uni/tn-') && classAt(dn) !== null))
  const roots = topmost(narrow.flat())
  const wide = roots.length > 1 ? groups.filter(group => !narrow.includes(group)) : groups
  const elsewhere = roots.length > 1 ? [{ roots, read: () => readClasses(get, roots) }] : []
  return [...wide.map(group => ({ roots: [commonDn(group)], read: () => readWide(get, group) })), ...elsewhere]
}

/** The objects at these dns and below, picked from all objects of their classes. */
async function readClasses(get: Get, dns: readonly string[]): Promise<ApicTree> {
  const classes = new Set(dns.flatMap(dn => [...classesFrom(classAt(dn) ?? '')]))
  const query = { 'query-target': 'subtree', 'target-subtree-class': [...classes].join(','), ...CONFIG }
  try {
    const tree = toTree(await get('/api/mo/uni.json', query), 'uni')
    return new Map([...tree].filter(([dn]) => dns.some(root => isWithin(dn, root))))
  } catch (error) {
    // Too big, or a class that this release of the APIC does not have.
    if (!(error instanceof FailureError) || error.failure.code !== 'rejected') throw error
  }
  const parts = await Promise.all(dns.map(dn => readWide(get, [dn])))
  return new Map(parts.flatMap(part => [...part]))
}

/**
 * The configuration at these dns and below, by one GET of the deepest object above them all; what the APIC finds too big is read in
 * narrower parts, down to the children one by one.
 */
async function readWide(get: Get, narrow: readonly string[]): Promise<ApicTree> {
  const root = commonDn(narrow)
  const tops = topmost(narrow)
  try {
    return await readSubtree(get, root)
  } catch (error) {
    if (!isTooBig(error)) throw error
  }
  const parts = tops.every(dn => dn === root) ? await childrenOf(get, root) : new Map<string, ApicObject>()
  const deeper = parts.size > 0 ? [...parts.keys()].filter(dn => dn !== root) : tops
  const read = await Promise.all(deeper.map(dn => readWide(get, [dn])))
  return new Map([...parts, ...read.flatMap(part => [...part])])
}

async function readSubtree(get: Get, dn: string): Promise<ApicTree> {
  const query = { 'query-target': 'subtree', ...CONFIG }
  return toTree(await get(`/api/mo/${dn}.json`, query), dn)
}

/** The object and its children, to be read one by one. */
async function childrenOf(get: Get, dn: string): Promise<Map<string, ApicObject>> {
  const self = await get(`/api/mo/${dn}.json`, CONFIG)
  const children = await get(`/api/mo/${dn}.json`, { 'query-target': 'children', ...CONFIG })
  const parts = toTree([...self, ...children], dn)
  if (parts.size < 2) throw new FailureError(tooBig(dn))
  return parts
}

/** The dns that lie within no other, each once. */
function topmost(dns: readonly string[]): string[] {
  return [...new Set(dns)].filter(dn => !dns.some(other => other !== dn && isWithin(dn, other)))
}

function toTree(answers: readonly ApicAnswer[], asked: string): Map<string, ApicObject> {
  const tree = new Map<string, ApicObject>()
  for (const answer of answers) {
    const { dn, ...attributes } = answer.attributes
    if (!dn) throw new FailureError(nameless(asked, answer.class))
    tree.set(dn, { dn, class: answer.class, attributes })
  }
  return tree
}

/** 'Unable to process the query, result dataset is too big' (code 1 or 400, above 100,000 objects). */
function isTooBig(error: unknown): boolean {
  return (
    error instanceof FailureError &&
    error.failure.code === 'rejected' &&
    /too (big|large)/i.test(error.failure.device?.said ?? '')
  )
}

function tooBig(dn: string) {
  return {
    code: 'rejected' as const,
    message: `${dn} is too big for the APIC to answer and cannot be read in parts.`,
    remedy: 'Declare objects deeper in the tree, so that less has to be read.',
  }
}

function nameless(asked: string, className: string) {
  return {
    code: 'unparseable' as const,
    message: `The APIC answered an object of class ${className} without a dn when asked for ${asked}.`,
  }
}
