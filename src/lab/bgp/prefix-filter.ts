import { covers, familyOf, lengthOf, networkOf } from './address.ts'

/** One line of a prefix list. `from` and `to` bound the length of what matches. */
export interface PrefixRule {
  readonly permit: boolean
  readonly prefix: string
  readonly from: number
  readonly to: number
}

/** Rules in order; the first that matches decides, none = denied. */
export type PrefixFilter = readonly PrefixRule[]

/** Does the filter let a prefix through? */
export function passes(filter: PrefixFilter, prefix: string): boolean {
  return filter.find(rule => matches(rule, prefix))?.permit ?? false
}

/** `permit 10.0.0.0/8 le 32`, after the words `seq N`. */
export function readPrefixRule(words: readonly string[]): PrefixRule | null {
  const [verdict, prefix, ...bounds] = words
  if (!prefix || (verdict !== 'permit' && verdict !== 'deny')) return null
  const bound = (name: string) => {
    const at = bounds.indexOf(name)
    return at < 0 ? undefined : Number(bounds[at + 1])
  }
  const length = lengthOf(prefix)
  const exact = bound('eq')
  const longest = familyOf(prefix) === 'ipv4' ? 32 : 128
  const from = exact ?? bound('ge') ?? length
  const to = exact ?? bound('le') ?? (bound('ge') === undefined ? length : longest)
  return { permit: verdict === 'permit', prefix, from, to }
}

function matches(rule: PrefixRule, prefix: string): boolean {
  const length = lengthOf(prefix)
  return covers(networkOf(rule.prefix), prefix) && length >= rule.from && length <= rule.to
}
