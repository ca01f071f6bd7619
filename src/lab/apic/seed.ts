import type { ApicObject } from '../../model/apic.ts'
import { classOf } from './resolve.ts'

/** The leaves of a fabric of two racks. */
export const defaultLeaves: readonly number[] = [201, 202, 203, 204]

/** What is there before anybody configures anything. */
export function seedObjects(fabric: { leaves: readonly number[]; fabricAs: number | undefined }): ApicObject[] {
  const asn = fabric.fabricAs === undefined ? [] : [{ asn: String(fabric.fabricAs) }]
  return [
    object('polUni', 'uni'),
    object('infraInfra', 'uni/infra'),
    object('infraFuncP', 'uni/infra/funcprof'),
    object('fabricInst', 'uni/fabric'),
    object('fabricFuncP', 'uni/fabric/funcprof'),
    object('bgpInstPol', 'uni/fabric/bgpInstP-default', { name: 'default' }),
    ...asn.map(each => object('bgpAsP', 'uni/fabric/bgpInstP-default/as', each)),
    object('bgpRRP', 'uni/fabric/bgpInstP-default/rr'),
    ...['common', 'infra', 'mgmt'].map(name => object('fvTenant', `uni/tn-${name}`, { name })),
    object('fvCtx', 'uni/tn-common/ctx-default', { name: 'default' }),
    object('vzBrCP', 'uni/tn-common/brc-default', { name: 'default' }),
    object('vzFilter', 'uni/tn-common/flt-default', { name: 'default' }),
    object('fabricTopology', 'topology'),
    object('fabricPod', 'topology/pod-1', { id: '1' }),
    ...node({ id: 1, name: 'apic1', role: 'controller', model: 'APIC-SERVER-L3' }),
    ...fabric.leaves.flatMap(id => node({ id, name: `leaf-${id}`, role: 'leaf', model: 'N9K-C93180YC-FX' })),
  ]
}

function node(about: { id: number; name: string; role: string; model: string }): ApicObject[] {
  const { id, name, role, model } = about
  const dn = `topology/pod-1/node-${id}`
  const address = `10.0.${Math.floor(id / 200)}.${id % 200}`
  const state = role === 'leaf' ? 'active' : 'unknown'
  return [
    object('fabricNode', dn, { id: String(id), name, role, model, address, serial: `WEFT${id}`, fabricSt: state }),
    object('topSystem', `${dn}/sys`, { id: String(id), name, role, address }),
  ]
}

function object(name: string, dn: string, attributes: Record<string, string> = {}): ApicObject {
  const fallbacks = Object.entries(classOf(name).properties).map(([key, rule]) => [key, rule.fallback] as const)
  const system = { uid: '0', modTs: '2026-01-01T00:00:00.000+00:00' }
  return { dn, class: name, attributes: { ...Object.fromEntries(fallbacks), ...system, ...attributes } }
}
