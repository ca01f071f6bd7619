import type { CliNode } from '../../../model/nxos.ts'
import { asNumber } from '../address.ts'

export interface AddressFamily {
  /** 'ipv4 unicast' */
  readonly name: string
  readonly lines: readonly string[]
}

/** What a neighbour is set to, its templates included. */
export interface NeighborSettings {
  readonly remoteAs: number | null
  readonly localAs: number | null
  readonly updateSource: string | null
  readonly multihop: number
  readonly timers: readonly [number, number] | null
  readonly password: string | null
  readonly shutdown: boolean
  readonly families: readonly AddressFamily[]
}

/** The settings of a neighbour: its own lines first, then those of `inherit peer` and `inherit peer-session`. */
export function flatten(bgp: CliNode, neighbor: CliNode): NeighborSettings {
  const layers = [neighbor, ...inherited(bgp, neighbor)]
  // Old releases write `neighbor 10.1.1.1 remote-as 65001` on one line.
  const lines = [neighbor.line.split(' ').slice(2).join(' '), ...layers.flatMap(linesOf)]
  const first = (pattern: RegExp) => lines.flatMap(line => pattern.exec(line) ?? [])
  const [, multihop] = first(/^ebgp-multihop (\d+)$/)
  const [, keepalive, hold] = first(/^timers (\d+) (\d+)$/)
  return {
    remoteAs: asNumber(first(/^remote-as (\S+)$/)[1]),
    localAs: asNumber(first(/^local-as (\S+)/)[1]),
    updateSource: first(/^update-source (\S+)$/)[1] ?? null,
    multihop: Number(multihop ?? 1),
    timers: keepalive && hold ? [Number(keepalive), Number(hold)] : null,
    password: first(/^password (.+)$/)[1] ?? null,
    shutdown: isShut(lines),
    families: mergeFamilies(layers),
  }
}

/** `no shutdown` of the neighbour itself outweighs the template's `shutdown`. */
function isShut(lines: readonly string[]): boolean {
  return lines.find(line => line === 'shutdown' || line === 'no shutdown') === 'shutdown'
}

function inherited(bgp: CliNode, node: CliNode, seen: readonly string[] = []): CliNode[] {
  return node.children.flatMap(child => {
    const [, kind, name] = /^inherit (peer|peer-session) (\S+)$/.exec(child.line) ?? []
    if (!kind || !name || seen.includes(name)) return []
    const template = bgp.children.find(each => each.line === `template ${kind} ${name}`)
    return template ? [template, ...inherited(bgp, template, [...seen, name])] : []
  })
}

function linesOf(node: CliNode): string[] {
  return node.children.map(child => child.line)
}

/** A family is active if any layer has it; its lines are those of all layers, the nearest first. */
function mergeFamilies(layers: readonly CliNode[]): AddressFamily[] {
  const merged = new Map<string, string[]>()
  for (const layer of layers) {
    for (const child of layer.children) {
      const name = /^address-family (.+)$/.exec(child.line)?.[1]
      if (name) merged.set(name, [...(merged.get(name) ?? []), ...linesOf(child)])
    }
  }
  return [...merged].map(([name, lines]) => ({ name, lines }))
}
