import { remembered } from '../../model/remembered.ts'

/** What kind of context a list of parent lines is: the tables of lines are per kind. */
export type ContextKind =
  | 'global'
  | 'svi'
  | 'loopback'
  | 'port'
  | 'nve'
  | 'nve-vni'
  | 'vlan'
  | 'vrf'
  | 'vrf-af'
  | 'bgp'
  | 'bgp-af'
  | 'peer'
  | 'peer-af'
  | 'igp'
  | 'route-map'
  | 'acl'
  | 'vpc'
  | 'line'
  | 'other'

const KINDS: readonly (readonly [path: RegExp, kind: ContextKind])[] = [
  [/^$/, 'global'],
  [/^interface Vlan\d+$/, 'svi'],
  [/^interface loopback\d+$/, 'loopback'],
  [/^interface nve\d+$/, 'nve'],
  [/^interface nve\d+\nmember vni [^\n]+$/, 'nve-vni'],
  [/^interface [^\n]+$/, 'port'],
  [/^vlan [^\n]+$/, 'vlan'],
  [/^vrf context [^\n]+$/, 'vrf'],
  [/^vrf context [^\n]+\naddress-family [^\n]+$/, 'vrf-af'],
  [/^evpn\nvni [^\n]+$/, 'vrf-af'],
  [/^router bgp [^\n]+(\nvrf [^\n]+)?$/, 'bgp'],
  [/^router bgp [^\n]+(\nvrf [^\n]+)?\naddress-family [^\n]+$/, 'bgp-af'],
  [/^router bgp [^\n]+(\nvrf [^\n]+)?\n(neighbor|template peer|template peer-session) [^\n]+$/, 'peer'],
  [/^router bgp [^\n]+(\nvrf [^\n]+)?\n(neighbor|template peer) [^\n]+\naddress-family [^\n]+$/, 'peer-af'],
  [/^router bgp [^\n]+\ntemplate peer-policy [^\n]+$/, 'peer-af'],
  [/^router (ospf|ospfv3|isis|eigrp|rip) /, 'igp'],
  [/^route-map [^\n]+$/, 'route-map'],
  [/^ip(v6)? access-list [^\n]+$/, 'acl'],
  [/^vpc domain [^\n]+$/, 'vpc'],
  [/^line [^\n]+$/, 'line'],
]

const known = new WeakMap<readonly string[], ContextKind>()

/** The kind of the context that canonical parent lines lead to. */
export function contextKind(parents: readonly string[]): ContextKind {
  const before = known.get(parents)
  if (before) return before
  const kind = kindOfPath(parents.join('\n'))
  known.set(parents, kind)
  return kind
}

const kindOfPath = remembered(path => KINDS.find(([pattern]) => pattern.test(path))?.[1] ?? 'other')
