import ipaddr from 'ipaddr.js'
import type { CliLine } from '../../model/nxos.ts'
import { remembered } from '../../model/remembered.ts'
import { interfaceLines, vlansOf, vlanText } from './vlans.ts'

/**
 * A line as running-config spells it: short forms spelled out, interface names in full, masks as prefix lengths, IPv6 in
 * lower case and compressed, single blanks. Free text (descriptions, passwords, banners) stays as it is.
 */
export const canonicalLine: (raw: string) => string = remembered(spelledAsShown)

function spelledAsShown(raw: string): string {
  const trimmed = raw.trim()
  const negative = /^(no|default) +/i.exec(trimmed)
  if (negative) return `${negative[1]?.toLowerCase()} ${spelledAsShown(trimmed.slice(negative[0].length))}`
  // The first word is always a keyword, and NX-OS takes keywords in any case.
  const spelled = spellOut(trimmed).replace(/^[A-Z]\S*/, word => word.toLowerCase())
  if (FREE_TEXT.test(spelled)) return spelled.replace(/^(\S+) +/, '$1 ')
  return withVlans(withAddresses(withInterfaces(spelled.replace(/\s+/g, ' '))))
}

/**
 * A line in its contexts in canonical form. A one-line `neighbor X remote-as Y` (N7K 6.x, and short typing) becomes the
 * `remote-as Y` within `neighbor X`, as 7.0(3) and later show it.
 */
export function canonicalCliLine(line: CliLine): CliLine {
  const known = canonical.get(line)
  if (known) return known
  const found = makeCanonical(line)
  canonical.set(line, found)
  return found
}

const canonical = new WeakMap<CliLine, CliLine>()

function makeCanonical(line: CliLine): CliLine {
  const parents = line.parents.map(canonicalLine)
  const text = canonicalLine(line.line)
  const oneLine = parents.some(parent => parent.startsWith('router bgp ')) ? ONE_LINE_PEER.exec(text) : null
  if (!oneLine?.[2]) return { parents, line: text }
  return { parents: [...parents, oneLine[1] ?? ''], line: oneLine[2] }
}

/** `neighbor 10.0.0.1 remote-as 65001` and the like: the peer, and the line that belongs inside it. */
export const ONE_LINE_PEER = /^(neighbor \S+) ((?:remote-as|inherit peer|description|update-source|password) .+)$/

/** An interface's name in full: `eth1/1`, `Vlan 3001`, `lo0`, `po10`. Unknown kinds come back as they are. */
export function interfaceName(text: string): string {
  const found = /^([a-z-]+) ?(\d[\d/.,-]*)$/i.exec(text)
  const word = found?.[1]?.toLowerCase()
  if (!found || !word) return text
  const name = INTERFACE_KINDS.find(([full, least]) => word.length >= least && full.toLowerCase().startsWith(word))
  return name ? `${name[0]}${found[2]}` : text
}

/** Full name, and how many letters are enough. */
const INTERFACE_KINDS: readonly (readonly [string, number])[] = [
  ['Ethernet', 1],
  ['port-channel', 2],
  ['Vlan', 2],
  ['loopback', 2],
  ['mgmt', 1],
  ['nve', 1],
  ['Tunnel', 2],
]

const FREE_TEXT =
  /^(description|banner|password|name|snmp-server (contact|location|community|user)|username|key-string|remark|\d+ remark|cli alias)( |$)/

/** Short forms that people type; only those that mean one thing wherever they stand. */
const SHORT_FORMS: readonly (readonly [RegExp, string])[] = [
  [/^int(e|er|erf|erfa|erfac)? +(?=\S)/i, 'interface '],
  [/^desc(r|ri|rip|ript|ripti|riptio)? +(?=\S)/i, 'description '],
  [/^desc$/i, 'description'],
  [/^shut(d|do|dow)?$/i, 'shutdown'],
  [/^nei(g|gh|ghb|ghbo)? +(?=\S)/i, 'neighbor '],
  [/^(ip|ipv6) +addr?(e|es|ess)?(?= |$)/i, '$1 address'],
  [/^sw(i|it|itc|itch|itchp|itchpo|itchpor)? +mo(d|de)? +tr(u|un|unk)?$/i, 'switchport mode trunk'],
  [/^sw(i|it|itc|itch|itchp|itchpo|itchpor)? +mo(d|de)? +ac(c|ce|ces|cess)?$/i, 'switchport mode access'],
  [/^sw(i|it|itc|itch|itchp|itchpo|itchpor)? +ac(c|ce|ces|cess)? +vl(a|an)? +/i, 'switchport access vlan '],
  [/^sw(i|it|itc|itch|itchp|itchpo|itchpor)?$/i, 'switchport'],
  [/^vrf +mem(b|be)? +/i, 'vrf member '],
  [/^vrf +con(t|te|tex)? +/i, 'vrf context '],
  [/^feat(u|ur)? +/i, 'feature '],
]

/** What most lines begin with; none of the short forms is about them. */
const SPELLED_OUT =
  /^(interface|description|neighbor|feature|switchport|shutdown|vrf (member|context)|ip(v6)? address)( |$)/

function spellOut(line: string): string {
  if (SPELLED_OUT.test(line) || !/^[dfinsv]/i.test(line)) return line
  for (const [short, full] of SHORT_FORMS) {
    if (short.test(line)) return line.replace(short, full)
  }
  return line
}

const INTERFACE_ARGUMENT =
  /^(interface|update-source|source-interface|ip unnumbered|match interface|ntp source-interface|multisite border-gateway interface) (.+)$/i

function withInterfaces(line: string): string {
  const found = INTERFACE_ARGUMENT.exec(line)
  if (!found) return line
  const several = interfaceLines(line)
  if (several) return `interface ${several.map(one => interfaceName(one.slice('interface '.length))).join(',')}`
  return `${found[1]?.toLowerCase()} ${interfaceName(found[2] ?? '')}`
}

/** `20,10-11,12` as NX-OS shows it: 10-12,20. */
function withVlans(line: string): string {
  const list = /^switchport trunk allowed vlan (?:(?:add|remove) )?(\S+)$/.exec(line)?.[1]
  const vlans = list ? vlansOf(list) : null
  return list && vlans ? line.slice(0, -list.length) + vlanText(vlans) : line
}

function withAddresses(line: string): string {
  const short = line.includes('.') ? withPrefixLength(line) : line
  if (!short.includes(':')) return short
  return short.split(' ').map(canonicalV6).join(' ')
}

/** `ip address A M`, `ip route A M`, `network A mask M`, `aggregate-address A M`. */
function withPrefixLength(line: string): string {
  return line.replace(
    /^((?:ip address|ip route|network|aggregate-address)) (\d+\.\d+\.\d+\.\d+) (?:mask )?(\d+\.\d+\.\d+\.\d+)(?= |$)/,
    (whole, command: string, address: string, mask: string) => {
      if (!ipaddr.IPv4.isValid(mask)) return whole
      const length = ipaddr.IPv4.parse(mask).prefixLengthFromSubnetMask()
      return length === null || (command === 'ip route' && length === 0 && mask !== '0.0.0.0')
        ? whole
        : `${command} ${address}/${length}`
    },
  )
}

function canonicalV6(word: string): string {
  if (word.split(':').length < 3) return word
  const [address = '', length] = word.split('/')
  if (!ipaddr.IPv6.isValid(address)) return word
  const text = ipaddr.IPv6.parse(address).toRFC5952String()
  return length === undefined ? text : `${text}/${length}`
}
