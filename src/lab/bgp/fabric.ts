import type { ApicObject, ApicTree } from '../../model/apic.ts'
import type { KubeObject } from '../../model/kube.ts'
import type { CliTree } from '../../model/nxos.ts'
import type { BgpSession, Route, RouteFamily } from '../nxos/control-plane.ts'
import { aciPeerings } from './aci/peerings.ts'
import { reportedObjects } from './aci/reported.ts'
import { makeHistory } from './history.ts'
import type { Reachable } from './judge.ts'
import { calicoPeerings } from './node/calico-peerings.ts'
import { ciliumPeerings } from './node/cilium-peerings.ts'
import { kubeRouterPeerings } from './node/kube-router-peerings.ts'
import { switchRoutes, switchSessions } from './nxos/control-plane.ts'
import { type OverlaySwitch, readOverlay } from './nxos/overlay.ts'
import { nxosPeerings } from './nxos/peerings.ts'
import { overlayRoutes, type Spine, spinePeerings } from './overlay.ts'
import { type Changing, makeLazy, type Part, partOf } from './part.ts'
import type { Peering } from './peering.ts'
import { type LearntRoute, learntRoutes } from './routes.ts'
import { type Session, sessions } from './session.ts'

export interface FabricInput {
  readonly switches?: readonly (Changing & { running(): CliTree })[]
  readonly apics?: readonly (Changing & { objects(): ApicTree; secret(dn: string): string | undefined })[]
  readonly clusters?: readonly (Changing & { objects(): readonly KubeObject[] })[]
  /** Route reflectors of the EVPN overlay that the switches have as neighbours, without being in the lab themselves. */
  readonly spines?: readonly Spine[]
  /** Overrides what connected subnets say, for faults: a cut link, an isolated leaf. */
  readonly reachable?: Reachable
  /** A line for each session whose state changes, with the reason. */
  readonly log?: (line: string) => void
}

/** BGP of a whole lab: asked by the switches, the APICs and the tests. */
export interface Fabric {
  /** Of a device ('leaf-101', 'apic1/node-201', 'blue/blue-1') and VRF; of all where left out. */
  sessions(device?: string, vrf?: string): readonly Session[]
  routes(device?: string, vrf?: string): readonly LearntRoute[]
  /** The BGP half of a switch's ControlPlane. */
  controlPlane(device: string): {
    bgpSessions(vrf: string): readonly BgpSession[]
    routes(vrf: string, family: RouteFamily): readonly Route[]
  }
  /** For LabApic.setOperational: the same list as long as nothing changed. */
  reported(apic: string): readonly ApicObject[]
  /** Says that something changed; needed only for inputs without onChange. */
  touch(): void
  close(): void
}

interface State {
  readonly peerings: readonly Peering[]
  readonly sessions: readonly Session[]
  readonly routes: readonly LearntRoute[]
}

/** Ties switches, APICs and clusters together. Computes when asked after a change, and shortly after a change for the log. */
export function makeFabric(input: FabricInput): Fabric {
  const history = makeHistory(input.log ?? (() => {}))
  const reports = new Map<string, readonly ApicObject[]>()
  const lazy = makeLazy(() => {
    const state = compute(parts, input)
    history.record(state.sessions)
    reports.clear()
    return state
  })
  const parts = makeParts(input, lazy.touch)
  const all = [...parts.switches, ...parts.others]
  const state = lazy.get
  return {
    sessions: (device, vrf) => state().sessions.filter(each => isAt(each, device, vrf)),
    routes: (device, vrf) => state().routes.filter(each => isAt(each, device, vrf)),
    controlPlane: device => switchPlane(device, { state, since: history.since }),
    reported(apic) {
      const current = state()
      const known = reports.get(apic)
      if (known) return known
      const made = reportedObjects({ apic, ...ofApic(current, apic), since: history.since })
      reports.set(apic, made)
      return made
    },
    touch() {
      for (const part of all) part.forget()
      lazy.touch()
    },
    close() {
      lazy.stop()
      for (const part of all) part.stop()
    },
  }
}

interface Parts {
  readonly switches: readonly Part<{ peerings: Peering[]; overlay: OverlaySwitch | null }>[]
  readonly others: readonly Part<Peering[]>[]
}

function makeParts({ switches = [], apics = [], clusters = [] }: FabricInput, changed: () => void): Parts {
  const readSwitch = (each: (typeof switches)[number]) => {
    const running = each.running()
    return { peerings: nxosPeerings(each.name, running), overlay: readOverlay(each.name, running) }
  }
  const readApic = (each: (typeof apics)[number]) =>
    aciPeerings({ name: each.name, objects: each.objects(), secret: dn => each.secret(dn) })
  const readCluster = (each: (typeof clusters)[number]) => {
    const objects = each.objects()
    return [calicoPeerings, ciliumPeerings, kubeRouterPeerings].flatMap(read => read(each.name, objects))
  }
  return {
    switches: switches.map(each => partOf(each, () => readSwitch(each), changed)),
    others: [
      ...apics.map(each => partOf(each, () => readApic(each), changed)),
      ...clusters.map(each => partOf(each, () => readCluster(each), changed)),
    ],
  }
}

function compute(parts: Parts, { spines = [], reachable }: FabricInput): State {
  const switches = parts.switches.map(part => part.get())
  const leaves = switches.flatMap(each => each.peerings)
  const peerings = [...leaves, ...spinePeerings(spines, leaves), ...parts.others.flatMap(part => part.get())]
  const found = sessions(peerings, reachable)
  const learnt = learntRoutes(found)
  const overlay = switches.flatMap(each => each.overlay ?? [])
  return { peerings, sessions: found, routes: [...learnt, ...overlayRoutes(overlay, found, learnt)] }
}

/** What a switch's `show` commands ask; a route through the overlay is as old as the session that brings it. */
function switchPlane(
  device: string,
  about: { state: () => State; since: (session: Session | undefined) => Date },
): ReturnType<Fabric['controlPlane']> {
  const sessionsOf = (vrf?: string) => about.state().sessions.filter(each => isAt(each, device, vrf))
  const routesOf = (vrf?: string) => about.state().routes.filter(each => isAt(each, device, vrf))
  return {
    bgpSessions(vrf) {
      const overlay = routesOf().filter(each => each.paths[0]?.internal).length
      return switchSessions(sessionsOf(vrf), { since: about.since, overlay })
    },
    routes(vrf, family) {
      const own = sessionsOf()
      const reflected = own.find(each => each.families.includes('evpn'))
      const bringer = (route: LearntRoute) => own.find(each => each.remote === route.paths[0]?.nextHop) ?? reflected
      const localAs = own[0]?.localAs ?? 0
      return switchRoutes(routesOf(vrf), { family, localAs, since: route => about.since(bringer(route)) })
    },
  }
}

function ofApic(state: State, apic: string): State {
  const own = (each: { readonly device: string }) => each.device.startsWith(`${apic}/node-`)
  return {
    peerings: state.peerings.filter(own),
    sessions: state.sessions.filter(own),
    routes: state.routes.filter(own),
  }
}

function isAt(each: { readonly device: string; readonly vrf: string }, device?: string, vrf?: string): boolean {
  return (device === undefined || each.device === device) && (vrf === undefined || each.vrf === vrf)
}
