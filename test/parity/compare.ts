import { isDeepStrictEqual } from 'node:util'
import { diffArrays } from 'diff'
import { isOfClass } from './error-class.ts'
import type { Trace, TraceEvent, TraceItem, TraceResult } from './normal.ts'

type Ended = Trace & { readonly exit: number | null }

/** Where a run differs from what was recorded, a line each; none where it does the same. */
export function differences(recorded: Ended, run: Ended): string[] {
  const exit = recorded.exit === run.exit ? [] : [`exit code: ${recorded.exit} recorded, ${run.exit} now`]
  return [...exit, ...eventDifferences(recorded.events, run.events), ...recapDifferences(recorded, run)]
}

function eventDifferences(recorded: readonly TraceEvent[], run: readonly TraceEvent[]): string[] {
  const lines: string[] = []
  let [at, now] = [0, 0]
  for (const { added, removed, count } of diffArrays(recorded.map(nameOf), run.map(nameOf))) {
    if (removed) lines.push(...recorded.slice(at, at + count).map(event => `- ${brief(event)}`))
    else if (added) lines.push(...run.slice(now, now + count).map(event => `+ ${brief(event)}`))
    else for (let each = 0; each < count; each++) lines.push(...pair(recorded[at + each], run[now + each]))
    if (!added) at += count
    if (!removed) now += count
  }
  return lines
}

function pair(recorded: TraceEvent | undefined, run: TraceEvent | undefined): string[] {
  if (recorded?.event !== 'result' || run?.event !== 'result') return []
  const told = settled(recorded, run)
  return isDeepStrictEqual(recorded, told) ? [] : [`~ ${brief(recorded)}\n  now ${brief(told)}`]
}

/** What the run told, as far as it is compared: failures by their kind, and a looped task by its items. */
function settled(recorded: TraceResult, run: TraceResult): TraceResult {
  const { items, ...own } = byClass(recorded, run)
  if (!recorded.items) return items ? { ...own, items } : own
  const each = items?.map((item, at) => byClass(recorded.items?.[at], item))
  const hasValue = 'msg' in recorded || recorded.error !== undefined
  const { msg: _, rc: __, error: ___, ...rest } = own
  return { ...(hasValue ? own : rest), ...(each ? { items: each } : {}) }
}

function byClass<T extends TraceResult | TraceItem>(recorded: T | undefined, run: T): T {
  if (!recorded?.error || recorded.status !== run.status || run.hidden || !isOfClass(run.msg, recorded.error))
    return run
  const { msg: _, rc: __, ...rest } = run
  return { ...rest, error: recorded.error } as T
}

function recapDifferences({ recap: recorded }: Trace, { recap: run }: Trace): string[] {
  const hosts = [...new Set([...Object.keys(recorded), ...Object.keys(run)])]
  return hosts
    .filter(host => !isDeepStrictEqual(recorded[host], run[host]))
    .map(host => `recap of ${host}: ${JSON.stringify(recorded[host])} recorded, ${JSON.stringify(run[host])} now`)
}

function nameOf(event: TraceEvent): string {
  return JSON.stringify(event.event === 'play' ? [event.play] : [event.play, event.task, event.host])
}

function brief(event: TraceEvent): string {
  if (event.event === 'play') return `play ${event.play}`
  const { event: _, play: __, task, host, status, ...rest } = event
  return `[${task}] ${host}: ${status} ${JSON.stringify(rest)}`
}
