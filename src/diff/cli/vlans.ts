/** The VLANs of `1,10-12`, or null for anything else. */
export function vlansOf(list: string): number[] | null {
  if (!/^\d+(-\d+)?(,\d+(-\d+)?)*$/.test(list)) return null
  return list.split(',').flatMap(part => {
    const [first = 0, last = first] = part.split('-').map(Number)
    return Array.from({ length: Math.max(0, last - first + 1) }, (_, index) => first + index)
  })
}

/** A set of VLANs as NX-OS writes it: sorted, neighbours joined from three on, pairs too: 1,10-12,20-21. */
export function vlanText(vlans: Iterable<number>): string {
  const sorted = [...new Set(vlans)].sort((one, other) => one - other)
  const runs: [number, number][] = []
  for (const vlan of sorted) {
    const last = runs.at(-1)
    if (last && last[1] === vlan - 1) last[1] = vlan
    else runs.push([vlan, vlan])
  }
  return runs.map(([first, last]) => (first === last ? `${first}` : `${first}-${last}`)).join(',')
}

const ALLOWED = 'switchport trunk allowed vlan '

/**
 * `switchport trunk allowed vlan add 30` and `… remove 30` as the whole list that results, so that it can be compared, shown and undone.
 * @param live the line that stands there, or undefined: all VLANs.
 */
export function wholeTrunkLine(line: string, live: string | undefined): string {
  const asked = /^switchport trunk allowed vlan (add|remove) (\S+)$/.exec(line)
  const vlans = vlansOf(asked?.[2] ?? '')
  if (!asked || !vlans) return line
  const shown = live?.slice(ALLOWED.length) ?? '1-4094'
  const allowed = new Set(shown === 'none' ? [] : (vlansOf(shown) ?? vlansOf('1-4094')))
  for (const vlan of vlans) {
    if (asked[1] === 'add') allowed.add(vlan)
    else allowed.delete(vlan)
  }
  return `${ALLOWED}${allowed.size === 0 ? 'none' : vlanText(allowed)}`
}

/** The interfaces of `interface Ethernet1/1-4,Ethernet1/7`, each as a line of its own; null for a single one. */
export function interfaceLines(line: string): string[] | null {
  const list = /^interface (.*(?:,|\d-\d).*)$/.exec(line)?.[1]
  if (!list) return null
  let kind = ''
  const names = list.split(',').flatMap(part => {
    const found = /^\s*([A-Za-z-]*?) ?((?:\d+\/)*)(\d+)(?:-(?:(?:\d+\/)*)(\d+))?\s*$/.exec(part)
    if (!found) return []
    kind = found[1] || kind
    const [first, last] = [Number(found[3]), Number(found[4] ?? found[3])]
    return Array.from({ length: Math.max(0, last - first + 1) }, (_, index) => `${kind}${found[2]}${first + index}`)
  })
  return names.length > 0 ? names.map(name => `interface ${name}`) : null
}
