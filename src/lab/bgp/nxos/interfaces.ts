import type { CliTree } from '../../../model/nxos.ts'
import { covers, type Family, familyOf, hostOf, isAddress, networkOf } from '../address.ts'

export interface SwitchInterface {
  /** Lower case, as update-source is compared. */
  readonly name: string
  readonly vrf: string
  readonly up: boolean
  /** With prefix lengths, first ones first. */
  readonly addresses: readonly string[]
}

/** The routed interfaces of a running-config. */
export function readInterfaces(running: CliTree): SwitchInterface[] {
  return running.flatMap(node => {
    const name = /^interface (\S+)$/i.exec(node.line)?.[1]?.toLowerCase()
    if (!name) return []
    const lines = node.children.map(child => child.line)
    const addresses = lines.flatMap(line => {
      const address = /^(?:ip|ipv6) address (\S+)/.exec(line)?.[1]
      return isAddress(address) ? [address] : []
    })
    const vrf = lines.flatMap(line => /^vrf member (\S+)/.exec(line)?.[1] ?? [])[0] ?? 'default'
    return addresses.length > 0 ? [{ name, vrf, up: isUp(name, lines), addresses }] : []
  })
}

/** The address that a switch speaks from in a family, or why there is none. */
export function sourceAddress(
  interfaces: readonly SwitchInterface[],
  wanted: { vrf: string; remote: string; source: string | null },
): { local: string; interface: string } | { missing: string } {
  const { vrf, remote, source } = wanted
  const family = familyOf(remote)
  const inVrf = interfaces.filter(each => each.vrf === vrf)
  if (source === null) {
    const near = inVrf.find(each => each.up && each.addresses.some(address => onSubnet(address, remote)))
    const local = near?.addresses.find(address => onSubnet(address, remote))
    return near && local
      ? { local: hostOf(local), interface: near.name }
      : { missing: `has no interface in ${vrf} on the subnet of ${remote}` }
  }
  const found = inVrf.find(each => each.name === source.toLowerCase())
  if (!found) return { missing: `has no ${source} with an address in ${vrf}` }
  if (!found.up) return { missing: `has ${source} shut down` }
  const local = found.addresses.find(address => familyOf(address) === family)
  return local
    ? { local: hostOf(local), interface: source }
    : { missing: `has no ${shown(family)} address on ${source}` }
}

/** The subnets that a switch is connected to in a VRF. */
export function connectedSubnets(interfaces: readonly SwitchInterface[], vrf: string): string[] {
  const up = interfaces.filter(each => each.vrf === vrf && each.up)
  return up.flatMap(each => each.addresses.map(networkOf))
}

/** An SVI starts shut and shows `no shutdown` when it is not; the others are up unless they say `shutdown`. */
function isUp(name: string, lines: readonly string[]): boolean {
  return name.startsWith('vlan') ? lines.includes('no shutdown') : !lines.includes('shutdown')
}

function onSubnet(address: string, remote: string): boolean {
  return covers(networkOf(address), remote)
}

function shown(family: Family): string {
  return family === 'ipv4' ? 'IPv4' : 'IPv6'
}
