import type { CliNode, CliTree } from '../model/nxos.ts'
import { canonicalLine, ONE_LINE_PEER } from './cli-canonical.ts'

/**
 * A running-config in the form that wanted lines are compared with: every line canonical, a one-line `neighbor X remote-as Y`
 * nested, `vlan 1,10-12` as one node per VLAN, contexts that appear twice merged.
 */
export function normalCli(tree: CliTree): CliTree {
  return normalChildren(tree, '')
}

function normalChildren(children: CliTree, top: string): CliTree {
  const found = new Map<string, CliNode>()
  for (const node of children) {
    for (const normal of normalNode(node, top)) {
      const before = found.get(normal.line)
      found.set(normal.line, before ? { ...before, children: [...before.children, ...normal.children] } : normal)
    }
  }
  return [...found.values()]
}

function normalNode(node: CliNode, top: string): CliNode[] {
  if (node.line.startsWith('banner ')) return [node]
  const line = canonicalLine(node.line)
  const vlans = top === '' ? vlanList(line) : null
  if (vlans) return vlans.map(vlan => ({ line: `vlan ${vlan}`, children: normalChildren(node.children, line) }))
  const peer = top.startsWith('router bgp ') ? ONE_LINE_PEER.exec(line) : null
  const children = normalChildren(node.children, top === '' ? line : top)
  if (!peer?.[1] || !peer[2]) return [{ line, children }]
  return [{ line: peer[1], children: [{ line: peer[2], children: [] }, ...children] }]
}

/** The VLANs of `vlan 1,10-12`, or null for any other line. */
export function vlanList(line: string): number[] | null {
  const list = /^vlan (\d[\d,-]*)$/.exec(line)?.[1]
  if (!list) return null
  return list.split(',').flatMap(part => {
    const [first = 0, last = first] = part.split('-').map(Number)
    return Array.from({ length: Math.max(0, last - first + 1) }, (_, index) => first + index)
  })
}
