import { apicClasses, classAt, classesFrom } from '../../diff/apic/classes.ts'
import { commonDn, isWithin, splitDn } from '../../diff/apic/dn.ts'
import type { ApicAnswer, ApicObject, ApicTree } from '../../model/apic.ts'
import { FailureError } from '../../model/failure.ts'

export type Get = (path: string, query: Readonly<Record<string, string>>) => Promise<readonly ApicAnswer[]>

const CONFIG = { 'rsp-prop-include': 'config-only' }

/** One read, and the roots that it is hoped to make known. */
export interface Reading {
  readonly roots: readonly string[]
  readonly read: () => Promise<Found>
}

/** What was read, and below which dns that is all there is: what is too big may have been read in part only. */
export interface Found {
  readonly tree: ApicTree
  readonly roots: readonly string[]
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
  return [...wide.map(group => ({ roots: [commonDn(group)], read: () => readShared(get, group) })), ...elsewhere]
}

/**
 * All that is at these dns and below, whatever its class: what an undo has to see. One read per tenant, one per topmost dn elsewhere.
 */
export async function readWhole(get: Get, dns: readonly string[]): Promise<ApicTree> {
  const groups = [...Map.groupBy(new Set(dns), dn => splitDn(dn).slice(0, 2).join('/')).entries()]
  const parts = await Promise.all(
    groups.map(([root, group]) =>
      root.startsWith('uni/tn-') ? readShared(get, group) : readEach(get, topmost(group)),
    ),
  )
  return new Map(parts.flatMap(({ tree }) => [...tree]))
}

/** The objects at these dns and below, picked from all objects of their classes. */
async function readClasses(get: Get, roots: readonly string[]): Promise<Found> {
  const classes = new Set(roots.flatMap(dn => [...classesFrom(classAt(dn) ?? '')]))
  const query = { 'query-target': 'subtree', 'target-subtree-class': [...classes].join(','), ...CONFIG }
  try {
    const tree = toTree(await get('/api/mo/uni.json', query), 'uni')
    return { tree: new Map([...tree].filter(([dn]) => roots.some(root => isWithin(dn, root)))), roots }
  } catch (error) {
    // Too big, or a class that this release of the APIC does not have.
    if (!(error instanceof FailureError) || error.failure.code !== 'rejected') throw error
    return readEach(get, roots)
  }
}

/** The deepest object above all of these dns with all below it; only these dns when that is too big. */
async function readShared(get: Get, dns: readonly string[]): Promise<Found> {
  const root = commonDn(dns)
  const tops = topmost(dns)
  if (tops.length === 1) return readEach(get, tops)
  try {
    return { tree: await readSubtree(get, root), roots: [root] }
  } catch (error) {
    if (!isTooBig(error)) throw error
    return readEach(get, tops)
  }
}

async function readEach(get: Get, roots: readonly string[]): Promise<Found> {
  const parts = await Promise.all(roots.map(dn => readDeep(get, dn)))
  return { tree: new Map(parts.flatMap(part => [...part])), roots }
}

/** An object with all below it; child by child where that is too big for one answer. */
async function readDeep(get: Get, dn: string): Promise<ApicTree> {
  try {
    return await readSubtree(get, dn)
  } catch (error) {
    if (!isTooBig(error)) throw error
  }
  const parts = await childrenOf(get, dn)
  const children = [...parts.keys()].filter(child => child !== dn)
  const deeper = await Promise.all(children.map(child => readDeep(get, child)))
  return new Map([...parts, ...deeper.flatMap(part => [...part])])
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
    if (isReported(answer.class)) continue
    const { dn, ...attributes } = answer.attributes
    if (!dn) throw new FailureError(nameless(asked, answer.class))
    tree.set(dn, { dn, class: answer.class, attributes })
  }
  return tree
}

/** What an APIC reports of its own (faults, health, the far ends of relations) and nobody configures. */
function isReported(className: string): boolean {
  return !apicClasses.has(className) && /^(fault|health|event|stats)[A-Z]|^[a-z0-9]+Rt[A-Z]/.test(className)
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
