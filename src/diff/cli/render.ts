import type { Managed } from '../../model/managed.ts'
import type { CliBranch, CliLine, CliTree } from '../../model/nxos.ts'
import { contextKind } from './context.ts'
import { goesFirst, signed } from './key.ts'

/** The lines that changes mean, in order. Also renders inverses. */
export function renderCli(changes: readonly Managed<CliBranch>[]): CliLine[] {
  const gone = new Set(changes.flatMap(({ before, after }) => (before && !after ? [pathOf(before)] : [])))
  return changes.flatMap(change => renderOne(change, gone))
}

function renderOne({ before, after }: Managed<CliBranch>, gone: ReadonlySet<string>): CliLine[] {
  if (after) {
    const { parents, line } = after
    const first = before && (after.moved || (before.line !== line && goesFirst(parents, before.line)))
    return [...(first ? [negation(before)] : []), { parents, line }, ...below([...parents, line], after.children ?? [])]
  }
  if (!before || before.verbatim || isWithin(before, gone)) return []
  return [negation(before)]
}

function below(parents: readonly string[], children: CliTree): CliLine[] {
  return children.flatMap(node => [{ parents, line: node.line }, ...below([...parents, node.line], node.children)])
}

/** A line goes with its context; to delete it first would cost a round trip for nothing. */
function isWithin({ parents }: CliBranch, gone: ReadonlySet<string>): boolean {
  return parents.some((_, depth) => gone.has(parents.slice(0, depth + 1).join('\n')))
}

function pathOf({ parents, line }: CliLine): string {
  return [...parents, line].join('\n')
}

/** The line that takes a line back. */
export function negation({ parents, line }: CliLine): CliLine {
  const { negative, positive } = signed(line)
  if (negative) return { parents, line: positive }
  const bare = BARE.find(pattern => pattern.test(positive))?.exec(positive)?.[0]
  if (contextKind(parents) === 'acl' && /^\d+ /.test(positive)) return { parents, line: `no ${positive.split(' ')[0]}` }
  return { parents, line: `no ${bare ?? positive}` }
}

/** Lines whose `no` form is given without the value: NX-OS refuses or misreads it otherwise (a description that contains '|', a password). */
const BARE: readonly RegExp[] = [
  /^description(?= )/,
  /^password(?= )/,
  /^hostname(?= )/,
  /^switchname(?= )/,
  /^name(?= \S+$)/,
  /^banner \S+(?= )/,
  /^snmp-server (contact|location)(?= )/,
  /^channel-group(?= )/,
  /^switchport (mode|access vlan|trunk native vlan|trunk allowed vlan)(?= )/,
]
