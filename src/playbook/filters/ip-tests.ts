import type { Operand } from '../python/operand.ts'
import { str } from '../python/text.ts'
import { type Address, isWithin, networkOf, parseAddress, rangeOf } from './address.ts'
import { macDigits } from './mac.ts'

type Test = (of: Operand, args: readonly Operand[]) => boolean

/** An address or a network; one with more than a network's bits, 10.0.0.1/24, is neither. */
function parsed(of: Operand): Address | null {
  const found = parseAddress(str(of))
  return found && (!found.hasPrefix || found.value === networkOf(found)) ? found : null
}

const address =
  (holds: (address: Address) => boolean): Test =>
  of => {
    const found = parsed(of)
    return found !== null && holds(found)
  }
const within = (of: Operand, network: Operand): boolean => {
  const [inner, outer] = [parsed(of), parsed(network)]
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
  ipv4_netmask: of => parseAddress(`0.0.0.0/${str(of)}`) !== null && str(of).includes('.'),
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
  mac: of => macDigits(str(of)) !== null,
}
