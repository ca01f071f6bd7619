import ipaddr from 'ipaddr.js'

/**
 * Distinguished names of the APIC. A name inside brackets may hold slashes and brackets of its own
 * (rspathL3OutAtt-[topology/pod-1/paths-101/pathep-[eth1/1]]), so a dn is split only outside of them.
 */

/** The relative names of a dn: 'uni/tn-a/BD-b' → ['uni', 'tn-a', 'BD-b']. */
export function splitDn(dn: string): string[] {
  const names: string[] = []
  let depth = 0
  let start = 0
  for (let index = 0; index < dn.length; index++) {
    const character = dn[index]
    if (character === '[') depth++
    else if (character === ']') depth--
    else if (character === '/' && depth === 0) {
      names.push(dn.slice(start, index))
      start = index + 1
    }
  }
  if (start < dn.length) names.push(dn.slice(start))
  return names
}

/** The dn above, '' for the topmost. */
export function parentDn(dn: string): string {
  const last = lastRn(dn)
  return dn.length > last.length ? dn.slice(0, dn.length - last.length - 1) : ''
}

/** The last relative name. */
export function lastRn(dn: string): string {
  return splitDn(dn).at(-1) ?? ''
}

/** True for the dn itself and for everything below it. */
export function isWithin(dn: string, root: string): boolean {
  return dn === root || root === '' || (dn.startsWith(root) && dn[root.length] === '/')
}

/** The deepest dn that all of them lie within. */
export function commonDn(dns: readonly string[]): string {
  const [first = [], ...others] = dns.map(splitDn)
  const differs = first.findIndex((name, index) => others.some(other => other[index] !== name))
  return (differs === -1 ? first : first.slice(0, differs)).join('/')
}

/** Ancestors before descendants; otherwise the given order is kept. */
export function byDepth<T extends { readonly dn: string }>(objects: readonly T[]): T[] {
  return [...objects].sort((a, b) => splitDn(a.dn).length - splitDn(b.dn).length)
}

/** A dn with its IPv6 addresses in one spelling, the one that the APIC gives: 'dest-[2001:DB8:0::/48]' → 'dest-[2001:db8::/48]'. */
export function canonicalDn(dn: string): string {
  return dn.replace(
    /\[([0-9a-fA-F]*:[0-9a-fA-F:.]*(?:\/\d+)?)\]/g,
    (_, address: string) => `[${canonicalAddress(address)}]`,
  )
}

/** An IPv6 address or prefix in one spelling; any other text as it is. */
export function canonicalAddress(text: string): string {
  const [, address = '', length = ''] = /^([0-9a-fA-F]*:[0-9a-fA-F:.]*)(\/\d+)?$/.exec(text) ?? []
  return ipaddr.IPv6.isValid(address) ? `${ipaddr.IPv6.parse(address).toString()}${length}` : text
}
