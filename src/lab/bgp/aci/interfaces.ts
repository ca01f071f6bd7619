import type { ApicObject } from '../../../model/apic.ts'
import { isAddress, isSubnet, networkOf } from '../address.ts'
import { attribute, type Configuration } from './tree.ts'

/** An interface of an L3Out on one leaf: the floating SVI of an anchor node, or a static path. */
export interface LeafInterface {
  readonly leaf: number
  /** The object that the BGP peers stand below. */
  readonly dn: string
  /** Primary address with its length. */
  readonly address: string
  readonly secondary: readonly string[]
  /** 'vlan-310', 'eth1/1'. */
  readonly name: string
}

/** The interfaces below a node profile, on leaves that the profile has. */
export function leafInterfaces(configuration: Configuration, nodeProfile: string): LeafInterface[] {
  const leaves = new Set(profileLeaves(configuration, nodeProfile).map(each => each.leaf))
  const found = configuration
    .below(nodeProfile, 'l3extLIfP')
    .flatMap(profile => [
      ...configuration.below(profile.dn, 'l3extVirtualLIfP').map(each => floating(configuration, each)),
      ...configuration.below(profile.dn, 'l3extRsPathL3OutAtt').flatMap(each => paths(configuration, each)),
    ])
  return found.filter(each => leaves.has(each.leaf) && isAddress(each.address) && isSubnet(each.address))
}

/** The leaves of a node profile with the loopback that each speaks from, if it has one. */
export function profileLeaves(
  configuration: Configuration,
  nodeProfile: string,
): { leaf: number; loopback: string | null }[] {
  return configuration.below(nodeProfile, 'l3extRsNodeL3OutAtt').flatMap(attached => {
    const leaf = /^topology\/pod-\d+\/node-(\d+)$/.exec(attribute(attached, 'tDn'))?.[1]
    if (!leaf) return []
    const [own] = configuration.below(attached.dn, 'l3extLoopBackIfP')
    const routerId = attribute(attached, 'rtrIdLoopBack') === 'yes' ? attribute(attached, 'rtrId') : ''
    const loopback = attribute(own, 'addr') || routerId
    return [{ leaf: Number(leaf), loopback: isAddress(loopback) ? loopback : null }]
  })
}

/** The networks of an interface. */
export function networksOf(each: LeafInterface): string[] {
  return [each.address, ...each.secondary].map(networkOf)
}

function floating(configuration: Configuration, object: ApicObject): LeafInterface {
  return {
    leaf: Number(/node-(\d+)$/.exec(attribute(object, 'nodeDn'))?.[1] ?? 0),
    dn: object.dn,
    address: attribute(object, 'addr'),
    secondary: secondaries(configuration, object.dn),
    name: attribute(object, 'encap'),
  }
}

/** A path is on one leaf, or, through a vPC, on two with an address for each side. */
function paths(configuration: Configuration, object: ApicObject): LeafInterface[] {
  const [, first, second, port = ''] = /paths-(\d+)(?:-(\d+))?\/pathep-\[(.+)\]$/.exec(attribute(object, 'tDn')) ?? []
  const svi = attribute(object, 'ifInstT') === 'ext-svi'
  const about = { dn: object.dn, name: svi ? attribute(object, 'encap') : port }
  if (!first) return []
  if (!second) {
    const secondary = secondaries(configuration, object.dn)
    return [{ ...about, leaf: Number(first), address: attribute(object, 'addr'), secondary }]
  }
  return configuration.below(object.dn, 'l3extMember').map(member => ({
    ...about,
    leaf: Number(attribute(member, 'side') === 'B' ? second : first),
    address: attribute(member, 'addr'),
    secondary: secondaries(configuration, member.dn),
  }))
}

function secondaries(configuration: Configuration, dn: string): string[] {
  return configuration
    .below(dn, 'l3extIp')
    .map(each => attribute(each, 'addr'))
    .filter(isAddress)
}
