import ipaddr from 'ipaddr.js'

/** An address with its prefix length as a number that can be reckoned with. */
export interface Address {
  readonly version: 4 | 6
  readonly bits: 32 | 128
  readonly value: bigint
  readonly prefix: number
  /** False for an address that was written without a prefix length. */
  readonly hasPrefix: boolean
}

/** '10.0.0.1', '10.0.0.0/24', '10.0.0.0/255.255.255.0', '2001:db8::1/64', '3232235777', '10.1'. Null when it is none. */
export function parseAddress(text: string): Address | null {
  const [address = '', length, more] = text.trim().split('/')
  if (more !== undefined || address.includes('%')) return null
  if (/^\d+$/.test(address)) return numbered(BigInt(address), length)
  const written = /^\d+(\.\d+){1,3}$/.test(address) ? completed(address) : address
  if (!ipaddr.IPv4.isValidFourPartDecimal(written) && !ipaddr.IPv6.isValid(written)) return null
  const parsed = ipaddr.parse(written)
  const version = parsed.kind() === 'ipv4' ? 4 : 6
  const bits = version === 4 ? 32 : 128
  const prefix = length === undefined ? bits : prefixOf(length, bits)
  if (prefix === null) return null
  const value = parsed.toByteArray().reduce((sum, byte) => (sum << 8n) | BigInt(byte), 0n)
  return { version, bits, value, prefix, hasPrefix: length !== undefined }
}

/** '10.1' is 10.1.0.0; zeros before a number do not count. */
function completed(address: string): string {
  const parts = address.split('.').map(part => String(Number(part)))
  return [...parts, '0', '0', '0'].slice(0, 4).join('.')
}

/** An address as one number: IPv4 as long as it fits. */
function numbered(value: bigint, length: string | undefined): Address | null {
  const version = value < 1n << 32n ? 4 : 6
  const bits = version === 4 ? 32 : 128
  const prefix = length === undefined ? bits : prefixOf(length, bits)
  if (prefix === null || value >= 1n << 128n) return null
  return { version, bits, value, prefix, hasPrefix: length !== undefined }
}

function prefixOf(text: string, bits: number): number | null {
  if (/^\d+$/.test(text)) return Number(text) <= bits ? Number(text) : null
  if (!ipaddr.IPv4.isValidFourPartDecimal(text)) return null
  const length = ipaddr.IPv4.parse(text).prefixLengthFromSubnetMask()
  return length === null ? null : length
}

/** The text of an address value. */
export function addressText(value: bigint, version: 4 | 6): string {
  const bytes = Array.from({ length: version === 4 ? 4 : 16 }, (_, index) =>
    Number((value >> BigInt(8 * ((version === 4 ? 3 : 15) - index))) & 255n),
  )
  const made = ipaddr.fromByteArray(bytes)
  return version === 6 && (made as ipaddr.IPv6).isIPv4MappedAddress()
    ? `::ffff:${(made as ipaddr.IPv6).toIPv4Address().toString()}`
    : made.kind() === 'ipv6'
      ? (made as ipaddr.IPv6).toRFC5952String()
      : made.toString()
}

/** How many addresses the network has. */
export function sizeOf({ bits, prefix }: Address): bigint {
  return 1n << BigInt(bits - prefix)
}

/** The network's first address. */
export function networkOf(address: Address): bigint {
  return address.value & ~(sizeOf(address) - 1n)
}

export function lastOf(address: Address): bigint {
  return networkOf(address) + sizeOf(address) - 1n
}

/** The network as text: 10.0.0.0/24. */
export function networkText(address: Address): string {
  return `${addressText(networkOf(address), address.version)}/${address.prefix}`
}

/** True when all of `inner` is within `outer`. */
export function isWithin(inner: Address, outer: Address): boolean {
  return inner.version === outer.version && networkOf(inner) >= networkOf(outer) && lastOf(inner) <= lastOf(outer)
}

/** The first and last address that a host may have. Both are usable in /31, /32, /127 and /128. */
export function usableRange(address: Address): readonly [bigint, bigint] {
  if (sizeOf(address) <= 2n) return [networkOf(address), lastOf(address)]
  return [networkOf(address) + 1n, address.version === 4 ? lastOf(address) - 1n : lastOf(address)]
}

/** 'private', 'loopback', 'linkLocal', 'multicast', 'unicast' … */
export function rangeOf(address: Address): string {
  return ipaddr.parse(addressText(address.value, address.version)).range()
}
