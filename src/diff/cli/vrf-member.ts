import type { Managed } from '../../model/managed.ts'
import type { CliBranch, CliLine, CliTree } from '../../model/nxos.ts'
import { cliResource } from './key.ts'

/**
 * What a change of `vrf member` takes with it: NX-OS deletes all layer 3 configuration of the interface ('% Deleted all L3 config on
 * interface …', every release). The lines are deleted openly before it, so that the lines of the task bring back what is still wanted.
 */
export function layer3Losses(
  siblings: CliTree,
  wanted: CliLine,
  changes: readonly Managed<CliBranch>[],
): Managed<CliBranch>[] {
  const { parents } = wanted
  const moves = changes.some(change => change.id.endsWith('/vrf member'))
  if (!moves || parents.length !== 1 || !parents[0]?.startsWith('interface ')) return []
  return siblings
    .filter(node => /^(no )?(ip|ipv6) /.test(node.line))
    .toReversed()
    .map(node => {
      const before = { parents, line: node.line }
      const id = cliResource({ parents, line: node.line })
      return { id, before, after: null, disrupts: 'a new VRF takes the addresses of the interface away' }
    })
}
