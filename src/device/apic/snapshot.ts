import { type ApicChange, stageApic } from '../../diff/apic/change.ts'
import { canonicalDn, isWithin } from '../../diff/apic/dn.ts'
import type { ApicObject, ApicTree } from '../../model/apic.ts'
import { gather } from '../gather.ts'
import { type Get, planReads, type Reading } from './reading.ts'

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
 * Reads asked for within a moment are widened to the deepest object above those that share a tenant, so that
 * twelve tasks of one tenant cost one GET.
 */
export function openSnapshot(get: Get): ApicSnapshot {
  const known: Known = { roots: new Map(), tree: new Map(), staged: [] }
  const gathered = gather<string, void>(dns =>
    readTogether(
      dns,
      asked => planReads(get, asked),
      reading => load(known, reading),
    ),
  )
  const ask = async (dn: string) => {
    const [end] = await gathered([dn])
    if (end?.status === 'rejected') throw end.reason
  }
  return {
    async subtree(written) {
      const dn = canonicalDn(written)
      const covering = () => [...known.roots].find(([root]) => isWithin(dn, root))
      // A read that turned out too big may leave out what it was hoped to hold, so that is asked for again.
      do await (covering()?.[1] ?? ask(dn))
      while (!covering())
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
      const read = await Promise.all(planReads(get, dns).map(reading => reading.read()))
      return new Map(read.flatMap(({ tree }) => [...tree]))
    },
  }
}

/** Reads into what is known, earlier tasks' changes applied. */
function load(known: Known, { roots, read }: Reading): Promise<void> {
  const reading = read().then(({ tree, roots: found }) => {
    for (const root of roots) if (!found.includes(root)) known.roots.delete(root)
    for (const root of found) known.roots.set(root, Promise.resolve())
    const isBelow = (dn: string) => found.some(root => isWithin(dn, root))
    for (const key of known.tree.keys()) if (isBelow(key)) known.tree.delete(key)
    for (const [key, object] of stageApic(tree, known.staged)) if (isBelow(key)) known.tree.set(key, object)
  })
  for (const root of roots) known.roots.set(root, reading)
  reading.catch(() => roots.forEach(root => void known.roots.delete(root)))
  return reading
}

/** As few reads as the dns of a moment need; each dn has the fate of its reading. */
async function readTogether(
  dns: readonly string[],
  plan: (dns: readonly string[]) => Reading[],
  start: (reading: Reading) => Promise<void>,
): Promise<readonly PromiseSettledResult<void>[]> {
  const readings = plan(dns)
  const ends = await Promise.allSettled(readings.map(start))
  return dns.map(dn => {
    const at = readings.findIndex(({ roots }) => roots.some(root => isWithin(dn, root)))
    return ends[at] as PromiseSettledResult<void>
  })
}
