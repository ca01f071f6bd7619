import type { CliNode, CliTree } from '../../../model/nxos.ts'
import { networkOf } from '../address.ts'
import { connectedSubnets, type SwitchInterface } from './interfaces.ts'
import { readRouteMap } from './route-map.ts'

/** What a switch puts into BGP by itself in a VRF: `network …` and `redistribute direct route-map …`. */
export function originated(
  running: CliTree,
  place: { node: CliNode; vrf: string; interfaces: readonly SwitchInterface[] },
): string[] {
  const blocks = place.node.children.filter(child => /^address-family ipv[46] unicast$/.test(child.line))
  const found = blocks.flatMap(block => block.children.flatMap(child => prefixesOf(running, child.line, place)))
  return [...new Set(found)]
}

function prefixesOf(
  running: CliTree,
  line: string,
  place: { vrf: string; interfaces: readonly SwitchInterface[] },
): string[] {
  const network = /^network (\S+\/\d+)/.exec(line)?.[1]
  if (network) return [networkOf(network)]
  const routeMap = /^redistribute direct route-map (\S+)$/.exec(line)?.[1]
  return routeMap ? connectedSubnets(place.interfaces, place.vrf).filter(readRouteMap(running, routeMap)) : []
}
