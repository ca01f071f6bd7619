import type { RunEvent } from '../model/event.ts'
import { changeLines } from './change-lines.ts'
import { failureLines } from './failure-lines.ts'
import type { Reporter, ReportOptions } from './reporter.ts'
import { createStyle } from './style.ts'
import { addToTally, createTally, tallyLines } from './tally.ts'
import { seen } from './visible-event.ts'

type HostResult = Extract<RunEvent, { event: 'host-result' }>

const plainStyle = createStyle(false)

/** `--output markdown`: a page for a merge request: the sum first, then a fold per host with its diff. */
export function markdownReport({ write }: Pick<ReportOptions, 'write'>): Reporter {
  const tally = createTally()
  const byHost = new Map<string, HostResult[]>()
  const warnings: string[] = []
  return seen({
    emit: event => {
      addToTally(tally, event)
      if (event.event === 'warning') warnings.push(event.text)
      if (event.event === 'host-result' && worthShowing(event)) {
        byHost.set(event.host, [...(byHost.get(event.host) ?? []), event])
      }
      if (event.event === 'run-finished') write(page(event, { tally, byHost, warnings }))
    },
    end: async () => {},
  })
}

function worthShowing(event: HostResult): boolean {
  return event.status !== 'ok' && event.status !== 'skipped'
}

function page(
  event: Extract<RunEvent, { event: 'run-finished' }>,
  {
    tally,
    byHost,
    warnings,
  }: { tally: ReturnType<typeof createTally>; byHost: Map<string, HostResult[]>; warnings: string[] },
): string {
  const title = tally.mode === 'plan' ? 'weft plan' : 'weft run'
  const parts = [
    `## ${title}`,
    ...(event.failure && Object.keys(event.hosts).length === 0 ? [] : tallyLines(tally, event.failure !== undefined)),
    ...(event.failure ? [fence(failureLines(event.failure, plainStyle), 'text')] : []),
    ...warnings.map(text => `> warning: ${inline(text)}`),
    ...[...byHost].map(([host, results]) => section(host, results)),
    recapTable(event.hosts),
    ...(event.next ? [`Next: \`${event.next}\``] : []),
  ]
  return `${parts.join('\n\n')}\n`
}

function section(host: string, results: readonly HostResult[]): string {
  const open = results.some(result => result.failure) ? ' open' : ''
  return [
    `<details${open}><summary><b>${inline(host)}</b> (${results.length})</summary>`,
    ...results.map(task),
    '</details>',
  ].join('\n\n')
}

function task(result: HostResult): string {
  const head = `**${inline(result.task)}**: ${result.status} \`${result.at.file}:${result.at.line}\``
  const changes = changeLines(result.changes ?? [], plainStyle).map(line => line.replace(/^ {4}([+-])/, '$1'))
  return [
    head,
    ...(changes.length > 0 ? [fence(changes, 'diff')] : []),
    ...(result.failure ? [fence(failureLines(result.failure, plainStyle), 'text')] : []),
  ].join('\n\n')
}

/** A name between words of Markdown: a task's may hold what a device said. */
function inline(name: string): string {
  const entities: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;' }
  return name
    .replace(/\s+/g, ' ')
    .replace(/[\\`*[\]|!~]/g, '\\$&')
    .replace(/[&<>]/g, found => entities[found] ?? found)
}

/** A fence longer than any run of backticks inside it, so that no device output can end it. */
function fence(lines: readonly string[], language: string): string {
  const longest = Math.max(2, ...[...lines.join('\n').matchAll(/`+/g)].map(match => match[0].length))
  const ticks = '`'.repeat(longest + 1)
  return `${ticks}${language}\n${lines.join('\n')}\n${ticks}`
}

function recapTable(hosts: Extract<RunEvent, { event: 'run-finished' }>['hosts']): string {
  const columns = ['ok', 'changed', 'unreachable', 'failed', 'skipped', 'rescued', 'ignored'] as const
  return [
    `| host | ${columns.join(' | ')} |`,
    `|---|${columns.map(() => '---:').join('|')}|`,
    ...Object.entries(hosts).map(
      ([host, recap]) => `| ${inline(host)} | ${columns.map(column => recap[column]).join(' | ')} |`,
    ),
  ].join('\n')
}
