import { integer, isNumber, type Operand } from '../python/operand.ts'
import {
  type Address,
  addressText,
  isWithin,
  lastOf,
  networkOf,
  networkText,
  parseAddress,
  rangeOf,
  sizeOf,
  usableRange,
} from './address.ts'

/**
 * What ipaddr(QUERY) answers for one address: false when it is none, null when the query does not hold of it. Throws Error for an unknown
 * query, and for one that only networks can answer.
 */
export function queryAddress(text: string, query: Operand): Operand {
  const address = parseAddress(text)
  if (!address) return false
  const written = /^\d+(\/\d+)?$/.test(text.trim()) ? plainText(address) : text
  if (query === '' || query === null) return plainText(address)
  if (Object.hasOwn(QUERIES, String(query))) return (QUERIES[String(query)] as Query)(address, written)
  if (isNumber(query) || /^-?\d+$/.test(String(query))) return nthInNetwork(address, Number(query))
  const network = parseAddress(String(query))
  if (network) return isWithin(address, network) ? written : null
  throw new Error(`ipaddr has no query "${String(query)}"`)
}

const plainText = (address: Address) =>
  address.hasPrefix ? withPrefix(address, address.value) : shown(address, address.value)

function nthInNetwork(address: Address, index: number): Operand {
  const size = sizeOf(address)
  if (size === 1n) return plainText(address)
  const place = index < 0 ? size + BigInt(index) : BigInt(index)
  return place >= 0n && place < size ? withPrefix(address, networkOf(address) + place) : false
}

type Query = (address: Address, text: string) => Operand

const shown = ({ version }: Address, value: bigint) => addressText(value, version)
const withPrefix = (address: Address, value: bigint) => `${shown(address, value)}/${address.prefix}`
/** /31 and /127 have no broadcast address: both of theirs are for hosts. */
const isNetwork = (address: Address) => sizeOf(address) > 1n && address.value === networkOf(address)
const isHost = (address: Address) => !isNetwork(address) || sizeOf(address) === 2n
const mask = (address: Address) => ((1n << BigInt(address.bits)) - 1n) ^ (sizeOf(address) - 1n)
const hostMask = (address: Address) => sizeOf(address) - 1n
const only =
  (holds: (address: Address) => boolean): Query =>
  (address, text) =>
    holds(address) ? text : null
const ofNetwork =
  (answer: (address: Address) => Operand): Query =>
  address => {
    if (!address.hasPrefix) throw new Error('Not a network address')
    return sizeOf(address) > 1n ? answer(address) : null
  }
const neighbour = (by: bigint) =>
  ofNetwork(of => {
    const [first, last] = usableRange(of)
    const value = of.value + by
    return value >= first && value <= last ? shown(of, value) : null
  })
const ranged = (...names: string[]) => only(address => names.includes(rangeOf(address)))
const address: Query = of => (isHost(of) || of.version === 6 ? shown(of, of.value) : null)
const atHost: Query = of =>
  sizeOf(of) > 2n && (of.value === networkOf(of) || of.value === lastOf(of)) ? false : withPrefix(of, of.value)
const hosts =
  (answer: (address: Address) => string): Query =>
  of =>
    sizeOf(of) > 1n && isHost(of) ? answer(of) : null
const revdns: Query = of => {
  if (of.version === 4) return `${shown(of, of.value).split('.').reverse().join('.')}.in-addr.arpa.`
  return `${[...of.value.toString(16).padStart(32, '0')].reverse().join('.')}.ip6.arpa.`
}
const netmask: Query = of => shown(of, mask(of))
const hostmask: Query = of => shown(of, hostMask(of))
const network: Query = of => shown(of, networkOf(of))
const toFour: Query = (of, text) => {
  if (of.version === 4) return text
  const isMapped = of.value >> 32n === 0xffffn || of.value < 1n << 32n
  return isMapped && of.prefix >= 96 ? `${addressText(of.value & 0xffffffffn, 4)}/${of.prefix - 96}` : false
}
const toSix: Query = (of, text) => (of.version === 6 ? text : `::ffff:${shown(of, of.value)}/${96 + of.prefix}`)
const peer: Query = of => {
  if (!of.hasPrefix) throw new Error('Not a network address')
  if (sizeOf(of) === 2n) return shown(of, of.value ^ 1n)
  if (sizeOf(of) !== 4n) throw new Error('Not a point-to-point network')
  if (of.value === networkOf(of)) throw new Error('Network address of /30 has no peer')
  if (of.value === lastOf(of)) throw new Error('Broadcast address of /30 has no peer')
  return shown(of, of.value ^ 3n)
}
const isLoopback4 = (of: Address) => of.version === 4 && rangeOf(of) === 'loopback'
/** The network that an IPv4 address has in 2002::/16. */
const sixToFour: Query = (of, text) => {
  if (of.version === 6) return of.value >> 112n === 0x2002n ? text : false
  if (isNetwork(of)) return false
  const digits = of.value.toString(16).padStart(8, '0')
  return `2002:${digits.slice(0, 4)}:${digits.slice(4)}::1/48`
}

const QUERIES: Readonly<Record<string, Query>> = {
  '6to4': sixToFour,
  address,
  ip: address,
  'address/prefix': atHost,
  gateway: atHost,
  gw: atHost,
  router: atHost,
  'host/prefix': atHost,
  hostnet: atHost,
  bool: () => true,
  broadcast: of => (sizeOf(of) > 2n ? shown(of, lastOf(of)) : null),
  cidr: of => withPrefix(of, of.value),
  first_usable: ofNetwork(of => shown(of, usableRange(of)[0])),
  last_usable: ofNetwork(of => shown(of, usableRange(of)[1])),
  next_usable: neighbour(1n),
  previous_usable: neighbour(-1n),
  range_usable: ofNetwork(of =>
    usableRange(of)
      .map(value => shown(of, value))
      .join('-'),
  ),
  host: of => (isHost(of) ? withPrefix(of, of.value) : null),
  hostmask,
  wildcard: hostmask,
  int: of => (of.hasPrefix ? `${of.value}/${of.prefix}` : integer(of.value)),
  'ip/prefix': hosts(of => withPrefix(of, of.value)),
  ip_netmask: hosts(of => `${shown(of, of.value)} ${shown(of, mask(of))}`),
  ip_wildcard: of => `${shown(of, of.value)} ${shown(of, hostMask(of))}`,
  network_netmask: of => `${shown(of, networkOf(of))} ${shown(of, mask(of))}`,
  network_wildcard: of => `${shown(of, networkOf(of))} ${shown(of, hostMask(of))}`,
  network,
  network_id: network,
  'network/prefix': networkText,
  subnet: networkText,
  net: of => (isNetwork(of) ? networkText(of) : null),
  netmask,
  prefix: of => of.prefix,
  size: of => integer(sizeOf(of)),
  size_usable: of => integer(sizeOf(of) === 1n ? 0n : sizeOf(of) === 2n ? 2n : sizeOf(of) - 2n),
  type: of => (isNetwork(of) ? 'network' : 'address'),
  version: of => of.version,
  ipv4: toFour,
  v4: toFour,
  ipv6: toSix,
  v6: toSix,
  peer,
  revdns,
  private: only(of => /^(private|uniqueLocal|linkLocal|carrierGradeNat)$/.test(rangeOf(of)) || isLoopback4(of)),
  public: ranged('unicast', 'rfc6145', 'rfc6052', '6to4', 'teredo', 'ipv4Mapped'),
  unicast: only(of => rangeOf(of) !== 'multicast'),
  multicast: ranged('multicast'),
  loopback: ranged('loopback'),
  lo: ranged('loopback'),
  'link-local': ranged('linkLocal'),
  wrap: (of, text) => {
    if (of.version === 4) return text
    return `[${shown(of, of.value)}]${of.hasPrefix ? `/${of.prefix}` : ''}`
  },
}
