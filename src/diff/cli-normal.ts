import type { CliNode, CliTree } from '../model/nxos.ts'
import { canonicalLine, ONE_LINE_PEER } from './cli-canonical.ts'
import { vlansOf, wholeTrunkLine } from './cli-vlans.ts'

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
  return line.startsWith('vlan ') ? vlansOf(line.slice('vlan '.length)) : null
}
