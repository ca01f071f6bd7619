/** The key of the line that lists all VLANs; no typed line can have it. */
export const vlanListKey = 'vlan list'

/** '1,10-12' → [1, 10, 11, 12] */
export function splitVlans(list: string): number[] {
  return list
    .split(',')
    .filter(part => /^\d/.test(part))
    .flatMap(part => {
      const [from = 0, to = from] = part.split('-').map(Number)
      return Array.from({ length: to - from + 1 }, (_, index) => from + index)
    })
}

/** [12, 1, 10, 11] → '1,10-12' */
export function joinVlans(vlans: readonly number[]): string {
  const sorted = [...new Set(vlans)].sort((a, b) => a - b)
  const runs: [number, number][] = []
  for (const vlan of sorted) {
    const last = runs.at(-1)
    if (last && last[1] === vlan - 1) last[1] = vlan
    else runs.push([vlan, vlan])
  }
  return runs.map(([from, to]) => (from === to ? `${from}` : `${from}-${to}`)).join(',')
}
