import type { ApicChange } from './change.ts'

/** What stops when an object of this class goes. */
const DELETED: Readonly<Record<string, string>> = {
  fvTenant: 'everything in the tenant stops',
  fvCtx: 'the VRF and all its routes go',
  fvBD: 'endpoints of the bridge domain lose their gateway',
  fvAEPg: 'endpoints of the EPG lose their connection',
  fvRsProv: 'traffic that the contract permits stops',
  fvRsCons: 'traffic that the contract permits stops',
  l3extOut: 'all BGP sessions and routes of the L3Out go',
  l3extRsEctx: 'the L3Out leaves its VRF: its sessions and routes go',
  l3extRsL3DomAtt: 'the L3Out loses its domain: its interfaces go down',
  l3extLNodeP: 'all sessions of the node profile go',
  l3extLIfP: 'all sessions of the interface profile go',
  l3extRsNodeL3OutAtt: 'the leaf leaves the L3Out: its sessions go',
  l3extRsPathL3OutAtt: 'the interface and its BGP sessions go',
  l3extVirtualLIfP: 'the SVI of the anchor leaf and its BGP sessions go',
  l3extRsDynPathAtt: 'the floating SVI leaves the domain',
  l3extIp: 'nodes that use this address as their gateway lose it',
  l3extInstP: 'traffic classified by the external EPG stops',
  l3extSubnet: 'traffic of the subnet is no longer classified',
  bgpExtP: 'BGP stops on the L3Out',
  bgpPeerP: 'the BGP sessions of the peer go',
  bgpAsP: 'the BGP sessions of the peer go',
  rtctrlProfile: 'routes that the route map permits may be withdrawn',
  rtctrlCtxP: 'routes that the route map permits may be withdrawn',
  rtctrlMatchRtDest: 'routes of the subnet may be withdrawn',
}

const RESET = 'the BGP session is reset'
const SVI = 'the SVI is reconfigured and its BGP sessions drop'

/** What drops when one of these attributes of an existing object changes. */
const MODIFIED: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  bgpPeerP: {
    password: RESET,
    ttl: RESET,
    adminSt: RESET,
    ctrl: 'routes are exchanged again',
    peerCtrl: RESET,
    addrTCtrl: RESET,
  },
  bgpAsP: { asn: RESET },
  bgpLocalAsnP: { localAsn: RESET, asnPropagate: RESET },
  bgpCtxPol: {
    holdIntvl: 'timers count for sessions from their next start',
    kaIntvl: 'timers count for sessions from their next start',
  },
  bgpRsBgpNodeCtxPol: { tnBgpCtxPolName: 'timers count for sessions from their next start' },
  l3extRsNodeL3OutAtt: { rtrId: 'all BGP sessions of the leaf in this VRF are reset' },
  l3extVirtualLIfP: { addr: SVI, mtu: SVI, encap: SVI, ifInstT: SVI, mode: SVI, mac: SVI },
  l3extRsPathL3OutAtt: { addr: SVI, mtu: SVI, encap: SVI, ifInstT: SVI, mode: SVI, mac: SVI },
  l3extRsDynPathAtt: { floatingAddr: 'the floating address moves' },
  l3extRsEctx: { tnFvCtxName: 'the L3Out moves to another VRF: its sessions and routes go' },
  l3extRsL3DomAtt: { tDn: 'the L3Out moves to another domain: its interfaces go down for a moment' },
  l3extOut: { enforceRtctrl: 'routes are filtered anew' },
  rtctrlCtxP: { action: 'routes are filtered anew', order: 'routes are filtered anew' },
  rtctrlMatchRtDest: { aggregate: 'routes are filtered anew' },
  fvCtx: { pcEnfPref: 'contracts of the VRF start or stop to count', pcEnfDir: 'contracts are enforced elsewhere' },
}

/** The change with the reason why traffic may notice, if there is one. */
export function withDisruption(change: ApicChange): ApicChange {
  const reason = reasonOf(change)
  return reason === undefined ? change : { ...change, disrupts: reason }
}

function reasonOf({ before, after }: ApicChange): string | undefined {
  if (before === null) return undefined
  if (after === null) return DELETED[before.class]
  const known = MODIFIED[before.class] ?? {}
  const reasons = Object.keys(after.attributes).flatMap(attribute => known[attribute] ?? [])
  return reasons.length > 0 ? [...new Set(reasons)].join('; ') : undefined
}
