import type { CliNode, CliTree } from '../../../model/nxos.ts'
import { type Family, hostOf } from '../address.ts'
import { readInterfaces } from './interfaces.ts'
import { originated } from './originated.ts'

/** What a switch takes part in of the VXLAN EVPN overlay. */
export interface OverlaySwitch {
  readonly device: string
  /** The address of its VTEP. */
  readonly vtep: string
  readonly vrfs: readonly OverlayVrf[]
}

export interface OverlayVrf {
  readonly vrf: string
  readonly vni: number
  /** Families with `advertise l2vpn evpn`. */
  readonly advertises: readonly Family[]
  /** Prefixes that it puts into BGP by itself. */
  readonly originates: readonly string[]
  readonly maximumPaths: Readonly<Record<Family, number>>
}

/** The overlay side of a running-config; null for a switch without a VTEP. */
export function readOverlay(device: string, running: CliTree): OverlaySwitch | null {
  const nve = running.find(node => node.line === 'interface nve1')
  const source = lineOf(nve, /^source-interface (\S+)/)
  const interfaces = readInterfaces(running)
  const vtep = interfaces.find(each => each.name === source?.toLowerCase())?.addresses[0]
  const bgp = running.find(node => /^router bgp \S+$/.test(node.line))
  if (vtep === undefined || !bgp) return null
  const vrfs = running.flatMap(node => {
    const vrf = /^vrf context (\S+)$/.exec(node.line)?.[1]
    const vni = Number(lineOf(node, /^vni (\d+)/) ?? 0)
    const scope = bgp.children.find(child => child.line === `vrf ${vrf}`)
    if (!vrf || !vni || !carries(nve, vni) || !scope) return []
    const advertises = (['ipv4', 'ipv6'] as const).filter(family =>
      lineOf(block(scope, family), /^(advertise l2vpn evpn)$/),
    )
    const paths = (family: Family) => Number(lineOf(block(scope, family), /^maximum-paths ibgp (\d+)$/) ?? 1)
    const originates = originated(running, { node: scope, vrf, interfaces })
    return [{ vrf, vni, advertises, originates, maximumPaths: { ipv4: paths('ipv4'), ipv6: paths('ipv6') } }]
  })
  return { device, vtep: hostOf(vtep), vrfs }
}

/** The VTEP carries the VRF's VNI, and is up. */
function carries(nve: CliNode | undefined, vni: number): boolean {
  const lines = nve?.children.map(child => child.line) ?? []
  return lines.includes('no shutdown') && lines.includes(`member vni ${vni} associate-vrf`)
}

function block(scope: CliNode, family: Family): CliNode | undefined {
  return scope.children.find(child => child.line === `address-family ${family} unicast`)
}

/** The first group of the first line below a node that matches. */
function lineOf(node: CliNode | undefined, pattern: RegExp): string | null {
  return node?.children.flatMap(child => pattern.exec(child.line)?.[1] ?? [])[0] ?? null
}
