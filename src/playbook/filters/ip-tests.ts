import type { Value } from '../../model/value.ts'
import { pythonText } from '../jinja/python.ts'
import { type Address, isWithin, networkOf, parseAddress, rangeOf } from './address.ts'
import { macDigits } from './mac.ts'

type Test = (of: Value, args: readonly Value[]) => boolean

const address =
  (holds: (address: Address) => boolean): Test =>
  of => {
    const parsed = parseAddress(pythonText(of))
    return parsed !== null && holds(parsed)
  }
const within = (of: Value, network: Value): boolean => {
  const [inner, outer] = [parseAddress(pythonText(of)), parseAddress(pythonText(network))]
  return inner !== null && outer !== null && isWithin(inner, outer)
}
const ranged = (name: string): Test => address(each => rangeOf(each) === name)

/** Tests on addresses, as ansible.utils has them. */
export const IP_TESTS: Readonly<Record<string, Test>> = {
  ip: address(() => true),
  ip_address: address(each => !each.hasPrefix),
  ipv4: address(each => each.version === 4),
  ipv6: address(each => each.version === 6),
  ipv4_address: address(each => each.version === 4 && !each.hasPrefix),
  ipv6_address: address(each => each.version === 6 && !each.hasPrefix),
  cidr: address(each => each.hasPrefix),
  ipv4_netmask: of => parseAddress(`0.0.0.0/${pythonText(of)}`) !== null && pythonText(of).includes('.'),
  in_network: (of, [network = '']) => within(of, network),
  subnet_of: (of, [network = '']) => within(of, network),
  supernet_of: (of, [network = '']) => within(network, of),
  in_any_network: (of, [networks = []]) => Array.isArray(networks) && networks.some(network => within(of, network)),
  in_one_network: (of, [networks = []]) => Array.isArray(networks) && networks.some(network => within(of, network)),
  private: address(each => ['private', 'uniqueLocal'].includes(rangeOf(each))),
  public: ranged('unicast'),
  loopback: ranged('loopback'),
  multicast: ranged('multicast'),
  link_local: ranged('linkLocal'),
  unspecified: ranged('unspecified'),
  reserved: ranged('reserved'),
  network: address(each => each.value === networkOf(each)),
  mac: of => macDigits(pythonText(of)) !== null,
}
