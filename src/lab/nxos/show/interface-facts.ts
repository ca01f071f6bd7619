import type { Config, ConfigNode } from '../config/node.ts'
import { interfaceKind } from '../grammar/interface-name.ts'

/** What the configuration says about an interface. */
export interface InterfaceFacts {
  /** 'Ethernet1/1' */
  readonly name: string
  readonly kind: string
  readonly description: string | null
  readonly vrf: string
  /** Addresses with their lengths, the primary one first. */
  readonly ipv4: readonly string[]
  readonly ipv6: readonly string[]
  readonly routed: boolean
  readonly shutdown: boolean
  readonly mode: 'access' | 'trunk' | 'routed'
  readonly vlan: string
  readonly mtu: number
  /** The number of the port-channel that it is a member of. */
  readonly channel: number | null
  readonly forward: boolean
}

/** Every interface of the configuration, in its order. */
export function interfaceFacts(config: Config): InterfaceFacts[] {
  return config.filter(node => node.line.startsWith('interface ')).map(read)
}

function read(node: ConfigNode): InterfaceFacts {
  const name = node.line.slice('interface '.length)
  const kind = interfaceKind(name) ?? 'other'
  const find = (start: string) => node.children.find(child => child.line.startsWith(start))?.line.slice(start.length)
  const addresses = (start: string) =>
    node.children
      .map(child => child.line)
      .filter(line => line.startsWith(start) && line.includes('/'))
      .map(line => line.slice(start.length).split(' ')[0] ?? '')
  const has = (line: string) => node.children.some(child => child.line === line)
  const port = kind === 'ethernet' || kind === 'port-channel'
  const routed = !port || has('no switchport') || name.includes('.')
  const trunk = find('switchport mode ') === 'trunk'
  const channel = /^\d+/.exec(find('channel-group ') ?? '')?.[0]
  return {
    name,
    kind,
    description: find('description ') ?? null,
    vrf: find('vrf member ') ?? 'default',
    ipv4: addresses('ip address '),
    ipv6: addresses('ipv6 address '),
    routed,
    shutdown: isShut(kind, routed, has),
    mode: routed ? 'routed' : trunk ? 'trunk' : 'access',
    vlan: routed
      ? '--'
      : trunk
        ? (find('switchport trunk native vlan ') ?? '1')
        : (find('switchport access vlan ') ?? '1'),
    mtu: Number(find('mtu ') ?? 1500),
    channel: channel === undefined ? null : Number(channel),
    forward: has('ip forward'),
  }
}

/** SVIs, the NVE and routed ports are down unless told otherwise, all others up. */
function isShut(kind: string, routed: boolean, has: (line: string) => boolean): boolean {
  const down = kind === 'vlan' || kind === 'nve' || (kind === 'ethernet' && routed)
  return down ? !has('no shutdown') : has('shutdown')
}
