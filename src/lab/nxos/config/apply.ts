import { expandInterfaces } from '../grammar/interface-name.ts'
import { isMismatch, type Match, type Mismatch, matchLine } from '../grammar/match.ts'
import { modeNamed } from '../grammar/modes.ts'
import type { CompiledRule } from '../grammar/rule.ts'
import { effects } from './effects.ts'
import { keyOf } from './load.ts'
import { type Config, changeAt, childrenAt, dropNode, nodeAt, putNode } from './node.ts'
import { rewriteLine } from './rewrite.ts'
import { splitVlans } from './vlan-list.ts'

/** Where a session stands: a mode, and the contexts (several for `interface Ethernet1/1-4`) that lines go to. */
export interface Standing {
  readonly mode: string
  readonly line: string
  readonly paths: readonly (readonly string[])[]
}

/** What a line did. `depth` is how many of the contexts were left because the line belongs to an outer one. */
export type Applied =
  | { readonly config: Config; readonly said: string; readonly depth: number; readonly enter: Standing | null }
  | { readonly refused: string }
  | Mismatch

/**
 * Takes one configuration line in a stack of contexts, innermost last. A line that the innermost mode does not know is
 * tried in the outer ones, as NX-OS does.
 */
export function applyLine(config: Config, standings: readonly Standing[], typed: string): Applied {
  const line = /^((no|default)\s+)?(int|vlan)/.test(typed) ? typed.replaceAll(/,\s+/g, ',') : typed
  const negated = /^(no|default)\s+/.exec(line)
  const offset = negated?.[0].length ?? 0
  let worst: Mismatch | null = null
  for (let depth = 0; depth < standings.length; depth++) {
    const standing = standings[standings.length - 1 - depth] as Standing
    const rules = availableRules(standing.mode, config)
    const match = matchLine(line.slice(offset), rules, offset > 0)
    if (!isMismatch(match)) {
      const result = take({ config, standing, match, negated: offset > 0, reset: negated?.[1] === 'default' })
      return 'config' in result ? { ...result, depth } : result
    }
    if (!worst || match.column + offset > worst.column) worst = { ...match, column: match.column + offset }
    if (match.kind !== 'invalid') break
  }
  return worst ?? { error: "% Invalid command at '^' marker.", column: 0, kind: 'invalid' }
}

interface Taking {
  readonly config: Config
  readonly standing: Standing
  readonly match: Match<CompiledRule>
  readonly negated: boolean
  /** `default interface X`: the block stays, empty. */
  readonly reset: boolean
}

type Taken =
  | Exclude<Applied, Mismatch | { config: Config }>
  | Mismatch
  | Omit<Exclude<Applied, Mismatch | { refused: string }>, 'depth'>

function take(taking: Taking): Taken {
  const { match, standing } = taking
  let config = taking.config
  let said = ''
  const entered: string[][] = []
  for (const path of standing.paths) {
    for (const words of expandWords(match.words)) {
      const done = takeOne({ ...taking, config, path, words })
      if ('refused' in done || 'error' in done) return done
      config = done.config
      said += done.said
      entered.push([...path, done.key])
    }
  }
  const enters = match.rule.enter !== undefined && !taking.negated && childOf(match)
  const enter = enters ? { mode: match.rule.enter as string, line: match.words.join(' '), paths: entered } : null
  return { config, said, enter }
}

function childOf(match: Match<CompiledRule>): boolean {
  return match.rule.enter !== 'nve-vni' || !match.words.includes('associate-vrf')
}

/** One line becomes several for interface ranges and VLAN lists. */
function expandWords(words: readonly string[]): string[][] {
  const [first, second = ''] = words
  if (first === 'interface') return expandInterfaces(second).map(name => ['interface', name])
  if (first === 'vlan' && /^[\d,-]+$/.test(second)) return splitVlans(second).map(id => ['vlan', `${id}`])
  return [[...words]]
}

interface TakingOne extends Taking {
  readonly path: readonly string[]
  readonly words: readonly string[]
}

type TakenOne = { config: Config; said: string; key: string } | { refused: string } | Mismatch

function takeOne({ config, path, words, match, negated, reset }: TakingOne): TakenOne {
  const { rule } = match
  const input = { config, path, words: words.slice(0, match.inner >= 0 ? match.inner : undefined), negated }
  const effect = rule.effect === undefined ? {} : (effects[rule.effect] ?? missing(rule.effect))(input)
  if (effect.refuse !== undefined) return { refused: effect.refuse }
  if (effect.invalid) return { error: "% Invalid command at '^' marker.", column: 0, kind: 'invalid' }
  const said = effect.warning === undefined ? '' : `${effect.warning}\n`
  const base = effect.config ?? config
  const kept = (effect.instead ?? [effect.words ?? words]).map(each => rematch(match, each))
  const key = keyOf(kept[0] as Match<CompiledRule>)
  if (reset && words[0] === 'interface') return { config: changeAt(base, [...path, key], () => []), said, key }
  if (effect.done) return { config: base, said, key }
  const after = kept.reduce((current, each) => change(current, path, { match: each, negated }), base)
  return { config: match.inner >= 0 && !negated ? takeInner(after, [...path, key], match) : after, said, key }
}

/** The match of a line whose words an effect has changed: its marks stand elsewhere. */
function rematch(match: Match<CompiledRule>, words: readonly string[]): Match<CompiledRule> {
  if (words === match.words) return match
  const again = matchLine(words.join(' '), [match.rule], true)
  return isMismatch(again) ? { ...match, words } : again
}

function change(
  config: Config,
  path: readonly string[],
  line: { match: Match<CompiledRule>; negated: boolean },
): Config {
  const { match, negated } = line
  const { rule } = match
  const stores = rule.stores ?? 'yes'
  if (stores === 'never') return config
  const key = keyOf(match)
  const text =
    rewriteLine(rule, match.words) ?? match.words.slice(0, match.inner >= 0 ? match.inner : undefined).join(' ')
  const ready = withVlanBlock(config, path, rule)
  if (negated && stores === 'yes') {
    const whole = match.group >= 0 && match.value < 0 && match.words.length === match.group
    const start = `${match.words.join(' ')} `
    return withoutEmptyVlan(
      changeAt(ready, path, all => (whole ? all.filter(node => !node.key.startsWith(start)) : dropNode(all, key))),
      path,
    )
  }
  if (!negated && stores === 'no') return changeAt(ready, path, all => dropNode(all, key))
  return changeAt(ready, path, all => putNode(all, { key, line: negated ? `no ${text}` : text, rank: rule.rank }))
}

/** The line behind `neighbor 10.0.0.1` in `neighbor 10.0.0.1 remote-as 65001`. */
function takeInner(config: Config, path: readonly string[], match: Match<CompiledRule>): Config {
  const inside = modeNamed(match.rule.enter ?? 'config')
  const inner = matchLine(match.words.slice(match.inner).join(' '), inside.rules)
  return isMismatch(inner) ? config : change(config, path, { match: inner, negated: false })
}

function withVlanBlock(config: Config, path: readonly string[], rule: CompiledRule): Config {
  const key = path[0] ?? ''
  if (!/^vlan \d+$/.test(key) || nodeAt(config, path) || rule.enter === 'vlan') return config
  const rank = modeNamed('config').rules.find(candidate => candidate.effect === 'vlan')?.rank ?? 0
  return putNode(config, { key, line: key, rank })
}

function withoutEmptyVlan(config: Config, path: readonly string[]): Config {
  const key = path[0] ?? ''
  return /^vlan \d+$/.test(key) && childrenAt(config, path).length === 0 ? dropNode(config, key) : config
}

function availableRules(mode: string, config: Config): readonly CompiledRule[] {
  const { rules } = modeNamed(mode)
  if (!rules.some(rule => rule.feature)) return rules
  const on = new Set(config.filter(node => node.line.startsWith('feature ')).map(node => node.line.slice(8)))
  return rules.filter(rule => !rule.feature || on.has(rule.feature))
}

function missing(name: string): never {
  throw new Error(`no effect ${name}`)
}
