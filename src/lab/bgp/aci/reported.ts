import type { ApicObject } from '../../../model/apic.ts'
import { lengthOf } from '../address.ts'
import type { Peering } from '../peering.ts'
import { type LearntRoute, received } from '../routes.ts'
import type { Session } from '../session.ts'

interface LeafState {
  readonly apic: string
  readonly peerings: readonly Peering[]
  readonly sessions: readonly Session[]
  readonly routes: readonly LearntRoute[]
  readonly since: (session: Session) => Date
}

/** What the leaves of an APIC report: bgpPeer, bgpPeerEntry, bgpPeerAfEntry, uribv4Route, uribv6Route and their parents. */
export function reportedObjects(state: LeafState): ApicObject[] {
  const objects = [
    ...state.peerings.flatMap(peerObjects),
    ...state.sessions.flatMap(session => entryObjects(session, state.since(session))),
    ...state.routes.flatMap(route => routeObjects(route, state)),
  ]
  return [...new Map(objects.map(object => [object.dn, object])).values()]
}

function peerObjects(peering: Peering): ApicObject[] {
  const dom = domainDn(peering.device, peering.vrf)
  const system = systemDn(peering.device)
  const asn = String(peering.localAs)
  return [
    { dn: `${system}/bgp`, class: 'bgpEntity', attributes: {} },
    { dn: `${system}/bgp/inst`, class: 'bgpInst', attributes: { asn } },
    { dn: dom, class: 'bgpDom', attributes: { name: peering.vrf } },
    {
      dn: peerDn(peering),
      class: 'bgpPeer',
      attributes: {
        addr: peering.remote,
        adminSt: peering.shutdown ? 'disabled' : 'enabled',
        asn: String(peering.remoteAs ?? ''),
        holdIntvl: String(peering.hold),
        kaIntvl: String(peering.keepalive),
        srcIf: peering.interface ?? 'unspecified',
        ttl: String(peering.hops),
        type: peering.localAs === peering.remoteAs ? 'intra-as' : 'inter-as',
      },
    },
  ]
}

function entryObjects(session: Session, since: Date): ApicObject[] {
  const up = session.state === 'Established'
  const dn = `${peerDn(session.near)}/ent-[${session.remote}]`
  const entry: ApicObject = {
    dn,
    class: 'bgpPeerEntry',
    attributes: {
      addr: session.remote,
      connEst: up ? '1' : '0',
      fd: up ? '80' : '4294967295',
      flags: up ? 'cap-neg,gr-enabled' : '',
      holdIntvl: String(session.hold),
      kaIntvl: String(session.keepalive),
      lastFlapTs: since.toISOString().replace('Z', '+00:00'),
      localIp: up ? (session.local ?? '0.0.0.0') : '0.0.0.0',
      localPort: up ? '179' : 'unspecified',
      operSt: session.state === 'OpenSent' ? 'open-sent' : session.state.toLowerCase(),
      passwdSet: session.near.password ? 'enabled' : 'disabled',
      remotePort: up ? '49152' : 'unspecified',
      rtrId: up ? session.remote : '0.0.0.0',
      type: session.localAs === session.remoteAs ? 'ibgp' : 'ebgp',
    },
  }
  const families = session.families.map(family => ({
    dn: `${dn}/af-${family}-ucast`,
    class: 'bgpPeerAfEntry',
    attributes: {
      type: `${family}-ucast`,
      acceptedPaths: String(received(session).length),
      pfxSent: String(session.near.announces.length),
    },
  }))
  return [entry, ...families]
}

function routeObjects(route: LearntRoute, state: LeafState): ApicObject[] {
  const table = route.family === 'ipv4' ? 'uribv4' : 'uribv6'
  const system = systemDn(route.device)
  const dom = `${system}/${table}/dom-${route.vrf}`
  const dn = `${dom}/db-rt/rt-[${route.prefix}]`
  const session = state.sessions.find(each => each.device === route.device && each.vrf === route.vrf)
  const proto = `bgp-${session?.localAs ?? 0}`
  const hops = route.paths.map(path => {
    const addr = `${path.nextHop}/${lengthOf(path.nextHop)}`
    return {
      dn: `${dn}/nh-[${proto}]-[${addr}]-[unspecified]-[${route.vrf}]`,
      class: `${table}Nexthop`,
      attributes: {
        addr,
        proto,
        vrf: route.vrf,
        routeType: path.internal ? 'bgp-internal' : 'bgp-external',
        pref: path.internal ? '200' : '20',
        tag: String(path.asPath[0] ?? 0),
      },
    }
  })
  return [
    { dn: `${system}/${table}`, class: `${table}Entity`, attributes: {} },
    { dn: dom, class: `${table}Dom`, attributes: { name: route.vrf } },
    { dn: `${dom}/db-rt`, class: `${table}Db`, attributes: { type: 'rt' } },
    { dn, class: `${table}Route`, attributes: { prefix: route.prefix } },
    ...hops,
  ]
}

function peerDn(peering: Peering): string {
  return `${domainDn(peering.device, peering.vrf)}/peer-[${peering.remote}]`
}

function domainDn(device: string, vrf: string): string {
  return `${systemDn(device)}/bgp/inst/dom-${vrf}`
}

/** 'topology/pod-1/node-201/sys' of 'apic1/node-201'. */
function systemDn(device: string): string {
  return `topology/pod-1/${device.split('/')[1] ?? device}/sys`
}
