import type { RunEvent } from '../model/event.ts'
import { changeLines, countChanges } from './change-lines.ts'
import { failureLines } from './failure-lines.ts'
import { STATUS_COLOURS } from './status-colours.ts'
import type { Style } from './style.ts'

type HostResult = Extract<RunEvent, { event: 'host-result' }>

/** How results are drawn: a plan's changes are still to come and always shown. */
export interface ResultOptions {
  readonly style: Style
  readonly plan: boolean
  readonly diff: boolean
  readonly verbosity: number
}

/** One host's result of one task: a line that stands by itself, then its diff, its failure or its message. */
export function resultLines(result: HostResult, options: ResultOptions): string[] {
  const { style, plan, diff, verbosity } = options
  return [
    resultHead(result, options),
    ...indent(messageLines(result, verbosity)),
    ...(plan || diff ? indent(changeLines(result.changes ?? [], style)) : []),
    ...(result.failure ? indent(failureLines(result.failure, style)) : []),
  ]
}

/** 'changed  leaf-101  Peers of the rack  3 created  tasks/nxos/peers.yml:3'. */
function resultHead(result: HostResult, { style, plan }: ResultOptions): string {
  const word = plan && result.status === 'changed' ? 'change' : result.status
  const delegate = result.delegate ? ` → ${result.delegate}` : ''
  const failed = result.status === 'failed' || result.status === 'unreachable'
  const summary = result.changes?.length && !failed ? countChanges(result.changes, { done: !plan }) : ''
  const parts = [
    `${result.host}${delegate}`,
    style('bold', result.task),
    summary,
    style('dim', `${result.at.file}:${result.at.line}`),
  ]
  return `${style(STATUS_COLOURS[result.status], word.padEnd(9))} ${parts.filter(part => part !== '').join('  ')}`
}

/** Whether a result is worth a line without -v: what is in sync or skipped is not, a message is. */
export function isWorthShowing(result: HostResult, verbosity: number): boolean {
  const quiet = result.status === 'ok' || result.status === 'skipped'
  return !quiet || verbosity > 0 || (speaks(result) && result.status === 'ok')
}

/** What an action says is shown when saying it is its purpose (debug), else with -v. */
function messageLines(result: HostResult, verbosity: number): string[] {
  if (result.hidden) return verbosity > 0 ? ['(hidden by no_log)'] : []
  if (result.status === 'skipped' || result.failure) return []
  if (!speaks(result) && verbosity === 0) return []
  const values = result.items?.map(item => item.msg) ?? [result.msg]
  return values.filter(value => value !== undefined && value !== '').flatMap(value => asText(value).split('\n'))
}

function speaks({ action }: HostResult): boolean {
  return /(^|\.)debug$/.test(action)
}

function asText(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value, null, 2)
}

function indent(lines: readonly string[]): string[] {
  return lines.map(line => `    ${line}`)
}
