import type { Config, ConfigNode } from './node.ts'

/** The body of `show running-config`: two blanks per level, an empty line around the blocks that NX-OS sets apart. */
export function printConfig(config: Config): string {
  const lines: string[] = []
  let previous = ''
  for (const node of config) {
    const section = sectionOf(node.line)
    if (section !== previous || section === 'interface') lines.push('')
    lines.push(...printNode(node, ''))
    previous = section
  }
  return lines.join('\n')
}

function printNode(node: ConfigNode, indent: string): string[] {
  const inside = node.line.startsWith('banner ')
    ? node.children.map(child => child.line)
    : node.children.flatMap(child => printNode(child, `${indent}  `))
  return [`${indent}${node.line}${trailingBlank(node.line)}`, ...inside]
}

/** NX-OS 9.3 ends these lines in a blank. */
function trailingBlank(line: string): string {
  return /^match |^version |^ip(v6)? prefix-list .* (le|ge|eq) \d+$/.test(line) ? ' ' : ''
}

/** Lines of one section stand together without an empty line between them. */
function sectionOf(line: string): string {
  const [first = '', second] = line.split(' ')
  if (first === 'interface') return 'interface'
  if (first === 'feature' || first === 'cfs' || first === 'nv') return 'feature'
  if (first === 'hostname' || first === 'version' || first === 'vdc') return 'version'
  if (first === 'vlan' || first === 'fabric') return 'vlan'
  if (['ip', 'ipv6'].includes(first) && second === 'prefix-list') return 'policy'
  if (['route-map', 'vrf', 'vpc', 'hardware', 'spanning-tree'].includes(first)) return 'policy'
  return ['line', 'boot', 'router', 'evpn'].includes(first) ? 'routing' : 'system'
}
