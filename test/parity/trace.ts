import type { RunEvent } from '../../src/model/event.ts'

type Result = Extract<RunEvent, { event: 'host-result' }>

/** A RunEvent as lines of the trace that recordings are compared with (normal.ts). */
export function traceOf(event: RunEvent): object[] {
  if (event.event === 'play-started') return [{ event: 'play', play: event.play }]
  if (event.event === 'host-result') return [resultLine(event)]
  if (event.event !== 'run-finished' || event.failure?.code === 'invalid') return []
  return Object.entries(event.hosts).map(([host, recap]) => ({ event: 'recap', host, ...recap }))
}

function resultLine(event: Result): object {
  const { play, task, host, status } = event
  const base = { event: 'result', play, task, host, status }
  if (event.hidden) return { ...base, hidden: true }
  if (status === 'skipped' && !event.items) return base
  const why = event.failure && !event.items ? event.failure.message : undefined
  const said = event.msg === undefined ? why : event.msg
  return {
    ...base,
    ...(event.items?.length ? { items: event.items.map(itemLine) } : {}),
    ...(said === undefined ? {} : { msg: said }),
    ...(event.rc ? { rc: event.rc } : {}),
    ...(event.diff ? { diff: event.diff.map(({ before, after }) => ({ before, after })) } : {}),
  }
}

function itemLine({ item, status, msg, rc, failure }: NonNullable<Result['items']>[number]): object {
  const said = msg === undefined ? failure?.message : msg
  return { item, status, ...(said === undefined ? {} : { msg: said }), ...(rc ? { rc } : {}) }
}
