import type { CliTree } from '../../../model/nxos.ts'
import { type PrefixFilter, passes, readPrefixRule } from '../prefix-filter.ts'

export type Accept = (prefix: string) => boolean

/** The prefix list of a running-config, in the order of its sequence numbers; null where there is none. */
export function readPrefixList(running: CliTree, name: string): PrefixFilter | null {
  const rules = running.flatMap(node => {
    const words = node.line.split(/\s+/)
    const named = (words[0] === 'ip' || words[0] === 'ipv6') && words[1] === 'prefix-list' && words[2] === name
    if (!named || words[3] === 'description') return []
    const numbered = words[3] === 'seq'
    const rule = readPrefixRule(words.slice(numbered ? 5 : 3))
    return rule ? [{ order: numbered ? Number(words[4]) : 0, rule }] : []
  })
  return rules.length === 0 ? null : rules.sort((left, right) => left.order - right.order).map(each => each.rule)
}

/**
 * What a route-map lets through, as far as prefixes decide: `match ip address prefix-list …`; an entry without a match
 * takes everything. A route-map that does not exist lets nothing through.
 */
export function readRouteMap(running: CliTree, name: string): Accept {
  const entries = running.flatMap(node => {
    const [, found, verdict, order] = /^route-map (\S+) (permit|deny) (\d+)$/.exec(node.line) ?? []
    if (found !== name) return []
    const lists = node.children.flatMap(child => {
      const names = /^match (?:ip|ipv6) address prefix-list (.+)$/.exec(child.line)?.[1]
      return names ? names.split(/\s+/).map(list => readPrefixList(running, list)) : []
    })
    return [{ permit: verdict === 'permit', order: Number(order), lists }]
  })
  entries.sort((left, right) => left.order - right.order)
  return prefix => {
    const entry = entries.find(
      ({ lists }) => lists.length === 0 || lists.some(list => list !== null && passes(list, prefix)),
    )
    return entry?.permit ?? false
  }
}
