import type { Effect } from './effect.ts'
import { feature, hostname, prefixList, routeMap, routerBgp, sequence, vlan } from './global-effects.ts'
import { ethernet, ethernetShutdown, ipAddress, switchport, trunkVlans, vrfMember } from './interface-effects.ts'
import { direction, routeTarget, sendCommunity } from './policy-effects.ts'

const stored: Effect = () => ({})

/** The effects that the grammar tables name. */
export const effects: Readonly<Record<string, Effect>> = {
  direction,
  ethernet,
  'ethernet-shutdown': ethernetShutdown,
  feature,
  hostname,
  'ip-address': ipAddress,
  password: stored,
  'prefix-list': prefixList,
  'route-map': routeMap,
  'route-target': routeTarget,
  'router-bgp': routerBgp,
  'send-community': sendCommunity,
  sequence,
  switchport,
  'trunk-vlans': trunkVlans,
  username: stored,
  vlan,
  'vrf-member': vrfMember,
}
