import ipaddr from 'ipaddr.js'

export type Family = 'ipv4' | 'ipv6'

/** The family of an address or prefix. Throws TypeError for what is neither. */
export function familyOf(text: string): Family {
  return ipaddr.parse(bare(text)).kind()
}

export function isAddress(text: string | undefined): text is string {
  return text !== undefined && ipaddr.isValid(bare(text))
}

/** '192.0.2.1' of '192.0.2.1/24', in the shortest form that the family has. */
export function hostOf(text: string): string {
  return ipaddr.parse(bare(text)).toString()
}

/** The network of 'address/length': '192.0.2.0/24' of '192.0.2.1/24'; an address alone is its own network. */
export function networkOf(text: string): string {
  const address = ipaddr.parse(bare(text))
  const length = lengthOf(text)
  const bytes = address.toByteArray().map((byte, index) => byte & maskByte(length - index * 8))
  return `${ipaddr.fromByteArray(bytes).toString()}/${length}`
}

/** The prefix length; that of a host where none is written. */
export function lengthOf(text: string): number {
  const written = text.split('/')[1]
  if (written !== undefined) return Number(written)
  return familyOf(text) === 'ipv4' ? 32 : 128
}

/** Does `prefix` cover the address or the (longer) prefix `inner`? */
export function covers(prefix: string, inner: string): boolean {
  if (familyOf(prefix) !== familyOf(inner) || lengthOf(inner) < lengthOf(prefix)) return false
  return networkOf(`${bare(inner)}/${lengthOf(prefix)}`) === networkOf(prefix)
}

/** A prefix longer than one address: a BGP peer of this form is dynamic. */
export function isSubnet(text: string): boolean {
  return text.includes('/') && lengthOf(text) < (familyOf(text) === 'ipv4' ? 32 : 128)
}

/** The nth subnet of `length` within a prefix, from 0; null where the prefix has no more. */
export function nthSubnet(prefix: string, length: number, index: number): string | null {
  const bits = familyOf(prefix) === 'ipv4' ? 32 : 128
  const base = toBigInt(ipaddr.parse(bare(networkOf(prefix))).toByteArray())
  const start = base + (BigInt(index) << BigInt(bits - length))
  const bytes = Array.from({ length: bits / 8 }, (_, at) => Number((start >> BigInt(bits - 8 * (at + 1))) & 255n))
  const subnet = `${ipaddr.fromByteArray(bytes).toString()}/${length}`
  return covers(prefix, subnet) ? subnet : null
}

/** An AS number, plain or asdot ('65000.1'); null where it is neither. */
export function asNumber(value: unknown): number | null {
  const [high = '', low, ...rest] = String(value ?? '').split('.')
  const numeric = (text: string) => /^\d+$/.test(text)
  if (rest.length > 0 || !numeric(high) || (low !== undefined && !numeric(low))) return null
  return low === undefined ? Number(high) : Number(high) * 65_536 + Number(low)
}

function bare(text: string): string {
  return text.split('/')[0] ?? ''
}

function maskByte(bits: number): number {
  if (bits >= 8) return 255
  return bits <= 0 ? 0 : (255 << (8 - bits)) & 255
}

function toBigInt(bytes: readonly number[]): bigint {
  return bytes.reduce((sum, byte) => (sum << 8n) | BigInt(byte), 0n)
}
