/** A result as traces tell it; fixtures hold what was recorded of ansible-playbook in this form. */
export interface TraceResult {
  readonly event: 'result'
  readonly play: string
  readonly task: string
  readonly host: string
  readonly status: string
  readonly msg?: unknown
  /** In recordings, for the text of a failure: its kind. */
  readonly error?: string
  readonly rc?: number
  readonly hidden?: true
  readonly items?: readonly TraceItem[]
  readonly diff?: readonly { before: unknown; after: unknown }[]
}

export type TraceItem = Pick<TraceResult, 'status' | 'msg' | 'error' | 'rc' | 'hidden'> & { readonly item: unknown }

export type TraceEvent = { readonly event: 'play'; readonly play: string } | TraceResult

export interface Trace {
  readonly events: readonly TraceEvent[]
  readonly recap: Readonly<Record<string, Readonly<Record<string, number>>>>
}

type Raw = Record<string, unknown>

const counts = ['ok', 'changed', 'unreachable', 'failed', 'skipped', 'rescued', 'ignored']

/** What a runner printed, one JSON object a line among other lines, as a trace whose order does not depend on timing. */
export function traceOfLines(text: string, scratch: string, perHost: boolean): Trace {
  const raw = text.split('\n').flatMap(eventOf)
  const told = raw.filter(({ event }) => event === 'play' || event === 'result').map(each => clean(each, scratch))
  const recap = raw
    .filter(({ event }) => event === 'recap')
    .map(each => [String(each.host), Object.fromEntries(counts.map(name => [name, Number(each[name] ?? 0)]))])
  return { events: inOrder(told, perHost), recap: Object.fromEntries(recap) }
}

function eventOf(line: string): Raw[] {
  if (!line.startsWith('{')) return []
  try {
    return [JSON.parse(line)]
  } catch {
    return []
  }
}

function clean(raw: Raw, scratch: string): TraceEvent {
  const play = String(plain(String(raw.play ?? '').trim(), scratch))
  if (raw.event === 'play') return { event: 'play', play }
  const { items, diff } = raw
  return {
    event: 'result',
    play,
    task: String(plain(String(raw.task ?? '').trim(), scratch)),
    host: String(raw.host),
    ...shownBy(raw, scratch),
    ...(Array.isArray(items) && items.length > 0 && !raw.hidden
      ? { items: items.map(each => ({ item: plain(each.item, scratch), ...shownBy(each, scratch) })) }
      : {}),
    ...(Array.isArray(diff) && diff.length > 0
      ? { diff: diff.map(each => ({ before: plain(each.before, scratch), after: plain(each.after, scratch) })) }
      : {}),
  }
}

function shownBy(raw: Raw, scratch: string): Pick<TraceResult, 'status' | 'msg' | 'rc' | 'hidden'> {
  const status = String(raw.status)
  if (raw.hidden) return { status, hidden: true }
  if (status === 'skipped') return { status }
  return {
    status,
    ...('msg' in raw ? { msg: plain(raw.msg, scratch) } : {}),
    ...(raw.rc ? { rc: Number(raw.rc) } : {}),
  }
}

/** Values as JSON has them, but for where the case was copied to and the last digits of a fraction. */
function plain(value: unknown, scratch: string): unknown {
  if (typeof value === 'string') return value.replaceAll(scratch, '<CASE>')
  if (typeof value === 'number') return Number.isInteger(value) ? value : Number(value.toFixed(9))
  if (Array.isArray(value)) return value.map(each => plain(each, scratch))
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, plain(each, scratch)]))
}

/** Hosts of one task (or, each at its own pace, of one play) come in any order: they are sorted by name. */
function inOrder(events: readonly TraceEvent[], perHost: boolean): TraceEvent[] {
  const groups: TraceEvent[][] = []
  for (const event of events) {
    const group = groups.at(-1)
    const before = group?.at(-1)
    const together = event.event === 'result' && before?.event === 'result' && (perHost || before.task === event.task)
    if (group && together) group.push(event)
    else groups.push([event])
  }
  return groups.flatMap(group => withoutFormer(group).toSorted((a, b) => compareHosts(a, b)))
}

/** An include that cannot be read is told as taken first, and then as failed: what counts is that it failed. */
function withoutFormer(group: readonly TraceEvent[]): TraceEvent[] {
  const nameOf = (event: TraceEvent) => (event.event === 'result' ? `${event.task}\n${event.host}` : '')
  const failed = new Set(group.filter(event => event.event === 'result' && event.status === 'failed').map(nameOf))
  const isFormer = (event: TraceEvent) =>
    event.event === 'result' && event.status === 'ok' && !event.items && !event.hidden && !('msg' in event)
  return group.filter(event => !(isFormer(event) && failed.has(nameOf(event))))
}

function compareHosts(a: TraceEvent, b: TraceEvent): number {
  if (a.event !== 'result' || b.event !== 'result' || a.host === b.host) return 0
  return a.host < b.host ? -1 : 1
}
