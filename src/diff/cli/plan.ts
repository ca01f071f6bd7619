import type { Managed } from '../../model/managed.ts'
import type { CliBranch, CliLine, CliNode, CliTree } from '../../model/nxos.ts'
import { rememberedOf } from '../../model/remembered.ts'
import { applyCli } from './apply.ts'
import { canonicalCliLine } from './canonical.ts'
import { childrenAt, cliIndex } from './children-at.ts'
import { contextKind } from './context.ts'
import { disruption } from './disrupt.ts'
import { cliKey, cliResource, isDefaultOn, isDefaultValue, signed } from './key.ts'
import { vlanList } from './normal.ts'
import { isIncomparable } from './secret.ts'
import { isPartOf, isSpelledOtherwise } from './spelling.ts'
import { takenAlong } from './taken-along.ts'
import { interfaceLines, wholeTrunkLine } from './vlans.ts'
import { layer3Losses } from './vrf-member.ts'

export interface CliPlanOptions {
  /** Sends a password in clear although an encrypted one stands there, which cannot be compared. */
  readonly updatePasswords?: boolean
  /** Sends every line, whatever is there. */
  readonly force?: boolean
}

/**
 * What it takes to make the wanted lines true: one change per line, and one per context that does not exist yet. Lines see the
 * effect of those before them. `no X` and `default X` want X gone.
 * @param tree normal (normalCli)
 */
export function planCli(tree: CliTree, wanted: readonly CliLine[], options: CliPlanOptions = {}): Managed<CliBranch>[] {
  const changes: Managed<CliBranch>[] = []
  let current = tree
  for (const line of expanded(wanted)) {
    const found = planLine(current, line, options)
    if (found.length === 0) continue
    changes.push(...found)
    current = applyCli(current, found)
  }
  return changes
}

/** Wanted lines in canonical form, one thing each. The same task wants the same lines of every switch. */
export const expanded = rememberedOf((wanted: readonly CliLine[]) => wanted.flatMap(expand))

/** A line about several VLANs or interfaces is one line for each: that is how running-config shows them. */
function expand(raw: CliLine): CliLine[] {
  const line = canonicalCliLine(raw)
  const [first = '', ...rest] = line.parents
  const each = severally(line.parents.length === 0 ? line.line : first)
  if (!each) return [line]
  if (line.parents.length === 0) return each.map(one => ({ parents: [], line: one }))
  return each.map(one => ({ parents: [one, ...rest], line: line.line }))
}

function severally(line: string): string[] | null {
  const { negative, positive } = signed(line)
  const each = vlanList(positive)?.map(vlan => `vlan ${vlan}`) ?? interfaceLines(positive)
  return negative && each ? each.map(one => `no ${one}`) : each
}

/** Lines that the children of a context are known to meet. Switches share what they have in common (readConfig), so one answer is for all. */
const metBy = rememberedOf((_: CliTree) => new WeakSet<CliLine>())

function planLine(tree: CliTree, asked: CliLine, options: CliPlanOptions): Managed<CliBranch>[] {
  const siblings = childrenAt(tree, asked.parents) ?? []
  const isUsual = !options.force && !options.updatePasswords
  if (isUsual && metBy(siblings).has(asked)) return []
  const trunk = cliIndex(asked.parents, siblings).get('switchport trunk allowed vlan')?.line
  const isPort = contextKind(asked.parents) === 'port'
  const wanted = { parents: asked.parents, line: isPort ? wholeTrunkLine(asked.line, trunk) : asked.line }
  const changes = changesOf(siblings, wanted, options)
  if (isUsual && changes.length === 0) metBy(siblings).add(asked)
  const creates = changes.some(change => change.after !== null)
  return [
    ...(creates ? missingContexts(tree, wanted.parents) : []),
    ...layer3Losses(siblings, wanted, changes),
    ...takenAlong(siblings, wanted, changes),
    ...changes,
  ]
}

function missingContexts(tree: CliTree, parents: readonly string[]): Managed<CliBranch>[] {
  return parents.flatMap((line, depth) => {
    const above = parents.slice(0, depth)
    const siblings = childrenAt(tree, above) ?? []
    const before = cliIndex(above, siblings).get(cliKey(above, line))
    if (before?.line === line) return []
    // `route-map X permit 10` where `deny 10` stands: the same entry with another action.
    return [changeOf({ parents: above, line }, before ?? null)]
  })
}

function changesOf(siblings: CliTree, { parents, line }: CliLine, options: CliPlanOptions): Managed<CliBranch>[] {
  const reset = /^default (.+)$/.exec(line)?.[1]
  if (reset !== undefined) return resets(siblings, parents, reset)
  const { negative, positive } = signed(line)
  const live = cliIndex(parents, siblings).get(cliKey(parents, line))
  if (options.force && live?.line === line) return [{ ...changeOf({ parents, line }, live), always: true }]
  if (live?.line === line) return []
  if (!negative) return wants({ siblings, parents, line, live, options })
  return isDefaultOn(parents, positive)
    ? [changeOf({ parents, line }, live ?? null)]
    : removals(siblings, parents, positive)
}

interface Wanted {
  readonly siblings: CliTree
  readonly parents: readonly string[]
  readonly line: string
  readonly live: CliNode | undefined
  readonly options: CliPlanOptions
}

function wants({ siblings, parents, line, live, options }: Wanted): Managed<CliBranch>[] {
  if (!live && (isDefaultOn(parents, line) || isDefaultValue(parents, line))) return []
  if (live && isDefaultOn(parents, line)) return [deletion(parents, live)]
  if (live && !options.updatePasswords && isIncomparable(line, live.line)) return []
  if (isSpelledOtherwise(siblings, parents, line)) return []
  return [changeOf({ parents, line }, live ?? null)]
}

/** `no X`: X itself, every line that begins with X, and a single line about X whatever its value. */
function removals(siblings: CliTree, parents: readonly string[], positive: string): Managed<CliBranch>[] {
  const shown = siblings.filter(
    node =>
      node.line === positive ||
      node.line.startsWith(`${positive} `) ||
      isPartOf(parents, node.line, positive) ||
      (cliKey(parents, node.line) === positive && !node.line.startsWith('no ')),
  )
  return shown.map(node => deletion(parents, node))
}

/** `default X`: whatever is said about X goes, and with `default interface X` all below it. */
function resets(siblings: CliTree, parents: readonly string[], about: string): Managed<CliBranch>[] {
  const context = /^interface /.test(about) ? cliIndex(parents, siblings).get(about) : undefined
  if (context) return context.children.toReversed().map(node => deletion([...parents, context.line], node))
  const negated = siblings.filter(node => node.line === `no ${about}` || node.line.startsWith(`no ${about} `))
  return [...removals(siblings, parents, about), ...negated.map(node => deletion(parents, node))]
}

/** A live line that goes, with all below it. */
export function deletion(parents: readonly string[], node: CliNode): Managed<CliBranch> {
  const before: CliBranch = {
    parents,
    line: node.line,
    ...(node.children.length > 0 ? { children: node.children } : {}),
  }
  return withDisruption({ id: cliResource(before), before, after: null })
}

function changeOf(after: CliBranch, live: CliNode | null): Managed<CliBranch> {
  const before = live ? { parents: after.parents, line: live.line } : null
  return withDisruption({ id: cliResource(after), before, after })
}

function withDisruption(change: Managed<CliBranch>): Managed<CliBranch> {
  const disrupts = disruption(change)
  return disrupts === undefined ? change : { ...change, disrupts }
}
