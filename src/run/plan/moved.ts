import type { PlanDocument, PlannedIntent } from '../../model/plan.ts'
import { canonicalJson } from './canonical.ts'

/** What is not as it was when a plan was saved, a line for each, the repository first; empty = it may be applied as it is. */
export function movedSince(saved: PlanDocument, now: PlanDocument): string[] {
  return [...commitMoved(saved, now), ...hostsMoved(saved, now), ...intentsMoved(saved, now)]
}

function commitMoved({ commit: then }: PlanDocument, { commit }: PlanDocument): string[] {
  if (then?.id === commit?.id && then?.dirty === commit?.dirty) return []
  const words = (state: PlanDocument['commit']) =>
    state ? `${state.id.slice(0, 12)}${state.dirty ? ' with changes beside it' : ''}` : 'no commit'
  return [`the repository: it was planned at ${words(then)}, here is ${words(commit)}`]
}

function hostsMoved({ hosts: then }: PlanDocument, { hosts }: PlanDocument): string[] {
  const names = [...new Set([...Object.keys(then), ...Object.keys(hosts)])]
  return names.flatMap(name => {
    if (then[name] === hosts[name]) return []
    if (then[name] === undefined) return [`the inventory: ${name} is new`]
    if (hosts[name] === undefined) return [`the inventory: ${name} is gone`]
    return [`the inventory: variables or groups of ${name} are others`]
  })
}

function intentsMoved({ intents: then }: PlanDocument, { intents }: PlanDocument): string[] {
  const before = new Map(then.map(intent => [intent.id, intent]))
  const after = new Map(intents.map(intent => [intent.id, intent]))
  return [...new Set([...before.keys(), ...after.keys()])].flatMap(id =>
    intentMoved(before.get(id) ?? null, after.get(id) ?? null),
  )
}

function intentMoved(then: PlannedIntent | null, now: PlannedIntent | null): string[] {
  if (!then || !now) {
    const { host, title, differences } = (then ?? now) as PlannedIntent
    const what = differences.map(({ id }) => id).join(', ') || title
    return [`${host}: ${what} ${then ? 'needs no change any more' : 'would change now, and is not in the plan'}`]
  }
  if (canonicalJson(then) === canonicalJson(now)) return []
  if (then.target !== now.target)
    return [`${now.host}: it was planned for ${then.target}, and leads to ${now.target} now`]
  const resources = [...new Set([...then.differences, ...now.differences].map(({ id }) => id))]
  const moved = resources.flatMap(id => {
    const [old, live] = [then, now].map(intent => intent.differences.find(each => each.id === id))
    if (canonicalJson(old ?? null) === canonicalJson(live ?? null)) return []
    if (!old) return [`${now.host}: ${id} would change now, and is not in the plan`]
    if (!live) return [`${now.host}: ${id} needs no change any more`]
    const isLive = canonicalJson(old.before ?? null) !== canonicalJson(live.before ?? null)
    return [`${now.host}: ${id} ${isLive ? 'is not as it was when it was planned' : 'is wanted otherwise now'}`]
  })
  return moved.length > 0 ? moved : [`${now.host}: the commands of "${now.title}" are others now`]
}
