import type { Config, ConfigNode } from '../config/node.ts'
import type { BgpFamily } from '../control-plane.ts'
import { interfaceFacts } from './interface-facts.ts'

/** A neighbor of the configuration, its template taken in. */
export interface ConfiguredNeighbor {
  /** An address, or a prefix for dynamic neighbors. */
  readonly address: string
  readonly remoteAs: string
  readonly shutdown: boolean
  readonly families: readonly BgpFamily[]
}

export interface ConfiguredVrf {
  readonly name: string
  readonly localAs: string
  readonly routerId: string
  readonly families: readonly BgpFamily[]
  readonly neighbors: readonly ConfiguredNeighbor[]
}

/** BGP as the configuration has it, the default VRF first; empty without `router bgp`. */
export function bgpVrfs(config: Config): ConfiguredVrf[] {
  const router = config.find(node => node.line.startsWith('router bgp '))
  if (!router) return []
  const as = router.line.slice('router bgp '.length)
  const templates = new Map(
    router.children.filter(node => node.line.startsWith('template peer ')).map(node => [node.line.slice(14), node]),
  )
  const read = (name: string, lines: Config) => readVrf(config, { name, lines, as, templates })
  const inner = router.children.filter(node => node.line.startsWith('vrf '))
  return [read('default', router.children), ...inner.map(node => read(node.line.slice(4), node.children))]
}

interface Source {
  readonly name: string
  readonly lines: Config
  readonly as: string
  readonly templates: ReadonlyMap<string, ConfigNode>
}

function readVrf(config: Config, { name, lines, as, templates }: Source): ConfiguredVrf {
  const neighbors = lines.filter(node => node.line.startsWith('neighbor ')).map(node => readNeighbor(node, templates))
  const families = knownFamilies.filter(family => lines.some(node => node.line === `address-family ${family}`))
  return {
    name,
    localAs: value(lines, 'local-as ') ?? as,
    routerId: value(lines, 'router-id ') ?? highestAddress(config, name),
    families: knownFamilies.filter(
      family => families.includes(family) || neighbors.some(each => each.families.includes(family)),
    ),
    neighbors,
  }
}

const knownFamilies: readonly BgpFamily[] = ['ipv4 unicast', 'ipv6 unicast', 'l2vpn evpn']

function readNeighbor(node: ConfigNode, templates: ReadonlyMap<string, ConfigNode>): ConfiguredNeighbor {
  const template = templates.get(value(node.children, 'inherit peer ') ?? '')
  const lines = [...node.children, ...(template?.children ?? [])]
  return {
    address: node.line.split(' ')[1] ?? '',
    remoteAs: value(lines, 'remote-as ') ?? '0',
    shutdown: lines.some(({ line }) => line === 'shutdown'),
    families: knownFamilies.filter(family => lines.some(({ line }) => line === `address-family ${family}`)),
  }
}

function value(lines: Config, start: string): string | undefined {
  return lines.find(({ line }) => line.startsWith(start))?.line.slice(start.length)
}

/** Without a router-id NX-OS takes the address of a loopback in the VRF, else any address. */
function highestAddress(config: Config, vrf: string): string {
  const inside = interfaceFacts(config).filter(each => each.vrf === vrf && each.ipv4.length > 0)
  const chosen = inside.find(each => each.name.startsWith('loopback')) ?? inside[0]
  return chosen?.ipv4[0]?.split('/')[0] ?? '0.0.0.0'
}
