import ipaddr from 'ipaddr.js'
import type { Effect, EffectInput } from './effect.ts'
import { type Config, changeAt, childrenAt } from './node.ts'
import { joinVlans, splitVlans } from './vlan-list.ts'

/** `vrf member` takes the addresses off the interface, as NX-OS does, and says so. */
export const vrfMember: Effect = ({ config, path, words, negated }) => {
  const present = childrenAt(config, path).find(node => node.key === 'vrf member')
  if (negated ? !present : present?.line === words.join(' ')) return {}
  return {
    config: changeAt(config, path, children => children.filter(node => !isLayer3(node.line))),
    warning: `Warning: Deleted all L3 config on interface ${path.at(-1)?.slice('interface '.length)}`,
  }
}

/** An address must not lie in a subnet that another interface of the same VRF has; and not on a switchport. */
export const ipAddress: Effect = input => {
  const { config, path, words, negated } = input
  if (negated) return {}
  if (isSwitchport(config, path)) return { invalid: true }
  const wanted = words[2] ?? ''
  if (!wanted.includes('/')) return {}
  const other = overlapping(input, wanted)
  return other === null ? {} : { refuse: `% ${wanted} overlaps with address configured on ${other}` }
}

/** `no switchport` drops the layer 2 lines, `switchport` the layer 3 ones; the default state of the link follows. */
export const switchport: Effect = ({ config, path, negated }) => {
  const goes = negated ? /^(switchport |spanning-tree |shutdown)/ : /^(no shutdown)/
  const keep = (line: string) => !goes.test(line) && (negated || !isLayer3(line) || line.startsWith('vrf '))
  return { config: changeAt(config, path, children => children.filter(node => keep(node.line))) }
}

/** A routed port is down unless told otherwise, a switchport up: what is the default is not kept. */
export const ethernetShutdown: Effect = ({ config, path, negated }) => {
  const routed = !isSwitchport(config, path)
  if (routed === negated) return {}
  return { config: changeAt(config, path, children => children.filter(node => node.key !== 'shutdown')), done: true }
}

/** `switchport trunk allowed vlan add|remove` changes the list that is there. */
export const trunkVlans: Effect = ({ config, path, words, negated }) => {
  const [, , , , verb, list] = words
  if (negated || (verb !== 'add' && verb !== 'remove')) return {}
  const present = childrenAt(config, path).find(node => node.key === 'switchport trunk allowed vlan')
  const before = present ? splitVlans(present.line.split(' ').at(-1) ?? '') : splitVlans(verb === 'add' ? '' : '1-4094')
  const named = new Set(splitVlans(list ?? ''))
  const after = verb === 'add' ? [...before, ...named] : before.filter(vlan => !named.has(vlan))
  return { words: [...words.slice(0, 4), joinVlans(after) || 'none'] }
}

/** A port cannot be taken away; sub-interfaces can. */
export const ethernet: Effect = ({ words, negated }) => (negated && !words[1]?.includes('.') ? { done: true } : {})

function isSwitchport(config: Config, path: readonly string[]): boolean {
  const name = path.at(-1) ?? ''
  if (!/^interface (Ethernet\d+\/\d+(\/\d+)?$|port-channel\d+$)/.test(name)) return false
  return !childrenAt(config, path).some(node => node.line === 'no switchport')
}

function isLayer3(line: string): boolean {
  return /^(no )?(ip|ipv6|vrf|fabric forwarding) /.test(line) && !/^no ip(v6)? redirects/.test(line)
}

function overlapping({ config, path }: EffectInput, wanted: string): string | null {
  const mine = path.at(-1)
  const vrf = vrfOf(childrenAt(config, path))
  for (const node of config) {
    if (node.key === mine || !node.line.startsWith('interface ') || vrfOf(node.children) !== vrf) continue
    const clash = node.children.some(child => {
      const [, , address] = child.line.split(' ')
      return /^ip(v6)? address /.test(child.line) && address?.includes('/') && overlaps(address, wanted)
    })
    if (clash) return node.line.slice('interface '.length)
  }
  return null
}

function vrfOf(children: Config): string {
  return children.find(node => node.key === 'vrf member')?.line.slice('vrf member '.length) ?? 'default'
}

function overlaps(one: string, other: string): boolean {
  const [a, aLength] = ipaddr.parseCIDR(one)
  const [b, bLength] = ipaddr.parseCIDR(other)
  return a.kind() === b.kind() && a.match(b, Math.min(aLength, bLength))
}
