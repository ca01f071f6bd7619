import { commonDn, isWithin, splitDn } from '../../diff/apic-dn.ts'
import type { ApicAnswer, ApicObject, ApicTree } from '../../model/apic.ts'
import { FailureError } from '../../model/failure.ts'

export type Get = (path: string, query: Readonly<Record<string, string>>) => Promise<readonly ApicAnswer[]>

/** Groups whose common root is below uni: a tenant, uni/infra, uni/fabric, a domain. */
export function groupByTenant<T extends { readonly dn: string }>(asked: readonly T[]): T[][] {
  const groups = Map.groupBy(asked, ({ dn }) => splitDn(dn).slice(0, 2).join('/'))
  return [...groups.values()]
}

/**
 * The configuration at these dns and below, by one GET of the deepest object above them all; what the APIC finds too big is read in
 * narrower parts, down to the children one by one.
 */
export async function readWide(get: Get, narrow: readonly string[]): Promise<ApicTree> {
  const root = commonDn(narrow)
  const topmost = narrow.filter(dn => !narrow.some(other => other !== dn && isWithin(dn, other)))
  try {
    return await readSubtree(get, root)
  } catch (error) {
    if (!isTooBig(error)) throw error
  }
  const parts = topmost.every(dn => dn === root) ? await childrenOf(get, root) : new Map<string, ApicObject>()
  const deeper = parts.size > 0 ? [...parts.keys()].filter(dn => dn !== root) : [...new Set(topmost)]
  const read = await Promise.all(deeper.map(dn => readWide(get, [dn])))
  return new Map([...parts, ...read.flatMap(part => [...part])])
}

async function readSubtree(get: Get, dn: string): Promise<ApicTree> {
  const query = { 'query-target': 'subtree', 'rsp-prop-include': 'config-only' }
  return toTree(await get(`/api/mo/${dn}.json`, query), dn)
}

/** The object and its children, to be read one by one. */
async function childrenOf(get: Get, dn: string): Promise<Map<string, ApicObject>> {
  const config = { 'rsp-prop-include': 'config-only' }
  const self = await get(`/api/mo/${dn}.json`, config)
  const children = await get(`/api/mo/${dn}.json`, { 'query-target': 'children', ...config })
  const parts = toTree([...self, ...children], dn)
  if (parts.size < 2) throw new FailureError(tooBig(dn))
  return parts
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
