import { bgpAfRules, bgpVrfRules, neighborAfRules, neighborRules, routerBgpRules } from './bgp-rules.ts'
import {
  accessListRules,
  evpnRules,
  evpnVniRules,
  hsrpRules,
  lineRules,
  ospfRules,
  routeMapRules,
  vlanRules,
  vpcRules,
  vrfContextAfRules,
  vrfContextRules,
} from './context-rules.ts'
import {
  ethernetRules,
  interfaceEntries,
  loopbackRules,
  mgmtRules,
  nveRules,
  nveVniRules,
  portChannelRules,
  vlanInterfaceRules,
} from './interface-rules.ts'
import { type Mode, mode } from './rule.ts'
import { routingRules, systemRules } from './system-rules.ts'

/** Every configuration mode with its prompt and the lines that it knows. */
const modes: readonly Mode[] = [
  mode('config', 'config', [...systemRules, ...interfaceEntries, ...routingRules]),
  mode('vlan', 'config-vlan', vlanRules),
  mode('vrf-context', 'config-vrf', vrfContextRules),
  mode('vrf-context-af', 'config-vrf-af-ipv4', vrfContextAfRules),
  mode('route-map', 'config-route-map', routeMapRules),
  mode('access-list', 'config-acl', accessListRules),
  mode('vpc', 'config-vpc-domain', vpcRules),
  mode('interface-vlan', 'config-if', vlanInterfaceRules),
  mode('hsrp', 'config-if-hsrp', hsrpRules),
  mode('interface-port-channel', 'config-if', portChannelRules),
  mode('interface-ethernet', 'config-if', ethernetRules),
  mode('interface-mgmt', 'config-if', mgmtRules),
  mode('interface-loopback', 'config-if', loopbackRules),
  mode('interface-nve', 'config-if-nve', nveRules),
  mode('nve-vni', 'config-if-nve-vni', nveVniRules),
  mode('line-console', 'config-console', lineRules),
  mode('line-vty', 'config-line', lineRules),
  mode('router-ospf', 'config-router', ospfRules),
  mode('router-bgp', 'config-router', routerBgpRules),
  mode('bgp-af', 'config-router-af', bgpAfRules),
  mode('bgp-vrf', 'config-router-vrf', bgpVrfRules),
  mode('bgp-vrf-af', 'config-router-vrf-af', bgpAfRules),
  mode('bgp-neighbor', 'config-router-neighbor', neighborRules('bgp-neighbor-af')),
  mode('bgp-neighbor-af', 'config-router-neighbor-af', neighborAfRules),
  mode('bgp-vrf-neighbor', 'config-router-vrf-neighbor', neighborRules('bgp-vrf-neighbor-af')),
  mode('bgp-vrf-neighbor-af', 'config-router-vrf-neighbor-af', neighborAfRules),
  mode('evpn', 'config-evpn', evpnRules),
  mode('evpn-vni', 'config-evpn-evi', evpnVniRules),
]

const byName = new Map(modes.map(found => [found.name, found]))

/** A mode by its name; throws on a name that no table has. */
export function modeNamed(name: string): Mode {
  const found = byName.get(name)
  if (!found) throw new Error(`no mode ${name}`)
  return found
}
