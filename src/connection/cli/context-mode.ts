/** Which prompt proves that a line has opened its context. */
interface Opener {
  /** The last of the contexts around the line; absent = any, null = none. */
  readonly inside?: RegExp | null
  readonly line: RegExp
  readonly mode: RegExp
}

/**
 * The lines that open a context, and the mode that their prompt then shows. Where releases differ (7.0(3)I7 to 10.6) the pattern takes each.
 * A line that is not here opens one only where a later line is inside it.
 */
const OPENERS: readonly Opener[] = [
  { inside: null, line: /^interface /, mode: /^config-(if|subif|.*-if)/ },
  { inside: null, line: /^vlan [\d,-]+$/, mode: /^config-vlan/ },
  { inside: null, line: /^vlan configuration /, mode: /^config-vlan-config/ },
  { inside: null, line: /^vrf context /, mode: /^config-vrf/ },
  { inside: null, line: /^route-map /, mode: /^config-route-map/ },
  { inside: null, line: /^ip(v6)? access-list /, mode: /^config-(ipv6-)?acl/ },
  { inside: null, line: /^vpc domain /, mode: /^config-vpc/ },
  { inside: null, line: /^router /, mode: /^config-router$/ },
  { inside: null, line: /^line /, mode: /^config-(line|console|.*line)/ },
  { inside: null, line: /^evpn$/, mode: /^config-evpn/ },
  { inside: null, line: /^class-map /, mode: /^config-cmap/ },
  { inside: null, line: /^policy-map /, mode: /^config-pmap/ },
  { inside: null, line: /^key chain /, mode: /^config-keychain/ },
  {
    inside: null,
    line: /^(aaa group server|control-plane|spanning-tree mst configuration|object-group)/,
    mode: /^config-/,
  },
  { inside: /^router /, line: /^vrf /, mode: /^config-router-vrf$/ },
  { inside: /^router /, line: /^address-family /, mode: /^config-router-.*af/ },
  {
    inside: /^router bgp /,
    line: /^(neighbor|template peer|template peer-session) \S+$/,
    mode: /^config-router-(neighbor|.*peer|stmp)/,
  },
  { inside: /^router bgp /, line: /^template peer-policy /, mode: /^config-router-/ },
  { inside: /^vrf (?!context)/, line: /^neighbor \S+$/, mode: /^config-router-vrf-neighbor$/ },
  { inside: /^vrf (?!context)/, line: /^address-family /, mode: /^config-router-vrf-.*af/ },
  {
    inside: /^(neighbor|template peer) /,
    line: /^address-family /,
    mode: /^config-router-.*(neighbor|peer|stmp|ptmp).*af/,
  },
  { inside: /^vrf context /, line: /^address-family /, mode: /^config-vrf-af/ },
  { inside: /^interface nve/, line: /^member vni /, mode: /^config-if-nve-vni/ },
  { inside: /^interface /, line: /^hsrp \d+/, mode: /^config-if-hsrp/ },
  { inside: /^evpn$/, line: /^vni /, mode: /^config-evpn-e?v/ },
  { inside: /^policy-map /, line: /^class /, mode: /^config-pmap-c/ },
  { inside: /^key chain /, line: /^key \d+/, mode: /^config-keychainkey/ },
]

/** True when a line is known to open a context below `parents`. */
export function opensContext(parents: readonly string[], line: string): boolean {
  return openerOf(parents, line) !== undefined
}

/**
 * True when a prompt's mode proves that the line opened its context: the mode of the table, or, for a line that the table
 * does not have, any configuration mode but the one that the line was typed in.
 */
export function provesContext(opened: {
  parents: readonly string[]
  line: string
  before: string
  mode: string
}): boolean {
  const opener = openerOf(opened.parents, opened.line)
  if (opener) return opener.mode.test(opened.mode)
  return opened.mode.startsWith('conf') && opened.mode !== 'config' && opened.mode !== opened.before
}

function openerOf(parents: readonly string[], line: string): Opener | undefined {
  const around = parents.at(-1)
  return OPENERS.find(
    ({ inside, line: pattern }) =>
      pattern.test(line) &&
      (inside === undefined || (inside === null ? around === undefined : around !== undefined && inside.test(around))),
  )
}
