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

function shared(group: typeof NATIVE | typeof STORED): JsonMap[] {
  const native = group === NATIVE
  const peer = [
    ['Node Selector', '.spec.nodeSelector'],
    ['Node', '.spec.node'],
    ['Peer IP', '.spec.peerIP'],
    ['Peer ASN', '.spec.asNumber'],
  ] as const
  const pool = [
    ['CIDR', '.spec.cidr'],
    ['VXLAN', '.spec.vxlanMode'],
    ['IPIP', '.spec.ipipMode'],
    ['NAT', '.spec.natOutgoing', 'boolean'],
    ['Age', '.metadata.creationTimestamp', 'date'],
  ] as const
  const policy = { namespaced: false, spec: looseSpec }
  return [
    customResource({
      ...group,
      kind: 'BGPConfiguration',
      plural: 'bgpconfigurations',
      shortNames: ['bgpconfig', 'bgpconfigs'],
      spec: bgpConfigurationSpec,
    }),
    customResource({
      ...group,
      kind: 'BGPPeer',
      plural: 'bgppeers',
      spec: bgpPeerSpec,
      ...(native ? { columns: peer } : {}),
    }),
    customResource({ ...group, kind: 'BGPFilter', plural: 'bgpfilters', spec: bgpFilterSpec }),
    customResource({
      ...group,
      kind: 'IPPool',
      plural: 'ippools',
      spec: ipPoolSpec,
      status: poolStatus,
      statusSubresource: native,
      ...(native ? { columns: pool } : {}),
    }),
    customResource({ ...group, kind: 'IPReservation', plural: 'ipreservations', spec: ipReservationSpec }),
    customResource({ ...group, kind: 'BlockAffinity', plural: 'blockaffinities', spec: blockAffinitySpec(native) }),
    customResource({
      ...group,
      kind: 'CalicoNodeStatus',
      plural: 'caliconodestatuses',
      spec: nodeStatusSpec,
      status: nodeStatusStatus,
    }),
    customResource({
      ...group,
      kind: 'ClusterInformation',
      plural: 'clusterinformations',
      spec: clusterInformationSpec,
    }),
    customResource({ ...group, kind: 'FelixConfiguration', plural: 'felixconfigurations', spec: looseSpec }),
    customResource({ ...group, kind: 'GlobalNetworkPolicy', plural: 'globalnetworkpolicies', ...policy }),
    customResource({ ...group, kind: 'GlobalNetworkSet', plural: 'globalnetworksets', ...policy }),
    customResource({ ...group, kind: 'HostEndpoint', plural: 'hostendpoints', ...policy }),
    customResource({ ...group, kind: 'Tier', plural: 'tiers', ...policy }),
    customResource({ ...group, kind: 'NetworkPolicy', plural: 'networkpolicies', ...policy, namespaced: true }),
    customResource({ ...group, kind: 'NetworkSet', plural: 'networksets', ...policy, namespaced: true }),
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
