import { applyCli } from '../../diff/cli/apply.ts'
import { canonicalLine } from '../../diff/cli/canonical.ts'
import { childrenAt } from '../../diff/cli/children-at.ts'
import { contextKind } from '../../diff/cli/context.ts'
import { keptLines, withKept } from '../../diff/cli/kept.ts'
import { cliKey, cliResource } from '../../diff/cli/key.ts'
import { deletion, planCli } from '../../diff/cli/plan.ts'
import { isSpelledOtherwise } from '../../diff/cli/spelling.ts'
import type { Managed } from '../../model/managed.ts'
import type { CliBranch, CliLine, CliTree } from '../../model/nxos.ts'
import { rememberedOf } from '../../model/remembered.ts'
import { wantedLines } from './wanted-lines.ts'

export interface ConfigWish {
  readonly lines: readonly string[]
  readonly parents: readonly string[]
  readonly before: readonly string[]
  readonly after: readonly string[]
  readonly match: 'line' | 'strict' | 'exact' | 'none'
  /** What else is in the contexts goes. */
  readonly exact: boolean
  readonly updatePasswords: boolean
}

/** What nxos_config changes: `before` lines, deletions (block), wanted lines, `after` lines. Empty where nothing differs. */
export function planConfig(tree: CliTree, wish: ConfigWish): Managed<CliBranch>[] {
  const wanted = wantedBy(wish)
  const found = differences(tree, wish, wanted)
  if (found.length === 0) return []
  const before = verbatim('before', wish.before, [])
  const changes = before.length === 0 ? found : differences(applyCli(tree, before), wish, wanted)
  return [...before, ...changes, ...verbatim('after', wish.after, wish.parents)]
}

/** All that nxos_config manages: what it changes, and what is in sync. */
export function manageConfig(tree: CliTree, wish: ConfigWish): readonly Managed<CliBranch>[] {
  return withKept(planConfig(tree, wish), keptLines(wantedBy(wish)))
}

const wantedBy = rememberedOf((wish: ConfigWish) => wantedLines(wish.lines, wish.parents))

function differences(tree: CliTree, wish: ConfigWish, wanted: readonly CliLine[]): Managed<CliBranch>[] {
  const options = { updatePasswords: wish.updatePasswords, force: wish.match === 'none' }
  const gone = wish.exact ? extras(tree, wish.parents.map(canonicalLine), wanted) : []
  const moved = wish.match === 'strict' || wish.match === 'exact' ? outOfOrder(tree, wish, wanted) : []
  const set = planCli(applyCli(tree, gone), wanted, options)
  return [...gone, ...set, ...moved]
}

/** Lines of the declared contexts that are not declared, the last first. */
function extras(tree: CliTree, top: readonly string[], wanted: readonly CliLine[]): Managed<CliBranch>[] {
  const desired = applyCli([], planCli([], wanted))
  return extrasBelow(tree, desired, top)
}

function extrasBelow(tree: CliTree, desired: CliTree, path: readonly string[]): Managed<CliBranch>[] {
  const live = childrenAt(tree, path) ?? []
  const want = childrenAt(desired, path) ?? []
  const keys = new Map(want.map(node => [cliKey(path, node.line), node]))
  return live.toReversed().flatMap(node => {
    const kept = keys.get(cliKey(path, node.line))
    if (kept) return kept.children.length > 0 ? extrasBelow(tree, desired, [...path, node.line]) : []
    const meant =
      isSpelledOtherwise(want, path, node.line) || want.some(wish => isSpelledOtherwise([node], path, wish.line))
    return meant ? [] : [deletion(path, node)]
  })
}

/** Where order counts (access lists), declared lines that stand behind a line that should follow them go and come back at the end. */
function outOfOrder(tree: CliTree, wish: ConfigWish, wanted: readonly CliLine[]): Managed<CliBranch>[] {
  const parents = wish.parents.map(canonicalLine)
  if (contextKind(parents) !== 'acl') return []
  const live = (childrenAt(tree, parents) ?? []).map(node => node.line)
  const places = wanted.map(({ line }) => live.findIndex(shown => bare(shown) === bare(canonicalLine(line))))
  const first = places.findIndex(
    (place, index) => index > 0 && place >= 0 && place < Math.max(...places.slice(0, index)),
  )
  if (first < 0) return []
  return wanted.slice(first).flatMap(({ line }, index) => {
    const shown = live[places[first + index] ?? -1]
    if (shown === undefined) return []
    const after = { parents, line: canonicalLine(line), moved: true }
    return [{ id: cliResource(after), before: { parents, line: shown }, after }]
  })
}

function bare(line: string): string {
  return line.replace(/^\d+ /, '')
}

function verbatim(
  what: 'before' | 'after',
  lines: readonly string[],
  parents: readonly string[],
): Managed<CliBranch>[] {
  let context = parents
  return lines.flatMap((raw, index) => {
    const line = raw.trim()
    if (line === 'exit' || line === 'end') {
      context = line === 'end' ? [] : context.slice(0, -1)
      return []
    }
    const id = `cli:${what}/${index + 1}: ${line}`
    const oneWay = `a line of ${what}: is typed as it stands; weft does not know its opposite`
    return [{ id, before: null, after: { parents: context, line, verbatim: true }, oneWay }]
  })
}
