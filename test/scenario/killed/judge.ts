import type { ApicValue } from '../../../src/diff/apic/change.ts'
import { dnOf } from '../../../src/diff/apic/resource-id.ts'
import type { PastIntent } from '../../../src/journal/ledger.ts'
import type { KubeState } from '../../../src/model/kube.ts'
import type { Managed } from '../../../src/model/managed.ts'
import type { CliBranch, CliTree } from '../../../src/model/nxos.ts'
import type { ThreeKinds } from './three-kinds.ts'

/** What the ledger leaves out of values. */
const MASKED = '********'

/** What the lab says against the ledger, as sentences; empty = they agree. Looks at the lab itself, with none of weft's own comparing. */
export function disagreements(intents: readonly PastIntent[], lab: ThreeKinds): string[] {
  const claims = intents.flatMap(intent => intent.differences.map(difference => ({ intent, difference })))
  const last = new Map(claims.map(claim => [`${claim.intent.target} ${claim.difference.id}`, claim]))
  return claims.flatMap(({ intent, difference }) => {
    const { state, target, title } = intent
    const later = last.get(`${target} ${difference.id}`)
    // What a later intent was to change once more is for that one to say.
    if (state === 'open' || state === 'unknown' || later?.difference !== difference) return []
    const there = isThere(difference, target, lab)
    if (there === (state === 'applied')) return []
    return [`${title}: ${difference.id} is ${state} in the ledger and ${there ? 'there' : 'not there'} in the lab`]
  })
}

/** By intent of which the outcome is not known: whether all of it is in the lab (true), nothing (false), or a part (null). */
export function truthOf(intents: readonly PastIntent[], lab: ThreeKinds): Map<string, boolean | null> {
  return new Map(
    intents
      .filter(({ state }) => state === 'open' || state === 'unknown')
      .map(({ id, target, differences }) => {
        const there = differences.map(each => isThere(each, target, lab))
        return [id, there.every(Boolean) ? true : there.some(Boolean) ? null : false]
      }),
  )
}

function isThere(difference: Managed, target: string, lab: ThreeKinds): boolean {
  const { id, before, after } = difference
  if (target.startsWith('apic:')) return apicHolds(lab, dnOf(difference), after as ApicValue)
  if (target.startsWith('kube:')) return kubeHolds(lab, after as KubeState)
  if (id.startsWith('save:')) return lab.leaf.startupText() === lab.leaf.runningText()
  const found = lineAt(lab.leaf.running(), (after ?? before) as CliBranch)
  return after === null ? !found : found
}

function lineAt(tree: CliTree, { parents, line }: CliBranch): boolean {
  const inside = parents.reduce<CliTree>(
    (level, parent) => level.find(node => node.line === parent)?.children ?? [],
    tree,
  )
  const [start = ''] = line.split(MASKED)
  return inside.some(node =>
    line.includes(MASKED) ? node.line.startsWith(start.replace(/ \d+ $| $/, '')) : node.line === line,
  )
}

function apicHolds({ apic }: ThreeKinds, dn: string, { attributes }: ApicValue): boolean {
  const live = apic.objects().get(dn)
  return live !== undefined && Object.entries(attributes).every(([name, value]) => live.attributes[name] === value)
}

function kubeHolds({ cluster }: ThreeKinds, { object, declared = object }: KubeState): boolean {
  const { kind, metadata } = object
  const live = cluster
    .objects()
    .find(
      each =>
        each.kind === kind && each.metadata.name === metadata.name && each.metadata.namespace === metadata.namespace,
    )
  return live !== undefined && holds(live, declared)
}

function holds(live: unknown, wanted: unknown): boolean {
  if (typeof wanted !== 'object' || wanted === null) return live === wanted
  return Object.entries(wanted).every(([name, value]) =>
    holds((live as Record<string, unknown> | undefined)?.[name], value),
  )
}
