import type { Managed } from '../../model/managed.ts'
import type { CliBranch, CliTree } from '../../model/nxos.ts'
import { planCli } from './plan.ts'
import { linesAmong } from './save.ts'
import { maskedContexts, maskedLine } from './secret.ts'

/** A change that a configuration does not bear out. */
export interface Unmet {
  readonly change: Managed<CliBranch>
  readonly line: string
  readonly context: readonly string[]
  /** 'router bgp 1 / neighbor 10.0.0.1: remote-as 65001 is missing' */
  readonly said: string
}

/**
 * Holds a configuration that was read after a run against the changes of the run, the last one about a resource counting.
 * What NX-OS does not show (defaults, secrets in clear) is not asked for.
 * @param tree normal
 */
export function unmetChanges(tree: CliTree, changes: readonly Managed[]): Unmet[] {
  return [...lastOf(changes).values()].flatMap(change => {
    const { before, after } = change
    if (after?.verbatim || before?.verbatim) return []
    if (after) return planCli(tree, [after]).length === 0 ? [] : [unmet(change, after, 'is missing')]
    if (!before || before.line.startsWith('no ')) return []
    const still = planCli(tree, [{ parents: before.parents, line: `no ${before.line}` }])
    return still.some(change => change.before?.line === before.line) ? [unmet(change, before, 'is still there')] : []
  })
}

function lastOf(changes: readonly Managed[]): Map<string, Managed<CliBranch>> {
  const last = new Map<string, Managed<CliBranch>>()
  for (const change of linesAmong(changes)) {
    if (change.after === null) forgetBelow(last, change.id)
    last.delete(change.id)
    last.set(change.id, change)
  }
  return last
}

function forgetBelow(last: Map<string, Managed<CliBranch>>, resource: string): void {
  for (const key of last.keys()) if (key.startsWith(`${resource}/`)) last.delete(key)
}

function unmet(change: Managed<CliBranch>, { parents, line }: CliBranch, what: string): Unmet {
  const shown = maskedLine(line, parents.at(-1))
  const context = maskedContexts(parents)
  const where = context.length > 0 ? `${context.join(' / ')}: ` : ''
  return { change, line: shown, context, said: `${where}${shown} ${what}` }
}
