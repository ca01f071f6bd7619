import type { CliNode, CliTree } from '../../../model/nxos.ts'
import { asNumber, type Family, familyOf, isAddress } from '../address.ts'
import type { Password, Peering, PrefixLimit, SessionFamily } from '../peering.ts'
import { passes } from '../prefix-filter.ts'
import { connectedSubnets, readInterfaces, type SwitchInterface, sourceAddress } from './interfaces.ts'
import { originated } from './originated.ts'
import { readPrefixList, readRouteMap } from './route-map.ts'
import { type AddressFamily, flatten, type NeighborSettings } from './settings.ts'

/** The BGP neighbours of a switch, from its running-config, with templates inherited. */
export function nxosPeerings(device: string, running: CliTree): Peering[] {
  const bgp = running.find(node => /^router bgp \S+$/.test(node.line))
  const localAs = asNumber(bgp?.line.split(' ')[2])
  if (!bgp || localAs === null) return []
  const interfaces = readInterfaces(running)
  const scopes = [{ vrf: 'default', node: bgp }, ...vrfs(bgp)]
  return scopes.flatMap(scope =>
    neighbors(scope.node).map(neighbor => toPeering({ device, running, bgp, localAs, interfaces, ...scope, neighbor })),
  )
}

interface Place {
  readonly device: string
  readonly running: CliTree
  readonly bgp: CliNode
  readonly localAs: number
  readonly interfaces: readonly SwitchInterface[]
  readonly vrf: string
  /** The `router bgp` or `vrf` node that the neighbour stands in. */
  readonly node: CliNode
  readonly neighbor: CliNode
}

function toPeering(place: Place): Peering {
  const { device, running, bgp, vrf, interfaces, node, neighbor } = place
  const [, remote = ''] = neighbor.line.split(' ')
  const settings = flatten(bgp, neighbor)
  const source = sourceAddress(interfaces, { vrf, remote, source: settings.updateSource })
  const timers = settings.timers ?? scopeTimers(node) ?? scopeTimers(bgp) ?? [60, 180]
  const families = activeFamilies(settings)
  const asOverride = settings.families.some(each => each.lines.includes('as-override'))
  return {
    device,
    software: 'nxos',
    vrf,
    local: 'local' in source ? source.local : null,
    ...('missing' in source ? { localMissing: source.missing } : { interface: source.interface }),
    remote,
    localAs: settings.localAs ?? place.localAs,
    remoteAs: settings.remoteAs,
    families,
    password: readPassword(settings.password),
    keepalive: timers[0],
    hold: timers[1],
    hops: settings.multihop,
    fromLoopback: 'local' in source && source.interface.toLowerCase().startsWith('loopback'),
    ...(settings.shutdown ? { shutdown: `${device} has neighbor ${remote} shut down` } : {}),
    // The routers of the overlay reach each other through the underlay's IGP, which is taken to work.
    connected: families.every(family => family === 'evpn') ? null : connectedSubnets(interfaces, vrf),
    accepts: filterOf(running, settings, 'in'),
    limits: { ipv4: prefixLimit(settings, 'ipv4'), ipv6: prefixLimit(settings, 'ipv6') },
    asOverride,
    maximumPaths: { ipv4: maximumPaths(node, 'ipv4'), ipv6: maximumPaths(node, 'ipv6') },
    announces: originated(running, { node, vrf, interfaces }).filter(filterOf(running, settings, 'out')),
  }
}

function vrfs(bgp: CliNode): { vrf: string; node: CliNode }[] {
  return bgp.children.flatMap(node => {
    const vrf = /^vrf (\S+)$/.exec(node.line)?.[1]
    return vrf ? [{ vrf, node }] : []
  })
}

function neighbors(node: CliNode): CliNode[] {
  return node.children.filter(child => {
    const [word, address] = child.line.split(' ')
    return word === 'neighbor' && isAddress(address)
  })
}

const familyNames = { ipv4: 'ipv4 unicast', ipv6: 'ipv6 unicast', evpn: 'l2vpn evpn' } as const

function activeFamilies(settings: NeighborSettings): SessionFamily[] {
  const active = settings.families.map(each => each.name)
  return (['ipv4', 'ipv6', 'evpn'] as const).filter(family => active.includes(familyNames[family]))
}

/** `password 3 <hex>` as the running-config shows it; 0 or no number is in the clear. */
function readPassword(words: string | null): Password | null {
  if (words === null) return null
  const [, type, text = ''] = /^(?:([037]) )?(.+)$/.exec(words) ?? []
  return type === '3' || type === '7' ? { shown: text } : { clear: text }
}

/** `timers bgp 10 30` of the whole process or of a VRF. */
function scopeTimers(node: CliNode): readonly [number, number] | null {
  const found = node.children.flatMap(child => {
    const [, keepalive, hold] = /^timers bgp (\d+) (\d+)$/.exec(child.line) ?? []
    return keepalive && hold ? [[Number(keepalive), Number(hold)] as const] : []
  })
  return found[0] ?? null
}

/** NX-OS keeps one path per prefix unless told otherwise. */
function maximumPaths(node: CliNode, family: Family): number {
  const block = node.children.find(child => child.line === `address-family ${family} unicast`)
  const line = block?.children.find(child => /^maximum-paths \d+$/.test(child.line))?.line
  return line ? Number(line.split(' ')[1]) : 1
}

/** `maximum-prefix 500`: more than that ends the session, unless it says `warning-only`. */
function prefixLimit(settings: NeighborSettings, family: Family): PrefixLimit {
  const lines = settings.families.find(each => each.name === familyNames[family])?.lines ?? []
  const [, count, words = ''] = lines.flatMap(line => /^maximum-prefix (\d+)(.*)$/.exec(line) ?? [])
  if (!count) return { count: Number.POSITIVE_INFINITY, action: 'log' }
  return { count: Number(count), action: words.includes('warning-only') ? 'log' : 'shut' }
}

function filterOf(running: CliTree, settings: NeighborSettings, direction: 'in' | 'out'): (prefix: string) => boolean {
  const tests = settings.families.map(each => ({ family: each.name, accept: familyFilter(running, each, direction) }))
  return prefix => {
    const test = tests.find(each => each.family === `${familyOf(prefix)} unicast`)
    return test ? test.accept(prefix) : false
  }
}

function familyFilter(running: CliTree, family: AddressFamily, direction: 'in' | 'out'): (prefix: string) => boolean {
  const pattern = new RegExp(`^(route-map|prefix-list) (\\S+) ${direction}$`)
  const [, kind, name] = family.lines.flatMap(line => pattern.exec(line) ?? [])
  if (name === undefined) return () => true
  if (kind === 'route-map') return readRouteMap(running, name)
  const list = readPrefixList(running, name)
  return prefix => list === null || passes(list, prefix)
}
