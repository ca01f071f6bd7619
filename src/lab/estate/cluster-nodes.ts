/** A node of a demo cluster as its owner made it; what weft configures is not in here. */
export interface DemoNode {
  readonly name: string
  readonly labels: Readonly<Record<string, string>>
  readonly addresses: { readonly v4: string; readonly v6: string }
  readonly podBlocks: readonly string[]
}

/** Six nodes, three a rack. `net` is the third part of their IPv4 subnet, `pods` the second of their pod range. */
export function demoNodes({ cluster, net, pods }: { cluster: string; net: number; pods: number }): DemoNode[] {
  return [1, 2, 3, 4, 5, 6].map(number => ({
    name: `${cluster}-${number}`,
    labels: { rack_id: number <= 3 ? '1' : '2' },
    addresses: { v4: `192.168.${net}.${10 + number}`, v6: `2001:db8:${net}:1::${10 + number}` },
    podBlocks: [`10.${pods}.${number}.0/26`, `2001:db8:${pods}:${number}::/122`],
  }))
}
