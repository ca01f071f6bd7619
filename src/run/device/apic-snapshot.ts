import { type ApicChange, stageApic } from '../../diff/apic-change.ts'
import { commonDn, isWithin, splitDn } from '../../diff/apic-dn.ts'
import type { ApicAnswer, ApicObject, ApicTree } from '../../model/apic.ts'
import { FailureError } from '../../model/failure.ts'

type Get = (path: string, query: Readonly<Record<string, string>>) => Promise<readonly ApicAnswer[]>

/** What is known of an APIC's configuration in this run: read by subtree, with the changes of earlier tasks applied. */
export interface ApicSnapshot {
  subtree(dn: string): Promise<ApicTree>
  /** Applies changes to what was read and to what will be read. */
  stage(changes: readonly ApicChange[]): void
  /** What is read from now on holds these changes by itself. */
  settle(): void
  /** Forgets what was read. */
  forget(): void
  /** The class of an object that was read. */
  classOf(dn: string): string | null
  /** Reads again what was read before, as it is now on the APIC. */
  reread(dns: readonly string[]): Promise<ApicTree>
}

/** Milliseconds in which reads that are asked for together are gathered into one. */
const GATHER = 3

/**
 * Reads asked for within a moment are widened to the deepest object above those that share a tenant (or another child of uni),
 * so that twelve tasks of one tenant cost one GET. What the APIC finds too big is read in narrower parts.
 */
export function openSnapshot(get: Get): ApicSnapshot {
  let roots = new Map<string, Promise<void>>()
  let tree = new Map<string, ApicObject>()
  let staged: ApicChange[] = []
  let waiting: Waiting[] = []
  const load = (dns: readonly string[]) => {
    const root = commonDn(dns)
    const reading = readWide(get, root, dns).then(read => {
      for (const key of tree.keys()) if (isWithin(key, root)) tree.delete(key)
      for (const [key, object] of stageApic(read, staged)) if (isWithin(key, root)) tree.set(key, object)
    })
    roots.set(root, reading)
    reading.catch(() => roots.delete(root))
    return reading
  }
  const flush = () => {
    const asked = waiting
    waiting = []
    for (const group of groupByTenant(asked)) {
      load(group.map(({ dn }) => dn)).then(
        () => group.forEach(({ done }) => void done()),
        error => group.forEach(({ fail }) => void fail(error)),
      )
    }
  }
  return {
    async subtree(dn) {
      const covered = [...roots].find(([root]) => isWithin(dn, root))?.[1]
      if (covered) await covered
      else {
        await new Promise<void>((done, fail) => {
          if (waiting.length === 0) setTimeout(flush, GATHER)
          waiting.push({ dn, done, fail })
        })
      }
      return within(tree, dn)
    },
    stage(changes) {
      staged.push(...changes)
      tree = stageApic(tree, changes)
    },
    settle() {
      staged = []
    },
    forget() {
      roots = new Map()
      tree = new Map()
    },
    classOf: dn => tree.get(dn)?.class ?? null,
    async reread(dns) {
      const groups = groupByTenant(dns.map(dn => ({ dn })))
      const read = await Promise.all(
        groups.map(group => {
          const narrow = group.map(({ dn }) => dn)
          return readWide(get, commonDn(narrow), narrow)
        }),
      )
      return new Map(read.flatMap(part => [...part]))
    },
  }
}

interface Waiting {
  readonly dn: string
  readonly done: () => void
  readonly fail: (error: unknown) => void
}

/** Groups whose common root is below uni: a tenant, uni/infra, uni/fabric, a domain. */
function groupByTenant<T extends { readonly dn: string }>(asked: readonly T[]): T[][] {
  const groups = Map.groupBy(asked, ({ dn }) => splitDn(dn).slice(0, 2).join('/'))
  return [...groups.values()]
}

async function readWide(get: Get, root: string, narrow: readonly string[]): Promise<ApicTree> {
  const topmost = narrow.filter(dn => !narrow.some(other => other !== dn && isWithin(dn, other)))
  try {
    return await readSubtree(get, root)
  } catch (error) {
    if (!isTooBig(error)) throw error
  }
  const parts = topmost.every(dn => dn === root) ? await childrenOf(get, root) : new Map<string, ApicObject>()
  const deeper = parts.size > 0 ? [...parts.keys()].filter(dn => dn !== root) : [...new Set(topmost)]
  const read = await Promise.all(deeper.map(dn => readWide(get, dn, [dn])))
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

function within(tree: ApicTree, root: string): ApicTree {
  return new Map([...tree].filter(([dn]) => isWithin(dn, root)))
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
