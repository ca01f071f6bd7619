import type { JsonMap } from '../json.ts'
import { open } from '../schema.ts'
import {
  advertisementSpec,
  clusterConfigSpec,
  nodeConfigSpec,
  nodeConfigStatus,
  nodeOverrideSpec,
  peerConfigSpec,
} from './cilium-bgp.ts'
import { peeringPolicySpec } from './cilium-peering-policy.ts'
import { announcementPolicySpec, conditionsStatus, loadBalancerPoolSpec, podPoolSpec } from './cilium-pools.ts'
import { customResource } from './define.ts'

const BOTH = { group: 'cilium.io', versions: ['v2', 'v2alpha1'] } as const
const ALPHA = { group: 'cilium.io', versions: ['v2alpha1'] } as const

/** Cilium's BGP and address pools: v2 with v2alpha1 served beside it, and the peering policy of releases up to 1.17. */
export function ciliumDefinitions(): JsonMap[] {
  return [...bgpDefinitions(), ...poolDefinitions()]
}

const WITH_STATUS = { status: conditionsStatus, statusSubresource: true }

function bgpDefinitions(): JsonMap[] {
  return [
    customResource({
      ...BOTH,
      kind: 'CiliumBGPClusterConfig',
      plural: 'ciliumbgpclusterconfigs',
      shortNames: ['cbgpcluster'],
      spec: clusterConfigSpec,
      ...WITH_STATUS,
    }),
    customResource({
      ...BOTH,
      kind: 'CiliumBGPPeerConfig',
      plural: 'ciliumbgppeerconfigs',
      shortNames: ['cbgppeer'],
      spec: peerConfigSpec,
      ...WITH_STATUS,
    }),
    customResource({
      ...BOTH,
      kind: 'CiliumBGPAdvertisement',
      plural: 'ciliumbgpadvertisements',
      shortNames: ['cbgpadvert'],
      spec: advertisementSpec,
    }),
    customResource({
      ...BOTH,
      kind: 'CiliumBGPNodeConfig',
      plural: 'ciliumbgpnodeconfigs',
      shortNames: ['cbgpnode'],
      spec: nodeConfigSpec,
      status: nodeConfigStatus,
      statusSubresource: true,
    }),
    customResource({
      ...BOTH,
      kind: 'CiliumBGPNodeConfigOverride',
      plural: 'ciliumbgpnodeconfigoverrides',
      shortNames: ['cbgpnodeoverride'],
      spec: nodeOverrideSpec,
    }),
  ]
}

// biome-ignore lint/complexity/noExcessiveLinesPerFunction: a table, not steps
function poolDefinitions(): JsonMap[] {
  return [
    customResource({
      ...BOTH,
      kind: 'CiliumLoadBalancerIPPool',
      plural: 'ciliumloadbalancerippools',
      shortNames: ['ippools', 'ippool', 'lbippool', 'lbippools'],
      spec: loadBalancerPoolSpec,
      ...WITH_STATUS,
      columns: [
        ['Disabled', '.spec.disabled', 'boolean'],
        ['Age', '.metadata.creationTimestamp', 'date'],
      ],
    }),
    customResource({
      ...BOTH,
      kind: 'CiliumPodIPPool',
      plural: 'ciliumpodippools',
      shortNames: ['cpip'],
      spec: podPoolSpec,
      optionalSpec: true,
    }),
    customResource({
      ...ALPHA,
      kind: 'CiliumL2AnnouncementPolicy',
      plural: 'ciliuml2announcementpolicies',
      shortNames: ['l2announcement'],
      spec: announcementPolicySpec,
      ...WITH_STATUS,
    }),
    customResource({
      ...ALPHA,
      kind: 'CiliumBGPPeeringPolicy',
      plural: 'ciliumbgppeeringpolicies',
      shortNames: ['bgpp'],
      spec: peeringPolicySpec,
    }),
    customResource({
      group: 'cilium.io',
      versions: ['v2'],
      kind: 'CiliumNode',
      plural: 'ciliumnodes',
      shortNames: ['cn', 'ciliumn'],
      spec: open(),
      status: open(),
    }),
  ]
}
