import { isTrue } from '../python/compare.ts'
import { isList, isNumber, type Operand, typeName } from '../python/operand.ts'
import { repr, str } from '../python/text.ts'
import {
  type Address,
  addressText,
  isWithin,
  lastOf,
  networkOf,
  networkText,
  parseAddress,
  sizeOf,
  usableRange,
} from './address.ts'
import { argument, listFrom, numberArgument, textArgument } from './argument.ts'
import type { Filter } from './filter.ts'
import { queryAddress } from './ip-query.ts'
import { macFilters } from './mac.ts'

/** For a list: what holds of its entries, the others left out. Throws Error for what is neither text, number nor list. */
function each(of: Operand, answer: (text: string) => Operand): Operand {
  if (isList(of)) return of.map(entry => each(entry, answer)).filter(isTrue)
  if (typeof of !== 'string' && !isNumber(of)) throw new Error(`Unrecognized type ${typeName(of)}`)
  return isTrue(of) && of !== true ? answer(str(of)) : false
}

function required(of: Operand): Address {
  const address = parseAddress(str(of))
  if (!address) throw new Error(`${repr(of)} is not an IP address or network`)
  return address
}

const ipaddr: Filter = (of, call) => each(of, text => queryAddress(text, argument(call, 0, 'query', '')))

const ofVersion =
  (version: 4 | 6): Filter =>
  (of, call) => {
    const query = argument(call, 0, 'query', '')
    return each(of, text => (parseAddress(text)?.version === version ? queryAddress(text, query) : false))
  }

const ipsubnet: Filter = (of, call) => {
  const address = parseAddress(str(of))
  if (!address) return false
  const query = argument(call, 0, 'query', '')
  const index = argument(call, 1, 'index', null)
  if (query === '' || query === null) return networkText(address)
  if (!/^\d+$/.test(str(query))) return placeWithin(address, str(query))
  const prefix = Number(query)
  if (prefix > address.bits) return false
  return sizeOf(address) === 1n || address.value !== networkOf(address)
    ? ofAddress(address, { prefix, index: index === null ? null : Number(index) })
    : ofNetwork(address, { prefix, index: index === null ? null : Number(index) })
}

interface Subnet {
  readonly prefix: number
  readonly index: number | null
}

/** The networks that an address or network is in, from the largest that is asked for. */
function ofAddress(address: Address, { prefix, index }: Subnet): Operand {
  if (sizeOf(address) > 1n) return ofNetwork({ ...address, value: networkOf(address) }, { prefix, index })
  const wanted = prefix + (index ?? 0)
  const place = index !== null && index < 0 ? address.prefix + index : wanted
  return place >= 0 && place <= address.bits ? networkText({ ...address, prefix: place }) : false
}

/** How many networks of that size there are in one, or the one at a place. */
function ofNetwork(network: Address, { prefix, index }: Subnet): Operand {
  if (prefix < network.prefix) {
    if (index === null) throw new Error(`Requested subnet size of ${prefix} is invalid`)
    return false
  }
  const count = 1n << BigInt(prefix - network.prefix)
  if (index === null) return String(count)
  const place = index < 0 ? count + BigInt(index) : BigInt(index)
  if (place < 0n || place >= count) return false
  const step = 1n << BigInt(network.bits - prefix)
  return `${addressText(networkOf(network) + place * step, network.version)}/${prefix}`
}

/** Which of a larger network's subnets this one is, counted from 1. */
function placeWithin(address: Address, outer: string): Operand {
  const network = parseAddress(outer)
  if (!network) throw new Error(`You must pass a valid subnet or IP address; ${outer} is invalid`)
  if (!isWithin(address, network))
    throw new Error(`${networkText(address)} is not in the subnet ${networkText(network)}`)
  return String((networkOf(address) - networkOf(network)) / sizeOf(address) + 1n)
}

const nthhost: Filter = (of, call) => {
  const address = required(of)
  const size = sizeOf(address)
  const wanted = BigInt(numberArgument(call, 0, 'query', 0))
  const place = wanted < 0n ? size + wanted : wanted
  return place >= 0n && place < size ? addressText(networkOf(address) + place, address.version) : false
}

const ipmath: Filter = (of, call) => {
  const address = required(of)
  return addressText(address.value + BigInt(numberArgument(call, 0, 'amount', 0)), address.version)
}

const nthUsable =
  (sign: 1n | -1n): Filter =>
  (of, call) => {
    const address = required(of)
    const [first, last] = usableRange(address)
    const value = address.value + sign * BigInt(numberArgument(call, 0, 'offset', 1))
    return value >= first && value <= last ? addressText(value, address.version) : null
  }

const inUsable: Filter = (of, call) => {
  const network = required(of)
  const test = required(argument(call, 0, 'test', ''))
  const [first, last] = usableRange(network)
  return test.version === network.version && networkOf(test) >= first && lastOf(test) <= last
}

/** Neighbouring networks joined ('merge'), or the one network that spans all ('span'). */
const cidrMerge: Filter = (of, call) => {
  const networks = listFrom(of).map(required)
  if (textArgument(call, 0, 'action', 'merge') === 'span') return networks.length === 0 ? null : span(networks)
  let merged = networks.map(network => ({ ...network, value: networkOf(network) }))
  for (;;) {
    const next = mergeOnce(merged)
    if (next.length === merged.length) return next.map(networkText)
    merged = next
  }
}

function mergeOnce(networks: readonly Address[]): Address[] {
  const sorted = [...networks].sort(
    (a, b) => a.version - b.version || (a.value < b.value ? -1 : a.value > b.value ? 1 : a.prefix - b.prefix),
  )
  const result: Address[] = []
  for (const network of sorted) {
    const before = result.at(-1)
    if (before && isWithin(network, before)) continue
    const parent = before && { ...before, prefix: before.prefix - 1 }
    if (
      before &&
      parent &&
      before.prefix === network.prefix &&
      networkOf(parent) === before.value &&
      isWithin(network, parent)
    )
      result[result.length - 1] = parent
    else result.push(network)
  }
  return result
}

function span(networks: readonly Address[]): string {
  const [first] = networks as [Address]
  let outer = { ...first }
  while (!networks.every(network => isWithin(network, outer))) outer = { ...outer, prefix: outer.prefix - 1 }
  return networkText(outer)
}

const MOST_LISTED = 65_536n

const usableList: Filter = of => {
  const network = required(of)
  if (sizeOf(network) > MOST_LISTED) throw new Error(`${str(of)} has too many addresses to list`)
  const all = Array.from({ length: Number(sizeOf(network)) }, (_, index) =>
    addressText(networkOf(network) + BigInt(index), network.version),
  )
  return { usable_ips: all, number_of_ips: all.length }
}

/** Filters on addresses, as ansible.utils has them. */
export const ipFilters: Record<string, Filter> = {
  ...macFilters,
  ipaddr,
  ipv4: ofVersion(4),
  ipv6: ofVersion(6),
  ip: ipaddr,
  ipsubnet,
  nthhost,
  ipmath,
  cidr_merge: cidrMerge,
  usable_range: usableList,
  next_nth_usable: nthUsable(1n),
  previous_nth_usable: nthUsable(-1n),
  network_in_usable: inUsable,
  network_in_network: (of, call) => isWithin(required(argument(call, 0, 'test', '')), required(of)),
  reduce_on_network: (of, call) => {
    const network = required(argument(call, 0, 'network', ''))
    return (typeof of === 'string' ? [of] : listFrom(of)).filter(entry => isWithin(required(entry), network))
  },
  ipwrap: of => {
    const wrap = (text: string) => (parseAddress(text)?.version === 6 ? queryAddress(text, 'wrap') : text)
    return Array.isArray(of) ? of.map(entry => wrap(str(entry))) : wrap(str(of))
  },
  ip4_hex: (of, call) => {
    const bytes = required(of).value.toString(16).padStart(8, '0').match(/../g) ?? []
    return bytes.join(textArgument(call, 0, 'delimiter'))
  },
}
