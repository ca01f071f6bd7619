import type { ApicCommand } from '../../model/apic.ts'
import { classAt } from './classes.ts'
import { commonDn, isWithin, lastRn, parentDn } from './dn.ts'

/** One POST: the tree below `dn`, which the APIC takes whole or not at all. */
export interface ApicPost {
  readonly dn: string
  readonly body: ApicBody
}
export type ApicBody = Readonly<Record<string, { attributes: Record<string, string>; children?: ApicBody[] }>>

/**
 * Commands as batches that may each go out as one tree: a batch ends where a delete and a write of the same place would meet
 * (within a tree their order is the APIC's own), and at `most` commands. The order of the commands is kept.
 */
export function batchCommands<C extends ApicCommand>(commands: readonly C[], most = 400): C[][] {
  const batches: C[][] = []
  let open: C[] = []
  for (const command of commands) {
    if (open.length > 0 && (open.length >= most || open.some(other => collide(other, command)))) {
      batches.push(open)
      open = []
    }
    open.push(command)
  }
  return open.length > 0 ? [...batches, open] : batches
}

/**
 * A batch as few trees: one, when the classes of all objects on the way are known (from the table, or from `classOf`).
 * Objects on the way that are not written carry `status: modified`, so that the APIC refuses rather than makes them.
 */
export function foldCommands(commands: readonly ApicCommand[], classOf: (dn: string) => string | null): ApicPost[] {
  const merged = mergeByDn(commands)
  const nameOf = (dn: string) => merged.get(dn)?.class ?? classOf(dn) ?? classAt(dn)
  const common = commonDn([...merged.keys()])
  const root = common === '' || nameOf(common) === null ? null : common
  const roots = root === null ? topmost([...merged.keys()]) : [root]
  return roots.flatMap(dn => {
    const within = [...merged.values()].filter(command => isWithin(command.dn, dn))
    return postsBelow(dn, within, nameOf)
  })
}

/** One POST for the root and whatever can be nested below it; objects below an unknown class get a POST of their own. */
function postsBelow(root: string, commands: readonly ApicCommand[], nameOf: (dn: string) => string | null): ApicPost[] {
  const nodes = new Map<string, Node>()
  const loose: ApicCommand[] = []
  for (const command of commands) if (!place(command, { root, nodes, nameOf })) loose.push(command)
  const top = nodes.get(root)
  const own = top ? [{ dn: root, body: bodyOf(top, true) }] : []
  return [...own, ...loose.map(command => ({ dn: command.dn, body: bodyOf(nodeOf(command), true) }))]
}

interface Node {
  readonly dn: string
  readonly class: string
  attributes: Record<string, string>
  readonly children: Node[]
}

interface Site {
  readonly root: string
  readonly nodes: Map<string, Node>
  readonly nameOf: (dn: string) => string | null
}

/** Hangs a command below the root, with the objects on the way; false where one of them is of an unknown class. */
function place(command: ApicCommand, site: Site): boolean {
  const way: string[] = []
  for (let dn = command.dn; dn !== site.root && dn !== ''; dn = parentDn(dn)) way.unshift(dn)
  const steps = [site.root, ...way]
  if (steps.some(dn => site.nameOf(dn) === null)) return false
  for (const dn of steps) {
    if (!site.nodes.has(dn)) {
      const node = { dn, class: site.nameOf(dn) ?? '', attributes: onTheWay(dn), children: [] }
      site.nodes.set(dn, node)
      if (dn !== site.root) site.nodes.get(parentDn(dn))?.children.push(node)
    }
  }
  const node = site.nodes.get(command.dn)
  if (node) node.attributes = nodeOf(command).attributes
  return true
}

function onTheWay(dn: string): Record<string, string> {
  return dn === 'uni' ? {} : { status: 'modified' }
}

function nodeOf(command: ApicCommand): Node {
  const attributes = command.delete ? { status: 'deleted' } : { ...command.attributes }
  return { dn: command.dn, class: command.class, attributes, children: [] }
}

function bodyOf(node: Node, isTop: boolean): ApicBody {
  const identity = isTop ? { dn: node.dn } : { rn: lastRn(node.dn) }
  const attributes = { ...identity, ...node.attributes }
  if (node.children.length === 0) return { [node.class]: { attributes } }
  return { [node.class]: { attributes, children: node.children.map(child => bodyOf(child, false)) } }
}

/** One command per dn; what lies below a deleted object goes with it. */
function mergeByDn(commands: readonly ApicCommand[]): Map<string, ApicCommand> {
  const merged = new Map<string, ApicCommand>()
  for (const command of commands) {
    const earlier = merged.get(command.dn)
    merged.set(
      command.dn,
      earlier ? { ...command, attributes: { ...earlier.attributes, ...command.attributes } } : command,
    )
  }
  const gone = [...merged.values()].filter(command => command.delete).map(command => command.dn)
  for (const dn of merged.keys()) if (gone.some(above => above !== dn && isWithin(dn, above))) merged.delete(dn)
  return merged
}

/** The dns that lie within no other. */
function topmost(dns: readonly string[]): string[] {
  return dns.filter(dn => !dns.some(other => other !== dn && isWithin(dn, other)))
}

function collide(a: ApicCommand, b: ApicCommand): boolean {
  if ((a.delete ?? false) === (b.delete ?? false)) return false
  return isWithin(a.dn, b.dn) || isWithin(b.dn, a.dn)
}
