import type { ConfigRule } from './rule.ts'

/** The interfaces in the order of `show running-config`. */
export const interfaceEntries: readonly ConfigRule[] = [
  { line: 'interface <if:vlan>', enter: 'interface-vlan', feature: 'interface-vlan' },
  { line: 'interface <if:port-channel>', enter: 'interface-port-channel' },
  { line: 'interface <if:nve>', enter: 'interface-nve', feature: 'nv overlay' },
  { line: 'interface <if:ethernet>', enter: 'interface-ethernet', effect: 'ethernet' },
  { line: 'interface <if:mgmt>', enter: 'interface-mgmt' },
  { line: 'interface <if:loopback>', enter: 'interface-loopback' },
]

const description: ConfigRule = { line: 'description = <text>' }

const layer3: readonly ConfigRule[] = [
  { line: 'vrf member = <vrf>', effect: 'vrf-member' },
  { line: 'ip redirects', stores: 'no' },
  { line: 'ip address = {dhcp|<prefix4>} [tag <0-4294967295>]', effect: 'ip-address' },
  { line: 'ip address <prefix4> secondary = [tag <0-4294967295>]', effect: 'ip-address' },
  { line: 'ip unnumbered = <if:loopback>' },
  { line: 'ip forward' },
  { line: 'ipv6 address <prefix6> = [eui-64] [tag <0-4294967295>]', effect: 'ip-address' },
  { line: 'ipv6 address use-link-local-only' },
  { line: 'ipv6 link-local = <ipv6>' },
  { line: 'ipv6 forward' },
  { line: 'ipv6 redirects', stores: 'no' },
  { line: 'ipv6 nd <text>', stores: 'both' },
  { line: 'ip proxy-arp' },
  { line: 'ip arp <text>' },
  { line: 'ip dhcp relay address <ip> = [use-vrf <vrf>]', feature: 'dhcp' },
  { line: 'ip access-group <name> {in|out}' },
  { line: 'ipv6 traffic-filter <name> {in|out}' },
  { line: 'ip policy route-map = <name>' },
  { line: 'ip ospf network = {point-to-point|broadcast}', feature: 'ospf' },
  { line: 'ip ospf cost = <1-65535>', feature: 'ospf' },
  { line: 'ip ospf passive-interface', feature: 'ospf', stores: 'both' },
  { line: 'ip ospf <text>', feature: 'ospf' },
  { line: 'ip router ospf <name> area = <area>', feature: 'ospf' },
  { line: 'ip pim sparse-mode', feature: 'pim' },
  { line: 'bfd <text>', feature: 'bfd', stores: 'both' },
]

const layer2: readonly ConfigRule[] = [
  { line: 'switchport mode = {access|trunk|dot1q-tunnel}' },
  { line: 'switchport access vlan = <1-4094>' },
  { line: 'switchport trunk native vlan = <1-4094>' },
  { line: 'switchport trunk allowed vlan = {add <vlans>|remove <vlans>|<vlans>|none|all}', effect: 'trunk-vlans' },
  { line: 'spanning-tree port type = {edge [trunk]|network|normal}' },
  { line: 'spanning-tree link-type = {auto|point-to-point|shared}' },
  { line: 'spanning-tree bpduguard = {enable|disable}' },
  { line: 'storm-control <word> level = <text>' },
]

const physical: readonly ConfigRule[] = [
  { line: 'encapsulation dot1q = <1-4094>' },
  { line: 'mac-address = <mac>' },
  { line: 'mtu = <576-9216>' },
  { line: 'speed = <word>' },
  { line: 'duplex = {auto|full|half}' },
  { line: 'bandwidth = <1-3200000000>' },
  { line: 'delay = <1-16777215>' },
  { line: 'medium = {broadcast|p2p}' },
  { line: 'load-interval counter <1-3> = <5-300>' },
  { line: 'logging event port {link-status|trunk-status}', stores: 'both' },
]

export const ethernetRules: readonly ConfigRule[] = [
  description,
  { line: 'switchport', stores: 'no', effect: 'switchport' },
  ...layer2,
  { line: 'lldp {transmit|receive}', stores: 'both' },
  ...physical,
  ...layer3,
  { line: 'channel-group = <1-4096> [force] [mode {on|active|passive}]' },
  { line: 'evpn multisite <text>' },
  { line: 'shutdown', stores: 'both', effect: 'ethernet-shutdown' },
]

export const portChannelRules: readonly ConfigRule[] = [
  description,
  { line: 'switchport', stores: 'no', effect: 'switchport' },
  ...layer2,
  ...physical,
  ...layer3,
  { line: 'lacp <text>', stores: 'both' },
  { line: 'vpc peer-link', feature: 'vpc' },
  { line: 'vpc = <1-4096>', feature: 'vpc' },
  { line: 'shutdown' },
]

export const vlanInterfaceRules: readonly ConfigRule[] = [
  description,
  { line: 'shutdown', stores: 'no' },
  { line: 'management' },
  ...physical,
  ...layer3,
  { line: 'fabric forwarding mode anycast-gateway', feature: 'fabric forwarding' },
  { line: 'autostate', stores: 'no' },
  { line: 'hsrp version = {1|2}', feature: 'hsrp' },
  { line: 'hsrp <0-4095> [ipv4|ipv6]', enter: 'hsrp', feature: 'hsrp' },
]

export const loopbackRules: readonly ConfigRule[] = [description, ...physical, ...layer3, { line: 'shutdown' }]

export const mgmtRules: readonly ConfigRule[] = [
  description,
  ...physical,
  { line: 'vrf member = <vrf>' },
  ...layer3.filter(rule => rule.effect !== 'vrf-member'),
  { line: 'shutdown' },
]

export const nveRules: readonly ConfigRule[] = [
  description,
  { line: 'shutdown', stores: 'no' },
  { line: 'host-reachability protocol = bgp' },
  { line: 'advertise virtual-rmac' },
  { line: 'source-interface = <if:loopback> [anycast <if:loopback>]' },
  { line: 'source-interface hold-down-time = <1-2000>' },
  { line: 'global suppress-arp' },
  { line: 'global ingress-replication protocol = bgp' },
  { line: 'global mcast-group = <ipv4> [L2|L3]' },
  { line: 'multisite border-gateway interface = <if:loopback>' },
  { line: 'member vni <1-16777214> = [associate-vrf]', enter: 'nve-vni' },
]

export const nveVniRules: readonly ConfigRule[] = [
  { line: 'suppress-arp' },
  { line: 'suppress-arp disable' },
  { line: 'multisite ingress-replication' },
  { line: 'ingress-replication protocol = {bgp|static}' },
  { line: 'mcast-group = <ipv4> [<ipv4>]' },
]
