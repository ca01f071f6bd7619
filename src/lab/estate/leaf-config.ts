/** What makes one leaf of the demo fabric different from the next. */
export interface Leaf {
  readonly name: string
  /** 101 … 104: router-id, VTEP and underlay addresses are made from it. */
  readonly number: number
  /** Two leaves with the same domain are a vPC pair. */
  readonly vpcDomain: number
}

/** The leaves of the VXLAN EVPN fabric: two racks, a vPC pair each. */
export const blueLeaves: readonly Leaf[] = [
  { name: 'leaf-101', number: 101, vpcDomain: 1 },
  { name: 'leaf-102', number: 102, vpcDomain: 1 },
  { name: 'leaf-103', number: 103, vpcDomain: 2 },
  { name: 'leaf-104', number: 104, vpcDomain: 2 },
]

/** A leaf as the fabric team hands it over: underlay, EVPN to the spines, vPC; nothing of the cluster yet. */
export function leafConfig(leaf: Leaf): string {
  const twin = leaf.number % 2 === 1 ? leaf.number + 1 : leaf.number - 1
  return `${header(leaf)}
vlan 1
spanning-tree port type edge bpduguard default
vrf context management
  ip route 0.0.0.0/0 192.0.2.254
vpc domain ${leaf.vpcDomain}
  peer-switch
  role priority ${leaf.number % 2 === 1 ? 100 : 200}
  peer-keepalive destination 192.0.2.${twin} source 192.0.2.${leaf.number}
  delay restore 150
  peer-gateway
  layer3 peer-router
  auto-recovery
  ip arp synchronize
interface Vlan1
  no ip redirects
  no ipv6 redirects
interface port-channel1
  description vPC peer-link
  switchport mode trunk
  spanning-tree port type network
  vpc peer-link
${ports(leaf)}
interface nve1
  no shutdown
  source-interface loopback1
interface mgmt0
  vrf member management
  ip address 192.0.2.${leaf.number}/24
interface loopback0
  description router-id
  ip address 10.2.0.${leaf.number}/32
  ip router ospf UNDERLAY area 0.0.0.0
interface loopback1
  description VTEP
  ip address 10.2.1.${leaf.number}/32
  ip address 10.2.2.${leaf.vpcDomain}/32 secondary
  ip router ospf UNDERLAY area 0.0.0.0
line console
line vty
router ospf UNDERLAY
  router-id 10.2.0.${leaf.number}
router bgp 65102
  router-id 10.2.0.${leaf.number}
  log-neighbor-changes
  address-family ipv4 unicast
  address-family l2vpn evpn
${spines}
`
}

function header({ name }: Leaf): string {
  return `version 10.3(4a) Bios:version 05.47
hostname ${name}
feature nxapi
nv overlay evpn
feature ospf
feature bgp
feature fabric forwarding
feature interface-vlan
feature vn-segment-vlan-based
feature lacp
feature vpc
feature lldp
feature nv overlay
username weft role network-admin
no ip domain-lookup
snmp-server location weft lab
fabric forwarding anycast-gateway-mac 0000.0011.1210`
}

function ports({ number }: Leaf): string {
  const nodes = [1, 2, 3].map(
    port => `interface port-channel${port + 10}
  description node ${port} of the rack
  switchport mode trunk
  switchport trunk allowed vlan 3001
  spanning-tree port type edge trunk
  mtu 9216
  vpc ${port + 10}
interface Ethernet1/${port}
  description node ${port} of the rack
  switchport mode trunk
  switchport trunk allowed vlan 3001
  mtu 9216
  channel-group ${port + 10} mode active`,
  )
  const uplinks = [49, 50].map(
    (port, index) => `interface Ethernet1/${port}
  description spine-${index + 1}
  no switchport
  mtu 9216
  ip address 10.2.${10 + index}.${(number - 101) * 4 + 1}/30
  ip ospf network point-to-point
  ip router ospf UNDERLAY area 0.0.0.0
  no shutdown`,
  )
  return [...nodes, ...uplinks].join('\n')
}

const spines = [1, 2]
  .map(
    spine => `  neighbor 10.2.0.${spine}
    remote-as 65102
    description spine-${spine}
    update-source loopback0
    address-family l2vpn evpn
      send-community
      send-community extended`,
  )
  .join('\n')
