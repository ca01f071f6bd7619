import type { Value } from '../../model/value.ts'
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

/** What ipaddr(QUERY) answers for one address; false when the address is not of that kind. Throws Error for an unknown query. */
export function queryAddress(text: string, query: Value): Value {
  const address = parseAddress(text)
  if (!address) return false
  if (query === '' || query === null) return text
  if (typeof query === 'number' || /^-?\d+$/.test(String(query))) return nthInNetwork(address, Number(query))
  const network = parseAddress(String(query))
  if (network) return isWithin(address, network) ? text : false
  const answer = Object.hasOwn(QUERIES, String(query)) ? QUERIES[String(query)] : undefined
  if (!answer) throw new Error(`ipaddr has no query "${String(query)}"`)
  return answer(address, text)
}

function nthInNetwork(address: Address, index: number): Value {
  const size = sizeOf(address)
  const place = index < 0 ? size + BigInt(index) : BigInt(index)
  return place >= 0n && place < size ? `${shown(address, networkOf(address) + place)}/${address.prefix}` : false
}

type Query = (address: Address, text: string) => Value

const shown = ({ version }: Address, value: bigint) => addressText(value, version)
const withPrefix = (address: Address, value: bigint) => `${shown(address, value)}/${address.prefix}`
const isHost = (address: Address) => sizeOf(address) === 1n || address.value !== networkOf(address)
const isNetwork = (address: Address) => sizeOf(address) > 1n && address.value === networkOf(address)
const mask = (address: Address) => ((1n << BigInt(address.bits)) - 1n) ^ (sizeOf(address) - 1n)
const asNumber = (value: bigint): Value => (value <= BigInt(Number.MAX_SAFE_INTEGER) ? Number(value) : String(value))
const only =
  (holds: (address: Address) => boolean): Query =>
  (address, text) =>
    holds(address) ? text : false
const usable =
  (pick: (address: Address, range: readonly [bigint, bigint]) => bigint | null): Query =>
  address => {
    if (sizeOf(address) === 1n) return false
    const value = pick(address, usableRange(address))
    return value === null ? false : shown(address, value)
  }
const version = (wanted: 4 | 6) => only(address => address.version === wanted)
const ranged = (...names: string[]) => only(address => names.includes(rangeOf(address)))
const address: Query = of =>
  isNetwork(of) && of.hasPrefix ? (sizeOf(of) > 2n ? false : shown(of, of.value)) : shown(of, of.value)
const revdns: Query = of => {
  if (of.version === 4) return `${shown(of, of.value).split('.').reverse().join('.')}.in-addr.arpa.`
  return `${[...of.value.toString(16).padStart(32, '0')].reverse().join('.')}.ip6.arpa.`
}
const netmask: Query = of => shown(of, mask(of))
const hostmask: Query = of => shown(of, sizeOf(of) - 1n)
const toSix: Query = of =>
  of.version === 6 ? withPrefix(of, of.value) : `::ffff:${shown(of, of.value)}/${96 + of.prefix}`
const peer: Query = of => {
  if (sizeOf(of) === 2n) return shown(of, of.value ^ 1n)
  if (sizeOf(of) !== 4n || of.value === networkOf(of) || of.value === lastOf(of)) return false
  return shown(of, of.value === networkOf(of) + 1n ? of.value + 1n : of.value - 1n)
}

const QUERIES: Readonly<Record<string, Query>> = {
  address,
  ip: address,
  bool: () => true,
  broadcast: of => (sizeOf(of) > 2n ? shown(of, lastOf(of)) : false),
  cidr: (of, text) => (of.hasPrefix ? text : withPrefix(of, of.value)),
  'cidr/host': of => withPrefix(of, of.value),
  first_usable: usable((_, [first]) => first),
  last_usable: usable((_, [, last]) => last),
  next_usable: usable((of, [, last]) => (of.value < last ? of.value + 1n : null)),
  previous_usable: usable((of, [first]) => (of.value > first ? of.value - 1n : null)),
  gateway: of => (isHost(of) && of.hasPrefix ? withPrefix(of, of.value) : false),
  gw: of => (isHost(of) && of.hasPrefix ? withPrefix(of, of.value) : false),
  host: of => (isHost(of) ? withPrefix(of, of.value) : false),
  'host/prefix': of => (isHost(of) ? withPrefix(of, of.value) : false),
  'address/prefix': of => (isHost(of) || sizeOf(of) <= 2n ? withPrefix(of, of.value) : false),
  'ip/prefix': of => (isHost(of) || sizeOf(of) <= 2n ? withPrefix(of, of.value) : false),
  hostmask,
  wildcard: hostmask,
  ip_netmask: of => `${shown(of, of.value)} ${netmask(of, '')}`,
  ip_wildcard: of => `${shown(of, of.value)} ${hostmask(of, '')}`,
  network_netmask: of => `${shown(of, networkOf(of))} ${netmask(of, '')}`,
  network_wildcard: of => `${shown(of, networkOf(of))} ${hostmask(of, '')}`,
  network: of => shown(of, networkOf(of)),
  network_id: of => shown(of, networkOf(of)),
  'network/prefix': networkText,
  subnet: networkText,
  net: of => (isNetwork(of) ? networkText(of) : false),
  netmask,
  int: of => (of.hasPrefix ? `${of.value}/${of.prefix}` : asNumber(of.value)),
  prefix: of => of.prefix,
  range_usable: of =>
    sizeOf(of) === 1n
      ? false
      : usableRange(of)
          .map(value => shown(of, value))
          .join('-'),
  size: of => asNumber(sizeOf(of)),
  size_usable: of => asNumber(sizeOf(of) === 1n ? 0n : usableRange(of)[1] - usableRange(of)[0] + 1n),
  type: of => (isNetwork(of) ? 'network' : 'address'),
  version: of => of.version,
  ipv4: (of, text) =>
    of.version === 4
      ? text
      : of.value >> 32n === 0xffffn
        ? shown({ ...of, version: 4 }, of.value & 0xffffffffn)
        : false,
  v4: version(4),
  ipv6: toSix,
  v6: version(6),
  '4': version(4),
  '6': version(6),
  peer,
  revdns,
  private: ranged('private', 'uniqueLocal'),
  public: ranged('unicast'),
  unicast: only(of => rangeOf(of) !== 'multicast'),
  multicast: ranged('multicast'),
  loopback: ranged('loopback'),
  lo: ranged('loopback'),
  'link-local': ranged('linkLocal'),
  lla: ranged('linkLocal'),
  wrap: of =>
    of.version === 6
      ? `[${shown(of, of.value)}]${of.hasPrefix ? `/${of.prefix}` : ''}`
      : of.hasPrefix
        ? withPrefix(of, of.value)
        : shown(of, of.value),
}
