import { modeNamed } from '../grammar/modes.ts'
import type { Effect } from './effect.ts'
import { type Config, changeAt, childrenAt, dropNode, putNode } from './node.ts'
import { joinVlans, splitVlans, vlanListKey } from './vlan-list.ts'

/** `switchname` is the old name of `hostname`. */
export const hostname: Effect = ({ words }) => ({ words: ['hostname', ...words.slice(1)] })

/** What hangs on a feature goes with it. */
export const feature: Effect = ({ config, words, negated }) => {
  const dependent = dependents[words.slice(1).join(' ')]
  if (!negated || !dependent) return {}
  return { config: config.filter(node => !dependent.test(node.line)) }
}

const dependents: Record<string, RegExp> = {
  bgp: /^(router bgp|nv overlay evpn)/,
  ospf: /^router ospf /,
  ospfv3: /^router ospfv3 /,
  vpc: /^vpc domain/,
  'interface-vlan': /^interface Vlan/,
  'nv overlay': /^(interface nve|evpn$)/,
  'fabric forwarding': /^fabric forwarding/,
}

/** A switch runs one BGP instance. */
export const routerBgp: Effect = ({ config, words, negated }) => {
  const present = config.find(node => node.line.startsWith('router bgp '))
  if (negated || !present || present.key === words.join(' ')) return {}
  return { refuse: `% BGP is already running with AS number ${present.line.split(' ')[2]}` }
}

/** VLANs are kept in one list line; a VLAN has a block of its own only when there is something to say about it. */
export const vlan: Effect = ({ config, words, negated }) => {
  const named = splitVlans(words[1] ?? '')
  if (named.length === 0) return {}
  const rest = new Set(negated ? named : [])
  const all = [...vlansOf(config), ...(negated ? [] : named)].filter(id => !rest.has(id))
  const without = negated ? config.filter(node => !rest.has(Number(/^vlan (\d+)$/.exec(node.key)?.[1]))) : config
  return { config: putVlanList(without, all), done: true }
}

/** The configuration with its list of VLANs; a switch has VLAN 1 and lists it even when it is the only one. */
export function putVlanList(config: Config, vlans: readonly number[]): Config {
  const rank = (modeNamed('config').rules.find(rule => rule.effect === 'vlan')?.rank ?? 0) - 0.5
  return putNode(config, { key: vlanListKey, line: `vlan ${joinVlans([1, ...vlans])}`, rank })
}

/** Every VLAN that exists. */
export function vlansOf(config: Config): number[] {
  const lists = config.flatMap(node => /^vlan ([\d,-]+)$/.exec(node.line)?.[1] ?? [])
  return [...new Set([1, ...lists.flatMap(splitVlans)])].sort((a, b) => a - b)
}

/** A route-map entry is `permit 10` unless said otherwise; an entry has one action. */
export const routeMap: Effect = ({ config, words, negated }) => {
  const [keyword = '', name = '', action, sequence] = words
  if (negated && action === undefined) return {}
  const numbered = action !== undefined && /^\d+$/.test(action)
  const kept = [keyword, name, numbered ? 'permit' : (action ?? 'permit'), sequence ?? (numbered ? action : '10')]
  const other = `${keyword} ${name} ${kept[2] === 'permit' ? 'deny' : 'permit'} ${kept[3]}`
  return { words: kept, ...(negated ? {} : { config: dropNode(config, other) }) }
}

/** An entry without a number gets the next one; `no` without a number finds the entry by its text. */
export const prefixList: Effect = ({ config, words, negated }) => {
  const [family = '', keyword = '', name = '', next] = words
  if (next === 'seq' || next === undefined) return {}
  const start = `${family} ${keyword} ${name} seq `
  const entries = config.filter(node => node.key.startsWith(start))
  const same = entries.find(node => node.line.endsWith(` ${words.slice(3).join(' ')}`))
  const highest = Math.max(0, ...entries.map(node => Number(node.key.slice(start.length))))
  const sequence = same ? same.key.slice(start.length) : `${Math.floor(highest / 5) * 5 + 5}`
  if (negated && !same) return { done: true }
  return { words: [family, keyword, name, 'seq', sequence, ...words.slice(3)] }
}

/** An access list line without a number gets the next one. */
export const sequence: Effect = ({ config, path, words, negated }) => {
  if (/^\d+$/.test(words[0] ?? '')) return {}
  const entries = childrenAt(config, path)
  const same = entries.find(node => node.line.replace(/^\d+ /, '') === words.join(' '))
  if (negated && same) return { config: changeAt(config, path, children => dropNode(children, same.key)), done: true }
  const highest = Math.max(0, ...entries.map(node => Number(node.key) || 0))
  return same || negated ? { done: true } : { words: [`${Math.floor(highest / 10) * 10 + 10}`, ...words] }
}
