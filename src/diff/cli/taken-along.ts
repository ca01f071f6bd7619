import type { Managed } from '../../model/managed.ts'
import type { CliBranch, CliLine, CliNode, CliTree } from '../../model/nxos.ts'
import { cliResource } from './key.ts'

/** What NX-OS deletes with a feature. Of features that are not here lines within interfaces go too, which no table names. */
const FEATURES: Readonly<Record<string, RegExp>> = {
  bgp: /^router bgp /,
  'interface-vlan': /^interface Vlan/,
  'nv overlay': /^interface nve/,
}

/**
 * What goes with a line although the line does not name it: the contexts of a feature that is switched off, the layer 3 lines of a port that
 * becomes a switchport, the layer 2 lines of one that becomes routed. They are deleted openly before it, so that the plan shows them, later
 * lines bring back what is still wanted, and an undo knows them.
 */
export function takenAlong(
  siblings: CliTree,
  { parents }: CliLine,
  changes: readonly Managed<CliBranch>[],
): Managed<CliBranch>[] {
  const goes = changes.flatMap(change => lossesOf(parents, change) ?? [])
  return siblings
    .filter(({ line }) => goes.some(({ lines }) => lines.test(line)))
    .toReversed()
    .map(node => goneWith(parents, node, goes[0]?.why ?? ''))
}

/** Whether a line takes others along that no table names: its opposite does not bring them back. */
export function takesUnknown({ before, after }: Managed<CliBranch>): boolean {
  const feature = featureOf(before)
  return after === null && feature !== null && FEATURES[feature] === undefined
}

function lossesOf(parents: readonly string[], change: Managed<CliBranch>): { lines: RegExp; why: string } | null {
  const feature = change.after === null ? featureOf(change.before) : null
  const lines = FEATURES[feature ?? '']
  if (lines) return { lines, why: `goes with the feature ${feature}` }
  if (parents.length !== 1 || !parents[0]?.startsWith('interface ') || !change.id.endsWith('/switchport')) return null
  return change.after?.line === 'no switchport'
    ? { lines: /^(switchport|spanning-tree) ./, why: 'a routed port has no layer 2 configuration' }
    : { lines: /^(no )?(ip|ipv6) ./, why: 'a switchport has no layer 3 configuration' }
}

function featureOf(value: CliBranch | null): string | null {
  return value?.parents.length === 0 ? (/^feature (.+)$/.exec(value.line)?.[1] ?? null) : null
}

function goneWith(parents: readonly string[], { line, children }: CliNode, disrupts: string): Managed<CliBranch> {
  const before = { parents, line, ...(children.length > 0 ? { children } : {}) }
  return { id: cliResource(before), before, after: null, disrupts }
}
