import type { JsonMap } from '../json.ts'
import { bgpConfigurationSpec, bgpFilterSpec, bgpPeerSpec, nodeStatusSpec, nodeStatusStatus } from './calico-bgp.ts'
import {
  blockAffinitySpec,
  clusterInformationSpec,
  ipamBlockSpec,
  ipamConfigSpec,
  ipPoolSpec,
  ipReservationSpec,
  looseSpec,
  poolStatus,
} from './calico-ipam.ts'
import { installationSpec } from './calico-operator.ts'
import { customResource } from './define.ts'

const NATIVE = { group: 'projectcalico.org', versions: ['v3'] } as const
const STORED = { group: 'crd.projectcalico.org', versions: ['v1'] } as const

/** Calico 3.32: both groups of its resources (as separate stores, without an aggregated API server), and the operator's. */
export function calicoDefinitions(): JsonMap[] {
  return [...shared(NATIVE), ...shared(STORED), ...stored(), ...operator()]
}

type Group = typeof NATIVE | typeof STORED

const PEER_COLUMNS = [
  ['Node Selector', '.spec.nodeSelector'],
  ['Node', '.spec.node'],
  ['Peer IP', '.spec.peerIP'],
  ['Peer ASN', '.spec.asNumber'],
] as const

const POOL_COLUMNS = [
  ['CIDR', '.spec.cidr'],
  ['VXLAN', '.spec.vxlanMode'],
  ['IPIP', '.spec.ipipMode'],
  ['NAT', '.spec.natOutgoing', 'boolean'],
  ['Age', '.metadata.creationTimestamp', 'date'],
] as const

function shared(group: Group): JsonMap[] {
  return [...routing(group), ...addressing(group), ...policy(group)]
}

function routing(group: Group): JsonMap[] {
  const columns = group === NATIVE ? { columns: PEER_COLUMNS } : {}
  const names = { kind: 'BGPConfiguration', plural: 'bgpconfigurations', shortNames: ['bgpconfig', 'bgpconfigs'] }
  const status = {
    kind: 'CalicoNodeStatus',
    plural: 'caliconodestatuses',
    spec: nodeStatusSpec,
    status: nodeStatusStatus,
  }
  return [
    customResource({ ...group, ...names, spec: bgpConfigurationSpec }),
    customResource({ ...group, kind: 'BGPPeer', plural: 'bgppeers', spec: bgpPeerSpec, ...columns }),
    customResource({ ...group, kind: 'BGPFilter', plural: 'bgpfilters', spec: bgpFilterSpec }),
    customResource({ ...group, ...status }),
  ]
}

function addressing(group: Group): JsonMap[] {
  const native = group === NATIVE
  const pool = {
    spec: ipPoolSpec,
    status: poolStatus,
    statusSubresource: native,
    ...(native ? { columns: POOL_COLUMNS } : {}),
  }
  const affinity = blockAffinitySpec(native)
  return [
    customResource({ ...group, kind: 'IPPool', plural: 'ippools', ...pool }),
    customResource({ ...group, kind: 'IPReservation', plural: 'ipreservations', spec: ipReservationSpec }),
    customResource({ ...group, kind: 'BlockAffinity', plural: 'blockaffinities', spec: affinity }),
  ]
}

function policy(group: Group): JsonMap[] {
  const loose = { spec: looseSpec }
  const information = { kind: 'ClusterInformation', plural: 'clusterinformations', spec: clusterInformationSpec }
  return [
    customResource({ ...group, ...information }),
    customResource({ ...group, kind: 'FelixConfiguration', plural: 'felixconfigurations', ...loose }),
    customResource({ ...group, kind: 'GlobalNetworkPolicy', plural: 'globalnetworkpolicies', ...loose }),
    customResource({ ...group, kind: 'GlobalNetworkSet', plural: 'globalnetworksets', ...loose }),
    customResource({ ...group, kind: 'HostEndpoint', plural: 'hostendpoints', ...loose }),
    customResource({ ...group, kind: 'Tier', plural: 'tiers', ...loose }),
    customResource({ ...group, kind: 'NetworkPolicy', plural: 'networkpolicies', ...loose, namespaced: true }),
    customResource({ ...group, kind: 'NetworkSet', plural: 'networksets', ...loose, namespaced: true }),
  ]
}

/** What only Calico's own IPAM writes. */
function stored(): JsonMap[] {
  return [
    customResource({ ...STORED, kind: 'IPAMBlock', plural: 'ipamblocks', spec: ipamBlockSpec }),
    customResource({ ...STORED, kind: 'IPAMConfig', plural: 'ipamconfigs', spec: ipamConfigSpec }),
    customResource({ ...STORED, kind: 'IPAMHandle', plural: 'ipamhandles', spec: looseSpec }),
  ]
}

function operator(): JsonMap[] {
  const group = { group: 'operator.tigera.io', versions: ['v1'], statusSubresource: true, status: looseSpec }
  return [
    customResource({ ...group, kind: 'Installation', plural: 'installations', spec: installationSpec }),
    customResource({ ...group, kind: 'APIServer', plural: 'apiservers', spec: looseSpec }),
    customResource({ ...group, kind: 'TigeraStatus', plural: 'tigerastatuses', spec: looseSpec }),
  ]
}
