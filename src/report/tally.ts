import type { RunEvent } from '../model/event.ts'
import type { ShownChange } from '../model/managed.ts'

type HostResult = Extract<RunEvent, { event: 'host-result' }>

/** What the end of a report sums up: changes counted per action, hosts with changes, failures worth repeating. */
export interface Tally {
  mode: 'plan' | 'run'
  hosts: Set<string>
  readonly actions: Record<ShownChange['action'], number>
  disruptive: number
  oneWay: number
  /** Changed without an object to count: a command, a copied file. */
  other: number
  /** Results of any kind: without one nothing was looked at, which is not the same as being in sync. */
  results: number
  readonly failures: HostResult[]
}

export function createTally(): Tally {
  return {
    mode: 'run',
    hosts: new Set(),
    actions: { create: 0, update: 0, delete: 0 },
    disruptive: 0,
    oneWay: 0,
    other: 0,
    results: 0,
    failures: [],
  }
}

/** Adds an event; keeps numbers, not changes, so that memory does not grow with the run. */
export function addToTally(tally: Tally, event: RunEvent): void {
  if (event.event === 'run-started') tally.mode = event.mode
  if (event.event !== 'host-result') return
  tally.results += 1
  if (event.status === 'failed' || event.status === 'unreachable') tally.failures.push(event)
  if (event.status !== 'changed') return
  tally.hosts.add(event.host)
  if (!event.changes?.length) tally.other += 1
  for (const change of event.changes ?? []) {
    tally.actions[change.action] += 1
    if (change.disrupts) tally.disruptive += 1
    if (change.oneWay) tally.oneWay += 1
  }
}

/**
 * 'Plan: 12 to create, 3 to change, 0 to delete on 4 hosts.' and what a reviewer must not overlook. `isCut`: a failure outside of any task, or
 * a stop, ended it before its time; then nothing is called in sync.
 */
export function tallyLines(tally: Tally, isCut = false): string[] {
  const { create, update, delete: remove } = tally.actions
  const total = create + update + remove + tally.other
  const word = tally.mode === 'plan' ? 'Plan' : 'Run'
  const unknown = unknownHosts(tally)
  if (isCut) unknown.push(tally.mode === 'plan' ? 'It ended early: this is not all.' : 'It ended early.')
  if (total === 0 && unknown.length > 0) return [`${word}: incomplete. ${unknown.join(' ')}`]
  if (tally.results === 0) return [`${word}: no task had a host to run on.`]
  if (total === 0)
    return [tally.mode === 'plan' ? 'Plan: nothing to do, everything is in sync.' : 'Run: nothing to do.']
  const verbs = tally.mode === 'plan' ? ['to create', 'to change', 'to delete'] : ['created', 'changed', 'deleted']
  const other = tally.other > 0 ? `, ${tally.other} other ${tally.other === 1 ? 'step' : 'steps'}` : ''
  const hosts = `${tally.hosts.size} ${tally.hosts.size === 1 ? 'host' : 'hosts'}`
  return [
    `${word}: ${create} ${verbs[0]}, ${update} ${verbs[1]}, ${remove} ${verbs[2]}${other} on ${hosts}.`,
    ...(tally.disruptive > 0 ? [`${tally.disruptive} of them may interrupt traffic (marked with !).`] : []),
    ...(tally.oneWay > 0 ? [`${tally.oneWay} of them cannot be undone (marked with !).`] : []),
    ...unknown,
  ]
}

/** A host that failed or was not there is unknown, never in sync: said whenever there is one. */
function unknownHosts({ failures, mode }: Tally): string[] {
  const hosts = [...new Set(failures.map(({ host }) => host))]
  if (hosts.length === 0) return []
  const shown = hosts.length > 5 ? `${hosts.slice(0, 5).join(', ')} and ${hosts.length - 5} more` : hosts.join(', ')
  const state = mode === 'plan' ? 'not planned to the end, so whether it is in sync is unknown' : 'not done to the end'
  return [`${shown}: ${state}.`]
}
