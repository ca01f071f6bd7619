import type { ContextKind } from './context.ts'

/**
 * What is known about the lines of NX-OS, per kind of context. `*` is one word. Sources: running-configs of 6.2 to 10.6 and the
 * command references of NX-OS 9.3 and 10.x.
 */
interface LineTable {
  /** A second line with the same beginning replaces the first. */
  readonly single?: readonly string[]
  /** The positive form is the default, and only the `no` form is shown. */
  readonly on?: readonly string[]
  /** Values that running-config leaves out. */
  readonly defaults?: readonly string[]
  /** A new value is refused or added while the old one stands: the old line goes first. */
  readonly removeFirst?: readonly string[]
}

const INTERFACE: LineTable = {
  single: [
    'description', 'mtu', 'vrf member', 'bandwidth', 'delay', 'speed', 'duplex', 'medium', 'ip unnumbered', 'ipv6 link-local',
    'ip policy route-map', 'ip ospf cost', 'ip ospf network', 'ip ospf priority', 'ip ospf hello-interval', 'ip ospf dead-interval',
    'ip ospf authentication-key', 'ip router ospf * area', 'load-interval counter *', 'hsrp version', 'ip port-unreachable',
  ],
  on: ['ip redirects', 'ipv6 redirects'],
  defaults: ['mtu 1500', 'ip ospf priority 1', 'duplex auto', 'speed auto', 'medium broadcast'],
} // biome-ignore format: a table

const PEER_AF: LineTable = {
  single: [
    'inherit peer-policy *',
    'allowas-in',
    'next-hop-self',
    'default-originate',
    'filter-list * in',
    'maximum-prefix',
    'soft-reconfiguration inbound',
    'soo',
    'unsuppress-map',
    'advertisement-interval',
    'weight',
  ],
  on: ['next-hop-third-party'],
}

const BGP: LineTable = {
  single: [
    'router-id',
    'cluster-id',
    'local-as',
    'timers bgp',
    'timers bestpath-limit',
    'timers prefix-peer-timeout',
    'maxas-limit',
    'reconnect-interval',
    'graceful-restart restart-time',
    'graceful-restart stalepath-time',
    'confederation identifier',
  ],
  on: ['graceful-restart', 'fast-external-fallover', 'enforce-first-as', 'graceful-restart-helper'],
  defaults: [
    'timers bgp 60 180',
    'graceful-restart restart-time 120',
    'graceful-restart stalepath-time 300',
    'reconnect-interval 60',
    'timers bestpath-limit 300',
    'timers prefix-peer-timeout 90',
  ],
}

const TABLES: Readonly<Partial<Record<ContextKind, LineTable>>> = {
  global: {
    single: [
      'hostname', 'switchname', 'ip domain-name', 'snmp-server contact', 'snmp-server location', 'snmp-server source-interface *',
      'ntp source', 'ntp source-interface', 'ntp master', 'clock timezone', 'clock protocol', 'username * password', 'banner motd',
      'banner exec', 'spanning-tree mode', 'spanning-tree vlan * priority', 'spanning-tree pathcost method', 'system jumbomtu',
      'fabric forwarding anycast-gateway-mac', 'copp profile', 'boot nxos', 'system nve infra-vlans', 'logging source-interface',
      'hardware access-list tcam region *', 'ip prefix-list * seq *', 'ipv6 prefix-list * seq *', 'ip prefix-list * description',
      'ipv6 prefix-list * description', 'ip community-list standard * seq *', 'ip community-list expanded * seq *',
      'ip as-path access-list * seq *', 'ip extcommunity-list standard * seq *', 'system routing', 'ssh login-attempts',
      'cli alias name *', 'ntp authentication-key *', 'tacacs-server key', 'radius-server key', 'logging logfile', 'logging console',
      'logging monitor', 'system default switchport',
    ],
    on: ['ip domain-lookup', 'service unsupported-transceiver', 'feature ssh'],
    defaults: ['spanning-tree mode rapid-pvst', 'system jumbomtu 9216', 'ssh login-attempts 3', 'copp profile strict'],
    removeFirst: [
      'ip prefix-list * seq *', 'ipv6 prefix-list * seq *', 'ip community-list standard * seq *', 'ip extcommunity-list standard * seq *',
      'ip community-list expanded * seq *', 'ip as-path access-list * seq *',
    ],
  },
  svi: {
    ...INTERFACE,
    on: ['shutdown', 'autostate', 'ip redirects', 'ipv6 redirects'],
  },
  loopback: INTERFACE,
  port: {
    ...INTERFACE,
    single: [
      ...(INTERFACE.single ?? []),
      'switchport mode', 'switchport access vlan', 'switchport trunk native vlan', 'switchport trunk allowed vlan', 'channel-group',
      'spanning-tree port type', 'spanning-tree link-type', 'spanning-tree bpduguard', 'storm-control * level', 'vpc', 'encapsulation dot1q',
      'lacp mode', 'fex associate',
    ],
    on: ['switchport', 'ip redirects', 'ipv6 redirects', 'lldp transmit', 'lldp receive', 'cdp enable', 'logging event port link-status'],
    defaults: [
      ...(INTERFACE.defaults ?? []),
      'switchport mode access', 'switchport access vlan 1', 'switchport trunk native vlan 1', 'spanning-tree port type normal',
      'spanning-tree link-type auto', 'switchport trunk allowed vlan 1-4094',
    ],
  },
  nve: {
    single: ['description', 'host-reachability protocol', 'source-interface', 'source-interface hold-down-time',
      'global ingress-replication protocol', 'global mcast-group', 'multisite border-gateway interface', 'member vni *'],
    on: ['shutdown'],
    defaults: ['source-interface hold-down-time 180'],
  },
  'nve-vni': { single: ['ingress-replication protocol', 'mcast-group'] },
  vlan: { single: ['name', 'vn-segment', 'state', 'mode'], defaults: ['state active'] },
  vrf: { single: ['description', 'vni', 'rd', 'ip domain-name'] },
  'vrf-af': { single: ['import map', 'export map', 'import vrf default map', 'export vrf default map', 'maximum routes', 'rd'] },
  bgp: BGP,
  'bgp-af': {
    single: ['maximum-paths ibgp', 'maximum-paths mixed', 'maximum-paths', 'network *', 'redistribute direct', 'redistribute static',
      'redistribute ospf *', 'redistribute bgp *', 'redistribute isis *', 'redistribute eigrp *', 'redistribute hmm', 'redistribute am',
      'aggregate-address *', 'dampening', 'nexthop route-map', 'default-metric', 'distance', 'table-map', 'additional-paths selection'],
    on: ['client-to-client reflection'],
    defaults: ['maximum-paths 1', 'maximum-paths ibgp 1', 'distance 20 200 220'],
  },
  peer: {
    single: ['inherit peer', 'inherit peer-session', 'remote-as', 'local-as', 'description', 'password', 'update-source',
      'ebgp-multihop', 'ttl-security hops', 'timers', 'maximum-peers', 'bfd', 'remove-private-as', 'log-neighbor-changes', 'peer-type'],
    on: ['dynamic-capability'],
    defaults: ['timers 60 180'],
  },
  'peer-af': PEER_AF,
  igp: {
    single: ['router-id', 'log-adjacency-changes', 'auto-cost reference-bandwidth', 'maximum-paths', 'redistribute direct', 'redistribute static',
      'redistribute bgp *', 'net', 'is-type', 'timers throttle spf', 'distance'],
    defaults: ['auto-cost reference-bandwidth 40 Gbps', 'maximum-paths 8'],
  },
  'route-map': {
    single: ['description', 'match ip address prefix-list', 'match ipv6 address prefix-list', 'match ip next-hop prefix-list', 'match ip address',
      'match community', 'match as-path', 'match tag', 'match interface', 'set as-path prepend', 'set community', 'set extcommunity rt',
      'set ip next-hop', 'set ipv6 next-hop', 'set local-preference', 'set metric-type', 'set metric', 'set origin', 'set tag', 'set weight', 'continue'],
    removeFirst: ['match ip address prefix-list', 'match ipv6 address prefix-list', 'match ip next-hop prefix-list', 'match ip address',
      'match community', 'match as-path', 'match tag', 'match interface', 'set as-path prepend'],
  },
  acl: { single: ['fragments'] },
  vpc: {
    single: ['role priority', 'system-mac', 'system-priority', 'peer-keepalive', 'delay restore interface-vlan', 'delay restore orphan-port',
      'delay restore', 'auto-recovery', 'peer-gateway', 'virtual peer-link', 'dual-active exclude interface-vlan'],
    on: ['graceful consistency-check'],
    defaults: ['role priority 32667', 'system-priority 32667'],
  },
  line: { single: ['exec-timeout', 'session-limit', 'absolute-timeout', 'speed', 'access-class'], defaults: ['session-limit 32'] },
} // biome-ignore format: a table

interface Compiled {
  readonly single: RegExp
  readonly on: RegExp
  readonly removeFirst: RegExp
  readonly defaults: ReadonlySet<string>
}

const compiled = new Map<ContextKind, Compiled>()

/** The table of a kind of context; a kind without one knows nothing: each line stands for itself. */
export function lineTable(kind: ContextKind): Compiled {
  const before = compiled.get(kind)
  if (before) return before
  const { single = [], on = [], removeFirst = [], defaults = [] } = TABLES[kind] ?? {}
  const table = {
    single: beginning(single),
    on: beginning(on, '$'),
    removeFirst: beginning(removeFirst),
    defaults: new Set(defaults),
  }
  compiled.set(kind, table)
  return table
}

function beginning(phrases: readonly string[], end = '(?: |$)'): RegExp {
  // The longest first: 'maximum-paths ibgp' before 'maximum-paths'.
  const sorted = [...phrases].sort((one, other) => other.length - one.length)
  const texts = sorted.map(phrase => phrase.replace(/[.+?^$()|[\]\\]/g, '\\$&').replaceAll('*', '\\S+'))
  return texts.length === 0 ? /^(?!)/ : new RegExp(`^(${texts.join('|')})${end}`)
}
