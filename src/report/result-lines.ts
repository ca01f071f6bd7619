import type { RunEvent, Status } from '../model/event.ts'
import { changeLines, countChanges } from './change-lines.ts'
import { failureLines } from './failure-lines.ts'
import type { Style } from './style.ts'

type HostResult = Extract<RunEvent, { event: 'host-result' }>

const colourOf = {
  ok: 'green',
  changed: 'yellow',
  skipped: 'dim',
  failed: 'red',
  unreachable: 'red',
  rescued: 'cyan',
  ignored: 'cyan',
} as const satisfies Record<Status, string>

/** One host's result of one task: a line, then its diff, its failure or its message. */
export function resultLines(
  result: HostResult,
  { style, plan, diff, verbosity }: { style: Style; plan: boolean; diff: boolean; verbosity: number },
): string[] {
  const word = plan && result.status === 'changed' ? 'change' : result.status
  const summary = result.changes?.length ? style('dim', `  ${countChanges(result.changes)}`) : ''
  const delegate = result.delegate ? style('dim', ` → ${result.delegate}`) : ''
  return [
    `  ${style(colourOf[result.status], word.padEnd(11))} ${result.host}${delegate}${summary}`,
    ...indent(messageLines(result, verbosity)),
    ...(plan || diff ? indent(changeLines(result.changes ?? [], style)) : []),
    ...(result.failure ? indent(failureLines(result.failure, style)) : []),
  ]
}

/** What an action says is shown when saying it is its purpose (debug, fail, assert), else with -v. */
function messageLines(result: HostResult, verbosity: number): string[] {
  if (result.hidden) return verbosity > 0 ? ['(hidden by no_log)'] : []
  const speaks = /(^|\.)debug$/.test(result.action)
  if (result.status === 'skipped' || result.failure) return []
  if (!speaks && verbosity === 0) return []
  const values = result.items?.map(item => item.msg) ?? [result.msg]
  return values.filter(value => value !== undefined && value !== '').flatMap(value => asText(value).split('\n'))
}

function asText(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value, null, 2)
}

function indent(lines: readonly string[]): string[] {
  return lines.map(line => `      ${line}`)
}
