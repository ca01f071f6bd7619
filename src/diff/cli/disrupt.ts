import type { Managed } from '../../model/managed.ts'
import type { CliBranch } from '../../model/nxos.ts'
import { type ContextKind, contextKind } from './context.ts'
import { cliKey } from './key.ts'

type Action = 'set' | 'replace' | 'remove'
interface Disruptive {
  readonly kinds: readonly ContextKind[] | 'any'
  readonly key: RegExp
  readonly actions: readonly Action[]
  readonly why: string
}

/** Lines that traffic or sessions notice. `set`: there was nothing; `replace`: another value; `remove`: it goes. */
const DISRUPTIVE: readonly Disruptive[] = [
  {
    kinds: ['peer'],
    key: /^(remote-as|local-as|update-source|ebgp-multihop|password|inherit peer|inherit peer-session|timers|ttl-security hops)$/,
    actions: ['replace', 'remove'],
    why: 'resets the BGP sessions of the peer',
  },
  { kinds: ['peer'], key: /^shutdown$/, actions: ['set'], why: 'closes the BGP sessions of the peer' },
  { kinds: ['peer'], key: /^password$/, actions: ['set'], why: 'resets the BGP sessions of the peer' },
  { kinds: ['peer'], key: /^address-family /, actions: ['remove'], why: 'resets the BGP sessions of the peer' },
  { kinds: ['bgp'], key: /^(neighbor|template peer) /, actions: ['remove'], why: 'ends the BGP sessions of the peer' },
  {
    kinds: ['bgp'],
    key: /^(router-id|local-as|cluster-id)$/,
    actions: ['replace', 'remove'],
    why: 'resets all BGP sessions of the VRF',
  },
  { kinds: ['bgp'], key: /^(vrf|address-family) /, actions: ['remove'], why: 'ends the BGP sessions in it' },
  { kinds: ['bgp', 'igp'], key: /^shutdown$/, actions: ['set'], why: 'stops the routing process' },
  {
    kinds: ['peer-af'],
    key: /^(route-map|prefix-list) (in|out)$/,
    actions: ['replace', 'remove'],
    why: 'changes which routes are exchanged',
  },
  {
    kinds: ['svi', 'port', 'loopback', 'nve'],
    key: /^shutdown$/,
    actions: ['set', 'replace'],
    why: 'takes the interface down',
  },
  {
    kinds: ['svi', 'port', 'loopback'],
    key: /^vrf member$/,
    actions: ['set', 'replace', 'remove'],
    why: 'takes the addresses of the interface away',
  },
  {
    kinds: ['svi', 'port', 'loopback'],
    key: /^ip address/,
    actions: ['replace', 'remove'],
    why: 'changes the address of the interface',
  },
  {
    kinds: ['svi', 'port', 'loopback'],
    key: /^ipv6 address/,
    actions: ['remove'],
    why: 'takes an address of the interface away',
  },
  {
    kinds: ['port'],
    key: /^(mtu|speed|duplex|channel-group|switchport|switchport (mode|access vlan|trunk .*))$/,
    actions: ['replace', 'remove'],
    why: 'interrupts traffic of the interface',
  },
  {
    kinds: ['nve'],
    key: /^(source-interface|member vni .*)$/,
    actions: ['replace', 'remove'],
    why: 'interrupts VXLAN traffic',
  },
  {
    kinds: ['global'],
    key: /^(interface|router|vrf context|vpc domain|vlan|feature|nv overlay) ?/,
    actions: ['remove'],
    why: 'removes the whole of it',
  },
  {
    kinds: ['vlan'],
    key: /^vn-segment$/,
    actions: ['replace', 'remove'],
    why: 'interrupts the VLAN across the fabric',
  },
  { kinds: ['vrf'], key: /^(vni|rd)$/, actions: ['replace', 'remove'], why: 'interrupts the VRF across the fabric' },
  {
    kinds: ['vpc'],
    key: /.*/,
    actions: ['replace', 'remove'],
    why: 'a difference between the vPC peers suspends ports',
  },
  {
    kinds: ['route-map', 'acl'],
    key: /.*/,
    actions: ['replace', 'remove'],
    why: 'changes what the policy lets through',
  },
]

/** Why traffic may notice a change, or undefined. */
export function disruption(change: Managed<CliBranch>): string | undefined {
  const value = change.after ?? change.before
  if (!value) return undefined
  const kind = contextKind(value.parents)
  const key = cliKey(value.parents, value.line)
  const action = actionOf(change)
  return DISRUPTIVE.find(
    entry =>
      (entry.kinds === 'any' || entry.kinds.includes(kind)) && entry.key.test(key) && entry.actions.includes(action),
  )?.why
}

function actionOf({ before, after }: Managed<CliBranch>): Action {
  if (!after) return before?.line.startsWith('no ') ? 'set' : 'remove'
  if (after.line.startsWith('no ')) return 'remove'
  return before === null ? 'set' : 'replace'
}
