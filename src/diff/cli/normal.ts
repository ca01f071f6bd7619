import type { CliNode, CliTree } from '../../model/nxos.ts'
import { canonicalLine, ONE_LINE_PEER } from './canonical.ts'
import { vlansOf, wholeTrunkLine } from './vlans.ts'

/**
 * A running-config in the form that wanted lines are compared with: every line canonical, a one-line `neighbor X remote-as Y`
 * nested, `vlan 1,10-12` as one node per VLAN, contexts that appear twice merged.
 */
export function normalCli(tree: CliTree): CliTree {
  return normalChildren(tree, '')
}

function normalChildren(children: CliTree, top: string): CliTree {
  return mergedNodes(
    children.flatMap(node => normalNode(node, top)),
    top,
  )
}

/** Normal nodes as the children of one context: a line that was there twice is there once, with all that was below it. */
export function mergedNodes(nodes: readonly CliNode[], top: string): CliTree {
  const found = new Map<string, CliNode>()
  for (const node of nodes) {
    const before = found.get(node.line)
    found.set(node.line, before ? { ...before, children: [...before.children, ...node.children] } : node)
  }
  return top.startsWith('interface ') ? withWholeTrunk([...found.values()]) : [...found.values()]
}

/** NX-OS breaks a long list of VLANs in two lines, the second with `add`. */
function withWholeTrunk(children: CliTree): CliTree {
  const isTrunk = (node: CliNode) => node.line.startsWith('switchport trunk allowed vlan ')
  const parts = children.filter(isTrunk)
  if (parts.length < 2) return children
  const line = parts.reduce<string | undefined>((whole, { line: part }) => wholeTrunkLine(part, whole), undefined) ?? ''
  return children.flatMap(node => (node === parts[0] ? [{ line, children: [] }] : isTrunk(node) ? [] : [node]))
}

/** @param top the canonical line at the margin that the node is below; '' for one at the margin itself */
export function normalNode(node: CliNode, top: string): CliNode[] {
  if (node.line.startsWith('banner ')) return [node]
  return normalLine(node.line, top, inside => normalChildren(node.children, inside))
}

/** The nodes that a line means, with what `below` makes of what is below it. */
export function normalLine(raw: string, top: string, below: (top: string) => CliTree): CliNode[] {
  const line = canonicalLine(raw)
  const children = below(top === '' ? line : top)
  const vlans = top === '' ? vlanList(line) : null
  if (vlans) return vlans.map(vlan => ({ line: `vlan ${vlan}`, children }))
  const peer = top.startsWith('router bgp ') ? ONE_LINE_PEER.exec(line) : null
  if (!peer?.[1] || !peer[2]) return [{ line, children }]
  return [{ line: peer[1], children: [{ line: peer[2], children: [] }, ...children] }]
}

/** The VLANs of `vlan 1,10-12`, or null for any other line. */
export function vlanList(line: string): number[] | null {
  return line.startsWith('vlan ') ? vlansOf(line.slice('vlan '.length)) : null
}
