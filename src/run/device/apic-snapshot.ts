import { type ApicChange, stageApic } from '../../diff/apic-change.ts'
import { commonDn, isWithin } from '../../diff/apic-dn.ts'
import type { ApicObject, ApicTree } from '../../model/apic.ts'
import { type Get, groupByTenant, readWide } from './apic-reading.ts'

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

interface Known {
  /** Roots that were read, or are being read. */
  readonly roots: Map<string, Promise<void>>
  tree: Map<string, ApicObject>
  staged: ApicChange[]
}

/**
 * Reads asked for within a moment are widened to the deepest object above those that share a tenant (or another child of uni),
 * so that twelve tasks of one tenant cost one GET.
 */
export function openSnapshot(get: Get): ApicSnapshot {
  const known: Known = { roots: new Map(), tree: new Map(), staged: [] }
  const ask = gather(dns => load(get, known, dns))
  return {
    async subtree(dn) {
      const covered = [...known.roots].find(([root]) => isWithin(dn, root))?.[1]
      await (covered ?? ask(dn))
      return new Map([...known.tree].filter(([key]) => isWithin(key, dn)))
    },
    stage(changes) {
      known.staged.push(...changes)
      known.tree = stageApic(known.tree, changes)
    },
    settle() {
      known.staged = []
    },
    forget() {
      known.roots.clear()
      known.tree = new Map()
    },
    classOf: dn => known.tree.get(dn)?.class ?? null,
    async reread(dns) {
      const groups = groupByTenant(dns.map(dn => ({ dn })))
      const read = await Promise.all(
        groups.map(group =>
          readWide(
            get,
            group.map(({ dn }) => dn),
          ),
        ),
      )
      return new Map(read.flatMap(part => [...part]))
    },
  }
}

/** Reads what is above all of these dns into what is known, earlier tasks' changes applied. */
function load(get: Get, known: Known, dns: readonly string[]): Promise<void> {
  const root = commonDn(dns)
  const reading = readWide(get, dns).then(read => {
    for (const key of known.tree.keys()) if (isWithin(key, root)) known.tree.delete(key)
    for (const [key, object] of stageApic(read, known.staged)) if (isWithin(key, root)) known.tree.set(key, object)
  })
  known.roots.set(root, reading)
  reading.catch(() => known.roots.delete(root))
  return reading
}

/** Milliseconds in which reads that are asked for together are gathered into one. */
const GATHER = 3

interface Waiting {
  readonly dn: string
  readonly done: () => void
  readonly fail: (error: unknown) => void
}

/** Collects the dns of a moment and hands them on tenant by tenant. */
function gather(read: (dns: readonly string[]) => Promise<void>): (dn: string) => Promise<void> {
  let waiting: Waiting[] = []
  const flush = () => {
    const asked = waiting
    waiting = []
    for (const group of groupByTenant(asked)) {
      read(group.map(({ dn }) => dn)).then(
        () => group.forEach(({ done }) => void done()),
        error => group.forEach(({ fail }) => void fail(error)),
      )
    }
  }
  return dn =>
    new Promise((done, fail) => {
      if (waiting.length === 0) setTimeout(flush, GATHER)
      waiting.push({ dn, done, fail })
    })
}
