import type { Ledger, PastRun, Retention, RunQuery } from '../ledger.ts'
import { daysBefore, LAST, mayGo, noIntents, noResults, noSuchRun, thereAlready } from '../records.ts'
import { copyOf, inOrder, type KeptRun, type State, type Told } from './state.ts'

export function memoryRuns(
  state: State,
  { keepsEvents }: { keepsEvents: boolean },
): Pick<Ledger, 'begin' | 'record' | 'end' | 'runs' | 'run' | 'events' | 'prune' | 'pastTheirTime' | 'close'> {
  const { runs } = state
  return {
    async begin(run) {
      if (runs.has(run.id)) throw thereAlready(`run ${run.id}`)
      runs.set(run.id, { start: copyOf(run), end: { exit: null, seconds: null } })
    },
    record(run, event) {
      const told: Told = state.told.get(run) ?? { results: noResults(), events: [], hosts: new Set() }
      state.told.set(run, told)
      if (event.event === 'host-result') {
        told.results[event.status] += 1
        told.hosts.add(event.host)
      }
      if (keepsEvents) told.events.push(copyOf(event))
    },
    async end(run, { exit, seconds }) {
      const kept = runs.get(run)
      if (!kept) throw noSuchRun(run)
      runs.set(run, { ...kept, end: { exit, seconds } })
    },
    async runs(query = {}) {
      return newestFirst(state)
        .filter(kept => isAskedFor(state, kept, query))
        .slice(0, query.limit)
        .map(kept => pastRun(state, kept))
    },
    async run(id) {
      const kept = find(state, id)
      return kept ? pastRun(state, kept) : null
    },
    events: async run => copyOf(runs.has(run) ? (state.told.get(run)?.events ?? []) : []),
    prune: async keep => prune(state, keep),
    pastTheirTime: async keep => pastTheirTime(state, keep).map(({ start }) => start.id),
    async close() {},
  }
}

function newestFirst({ runs }: State): KeptRun[] {
  return [...runs.values()].sort((one, other) =>
    inOrder([other.start.time, other.start.id], [one.start.time, one.start.id]),
  )
}

function find(state: State, id: string): KeptRun | undefined {
  if (id === LAST) return newestFirst(state)[0]
  const whole = state.runs.get(id)
  if (whole || id === '') return whole
  const found = [...state.runs.values()].filter(({ start }) => start.id.startsWith(id))
  return found.length === 1 ? found[0] : undefined
}

function pastRun({ told, intents }: State, { start, end }: KeptRun): PastRun {
  const counts = noIntents()
  for (const { state } of intents.get(start.id) ?? []) counts[state] += 1
  return copyOf({ ...start, ...end, intents: counts, results: told.get(start.id)?.results ?? noResults() })
}

function isAskedFor(
  { told }: State,
  { start, end }: KeptRun,
  { mode, host, playbook, since, failed }: RunQuery,
): boolean {
  const isOf = (path: string) => path === playbook || path.endsWith(`/${playbook}`)
  const isWell = end.exit === 0 || (start.mode === 'plan' && end.exit === 2)
  return (
    (mode === undefined || start.mode === mode) &&
    (host === undefined || told.get(start.id)?.hosts.has(host) === true) &&
    (playbook === undefined || start.playbooks.some(isOf)) &&
    (since === undefined || start.time >= since) &&
    !(failed && isWell)
  )
}

function prune(state: State, keep: Retention): number {
  const gone = pastTheirTime(state, keep)
  for (const { start } of gone) for (const kept of [state.runs, state.told, state.intents]) kept.delete(start.id)
  return gone.length
}

/** The oldest first. */
function pastTheirTime(state: State, { days, runs, mode, most }: Retention): KeptRun[] {
  const before = days === undefined ? null : daysBefore(state.clock(), days)
  const mayNot = (id: string) =>
    [...state.unfinished.values()].some(({ run }) => run === id) ||
    (state.intents.get(id) ?? []).some(intent => intent.state === 'open' && (before === null || intent.time >= before))
  return newestFirst(state)
    .filter(({ start }) => mode === undefined || start.mode === mode)
    .slice(runs ?? 0)
    .filter(({ start }) => before === null || start.time < before)
    .filter(({ start, end }) => !mayNot(start.id) && (end.exit !== null || mayGo(start.process, before !== null)))
    .reverse()
    .slice(0, most)
}
