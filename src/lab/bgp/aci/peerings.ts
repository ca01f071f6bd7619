import type { ApicObject, ApicTree } from '../../../model/apic.ts'
import { asNumber, type Family, familyOf, hostOf, isAddress } from '../address.ts'
import type { Peering, PrefixLimit } from '../peering.ts'
import { importControl } from './import-control.ts'
import { type LeafInterface, leafInterfaces, networksOf, profileLeaves } from './interfaces.ts'
import { attribute, type Configuration, readConfiguration, tenantOf } from './tree.ts'

export interface ApicInput {
  readonly name: string
  readonly objects: ApicTree
  /** Passwords, which no object shows. */
  readonly secret: (dn: string) => string | undefined
}

/** The BGP peers that an APIC deploys on its leaves: those of every L3Out that has BGP and a VRF. */
export function aciPeerings(apic: ApicInput): Peering[] {
  const configuration = readConfiguration(apic.objects, apic.secret)
  const outs = configuration.ofClass('l3extOut').filter(out => configuration.get(`${out.dn}/bgpExtP`))
  const deployed = outs.flatMap(out => deploy(configuration, out))
  const connected = connectedByLeaf(deployed)
  return deployed.flatMap(place =>
    configuration
      .below(place.interface.dn, 'bgpPeerP')
      .map(peer => toPeering(apic.name, configuration, { ...place, peer, connected })),
  )
}

interface Place {
  readonly out: ApicObject
  readonly vrf: string
  readonly vrfDn: string
  readonly nodeProfile: string
  readonly interface: LeafInterface
  readonly loopback: boolean
}

/** Where an L3Out lands: each interface on each leaf, and each leaf's loopback. */
function deploy(configuration: Configuration, out: ApicObject): Place[] {
  const name = attribute(configuration.get(`${out.dn}/rsectx`), 'tnFvCtxName')
  const context = name === '' ? undefined : configuration.named(out.dn, `ctx-${name}`)
  if (!context) return []
  const common = { out, vrf: `${tenantOf(context.dn)}:${name}`, vrfDn: context.dn }
  return configuration.below(out.dn, 'l3extLNodeP').flatMap(profile => {
    const interfaces = leafInterfaces(configuration, profile.dn).map(each => ({ interface: each, loopback: false }))
    const loopbacks = profileLeaves(configuration, profile.dn).flatMap(({ leaf, loopback }) => {
      if (loopback === null) return []
      return [{ interface: loopbackOf(leaf, profile.dn, loopback), loopback: true }]
    })
    return [...interfaces, ...loopbacks].map(each => ({ ...common, ...each, nodeProfile: profile.dn }))
  })
}

function loopbackOf(leaf: number, dn: string, address: string): LeafInterface {
  return { leaf, dn, address: hostOf(address), secondary: [], name: 'loopback' }
}

function toPeering(
  apic: string,
  configuration: Configuration,
  place: Place & { peer: ApicObject; connected: ReadonlyMap<string, readonly string[]> },
): Peering {
  const { peer, out, vrf, vrfDn, interface: own } = place
  const device = `${apic}/node-${own.leaf}`
  const remote = attribute(peer, 'addr')
  const password = configuration.secret(peer.dn)
  const localAs = localAsOf(configuration, peer)
  const down = shutdown(device, peer, localAs)
  const [keepalive, hold] = timers(configuration, { out, vrfDn, nodeProfile: place.nodeProfile })
  const local = addressFor(own, remote)
  return {
    device,
    software: 'aci',
    vrf,
    local,
    ...(local === null ? { localMissing: `has no address of the family of ${remote} on ${own.name}` } : {}),
    interface: own.name,
    remote,
    localAs: localAs ?? 0,
    remoteAs: asNumber(attribute(configuration.get(`${peer.dn}/as`), 'asn')),
    families: [familyOf(remote)],
    password: password ? { clear: password } : null,
    keepalive,
    hold,
    hops: Number(attribute(peer, 'ttl')) || 1,
    fromLoopback: place.loopback,
    ...(down === null ? {} : { shutdown: down }),
    connected: place.connected.get(leafVrf(own.leaf, vrf)) ?? [],
    accepts: importControl(configuration, out.dn),
    limits: { [familyOf(remote)]: prefixLimit(configuration, peer) },
    asOverride: attribute(peer, 'ctrl').split(',').includes('as-override'),
    maximumPaths: { ipv4: ecmp(configuration, vrfDn, 'ipv4'), ipv6: ecmp(configuration, vrfDn, 'ipv6') },
    announces: [],
  }
}

function shutdown(device: string, peer: ApicObject, localAs: number | null): string | null {
  if (attribute(peer, 'adminSt') === 'disabled') return `${device} has peer ${attribute(peer, 'addr')} disabled`
  return localAs === null ? `the fabric of ${device} has no AS: uni/fabric/bgpInstP-default/as is not set` : null
}

/** The policy of the peer; 20,000 and reject without one, as the policy `default` has it. */
function prefixLimit(configuration: Configuration, peer: ApicObject): PrefixLimit {
  const name = attribute(configuration.get(`${peer.dn}/rspeerPfxPol`), 'tnBgpPeerPfxPolName')
  const policy = name === '' ? undefined : configuration.named(peer.dn, `bgpPfxP-${name}`)
  if (!policy) return { count: 20_000, action: 'reject' }
  const action = attribute(policy, 'action')
  const ends = action === 'shut' || action === 'restart'
  return { count: Number(attribute(policy, 'maxPfx')), action: ends ? 'shut' : action === 'log' ? 'log' : 'reject' }
}

function addressFor(own: LeafInterface, remote: string): string | null {
  const family = familyOf(remote)
  const address = [own.address, ...own.secondary].find(each => isAddress(each) && familyOf(each) === family)
  return address === undefined ? null : hostOf(address)
}

/** The peer's own local AS, otherwise that of the fabric. */
function localAsOf(configuration: Configuration, peer: ApicObject): number | null {
  const own = asNumber(attribute(configuration.get(`${peer.dn}/localasn`), 'localAsn') || null)
  if (own) return own
  return asNumber(attribute(configuration.get('uni/fabric/bgpInstP-default/as'), 'asn') || null)
}

/** The timers of the node profile's protocol profile, else those of the VRF, else 60/180. */
function timers(
  configuration: Configuration,
  at: { out: ApicObject; vrfDn: string; nodeProfile: string },
): readonly [number, number] {
  const node = attribute(configuration.get(`${at.nodeProfile}/protp/rsbgpNodeCtxPol`), 'tnBgpCtxPolName')
  const vrf = attribute(configuration.get(`${at.vrfDn}/rsbgpCtxPol`), 'tnBgpCtxPolName')
  const name = node || vrf
  const policy = name === '' ? undefined : configuration.named(at.out.dn, `bgpCtxP-${name}`)
  return policy ? [Number(attribute(policy, 'kaIntvl')), Number(attribute(policy, 'holdIntvl'))] : [60, 180]
}

function ecmp(configuration: Configuration, vrfDn: string, family: Family): number {
  const relation = configuration
    .below(vrfDn, 'fvRsCtxToBgpCtxAfPol')
    .find(each => attribute(each, 'af') === `${family}-ucast`)
  const name = attribute(relation, 'tnBgpCtxAfPolName')
  return Number(attribute(name ? configuration.named(vrfDn, `bgpCtxAfP-${name}`) : undefined, 'maxEcmp')) || 16
}

function connectedByLeaf(places: readonly Place[]): ReadonlyMap<string, readonly string[]> {
  const found = new Map<string, string[]>()
  for (const place of places) {
    const key = leafVrf(place.interface.leaf, place.vrf)
    if (!place.loopback) found.set(key, [...(found.get(key) ?? []), ...networksOf(place.interface)])
  }
  return found
}

function leafVrf(leaf: number, vrf: string): string {
  return `${leaf} ${vrf}`
}
