import type { ConfigRule } from './rule.ts'

export const vlanRules: readonly ConfigRule[] = [
  { line: 'name = <name>' },
  { line: 'vn-segment = <1-16777214>', feature: 'vn-segment-vlan-based' },
  { line: 'state = {active|suspend}' },
  { line: 'shutdown' },
]

export const vrfContextRules: readonly ConfigRule[] = [
  { line: 'description = <text>' },
  { line: 'vni = <1-16777214> [l3]' },
  { line: 'ip route <network> {<ip>|<if:any> [<ip>]|Null0} [<text>]' },
  { line: 'ipv6 route <network> {<ip>|<if:any> [<ip>]|Null0} [<text>]' },
  { line: 'ip domain-name = <name>' },
  { line: 'ip name-server <text>' },
  { line: 'rd = <rt>' },
  { line: 'address-family {ipv4|ipv6} unicast', enter: 'vrf-context-af' },
  { line: 'shutdown' },
]

export const vrfContextAfRules: readonly ConfigRule[] = [
  { line: 'route-target {import|export|both} <rt> [evpn|mvpn]', effect: 'route-target' },
  { line: 'import map = <name> [evpn]' },
  { line: 'export map = <name> [evpn]' },
  { line: 'import vrf default map = <name>' },
  { line: 'export vrf default map = <name>' },
  { line: 'maximum routes = <1-4294967295> [<text>]' },
]

export const routeMapRules: readonly ConfigRule[] = [
  { line: 'description = <text>' },
  { line: 'match {ip|ipv6} address prefix-list <text>' },
  { line: 'match {ip|ipv6} address <name>' },
  { line: 'match {ip|ipv6} next-hop prefix-list <text>' },
  { line: 'match community <text>' },
  { line: 'match extcommunity <text>' },
  { line: 'match as-path <text>' },
  { line: 'match as-number <text>' },
  { line: 'match tag <text>' },
  { line: 'match interface <text>' },
  { line: 'match route-type <text>' },
  { line: 'match metric <text>' },
  { line: 'match evpn route-type <text>' },
  { line: 'set as-path prepend = <text>' },
  { line: 'set as-path tag' },
  { line: 'set community = {none|additive|<community>} [<text>]' },
  { line: 'set extcommunity rt = {<rt>} [<text>]' },
  { line: 'set extcommunity evpn rmac = <mac>' },
  { line: 'set comm-list <name> delete' },
  { line: 'set ip next-hop = {<text>}' },
  { line: 'set ipv6 next-hop = {<text>}' },
  { line: 'set local-preference = <0-4294967295>' },
  { line: 'set metric = <word> [<text>]' },
  { line: 'set metric-type = {internal|external|type-1|type-2}' },
  { line: 'set origin = {igp|egp <asn>|incomplete}' },
  { line: 'set tag = <0-4294967295>' },
  { line: 'set weight = <0-65535>' },
  { line: 'continue = <0-65535>' },
]

export const vpcRules: readonly ConfigRule[] = [
  { line: 'peer-switch' },
  { line: 'role priority = <1-65535>' },
  { line: 'system-mac = <mac>' },
  { line: 'system-priority = <1-65535>' },
  { line: 'peer-keepalive destination = <ip> [source <ip>] [vrf <vrf>] [<text>]' },
  { line: 'virtual peer-link destination = <ip> source <ip> [dscp <0-63>]' },
  { line: 'delay restore = <1-3600>' },
  { line: 'delay restore interface-vlan = <1-3600>' },
  { line: 'delay restore orphan-port = <0-300>' },
  { line: 'dual-active exclude interface-vlan = <vlans>' },
  { line: 'peer-gateway = [exclude-vlan <vlans>]' },
  { line: 'layer3 peer-router' },
  { line: 'auto-recovery = [reload-delay <240-3600>]' },
  { line: 'graceful consistency-check', stores: 'no' },
  { line: 'fast-convergence' },
  { line: 'ipv6 nd synchronize' },
  { line: 'ip arp synchronize' },
  { line: 'shutdown' },
]

export const lineRules: readonly ConfigRule[] = [
  { line: 'exec-timeout = <0-525600>' },
  { line: 'session-limit = <1-64>' },
  { line: 'absolute-timeout = <0-10000>' },
  { line: 'speed = <word>' },
  { line: 'terminal <text>', stores: 'never' },
  { line: 'access-class <name> {in|out}' },
  { line: 'ipv6 access-class <name> {in|out}' },
]

export const accessListRules: readonly ConfigRule[] = [
  { line: 'statistics per-entry' },
  { line: 'fragments = {permit-all|deny-all}' },
  { line: '[<1-4294967295>] = remark <text>', effect: 'sequence' },
  { line: '[<1-4294967295>] = {permit|deny} <text>', effect: 'sequence' },
]

export const ospfRules: readonly ConfigRule[] = [
  { line: 'router-id = <ipv4>' },
  { line: 'log-adjacency-changes = [detail]' },
  { line: 'area <area> <text>' },
  { line: 'auto-cost reference-bandwidth = <1-4000000> [Mbps|Gbps]' },
  { line: 'passive-interface default' },
  { line: 'maximum-paths = <1-64>' },
  { line: 'max-metric <text>' },
  { line: 'redistribute {direct|static|bgp <asn>} = route-map <name>' },
  { line: 'bfd' },
  { line: 'shutdown' },
]

export const evpnRules: readonly ConfigRule[] = [
  { line: 'vni <1-16777214> l2', enter: 'evpn-vni' },
  { line: 'multisite <text>' },
]

export const evpnVniRules: readonly ConfigRule[] = [
  { line: 'rd = <rt>' },
  { line: 'route-target {import|export|both} <rt>', effect: 'route-target' },
]

export const hsrpRules: readonly ConfigRule[] = [
  { line: 'preempt = [<text>]' },
  { line: 'priority = <0-255> [<text>]' },
  { line: 'authentication = <text>' },
  { line: 'ip {<ipv4>|<ipv6>} [secondary]' },
  { line: 'timers = <text>' },
  { line: 'track <1-500> = [decrement <1-255>]' },
]
