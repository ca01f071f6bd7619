import type { RunEvent } from '../model/event.ts'
import { visible, visibleLine } from '../model/visible.ts'
import type { Reporter } from './reporter.ts'

/** Parts of events that are one line whatever they hold. */
const ONE_LINE = new Set([
  'action',
  'delegate',
  'file',
  'header',
  'host',
  'hosts',
  'id',
  'mode',
  'play',
  'playbooks',
  'resource',
  'run',
  'task',
  'version',
])

/** A report that people read: no text of any event reaches the terminal with a control character in it. Weft's own colours come later. */
export function seen(report: Reporter): Reporter {
  return { ...report, emit: event => report.emit(visibleEvent(event)) }
}

/** An event with the control characters of all its texts made visible; the same event where there are none. */
export function visibleEvent<E extends RunEvent>(event: E): E {
  return visibleValue(event, '') as E
}

/** Anything that is shown, such as a failure, treated likewise. */
export function visibleValue(value: unknown, name = ''): unknown {
  if (typeof value === 'string') return ONE_LINE.has(name) ? visibleLine(value) : visible(value)
  if (Array.isArray(value)) {
    const entries = value.map(entry => visibleValue(entry, name))
    return entries.some((entry, at) => entry !== value[at]) ? entries : value
  }
  if (typeof value !== 'object' || value === null) return value
  const entries = Object.entries(value).map(
    ([key, entry]) => [visibleLine(key), visibleValue(entry, key), key] as const,
  )
  const differs = entries.some(
    ([shown, entry, key]) => shown !== key || entry !== (value as Record<string, unknown>)[key],
  )
  return differs ? Object.fromEntries(entries.map(([shown, entry]) => [shown, entry])) : value
}
