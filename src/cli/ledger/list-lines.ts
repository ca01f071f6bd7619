import type { PastRun } from '../../journal/ledger.ts'
import type { Style } from '../../report/style.ts'
import { colourOf, resultOf } from './result.ts'
import { clockText, secondsText } from './when.ts'

const HEAD = ['run', 'when', 'kind', 'result', 'changed', 'failed', 'took', 'by', 'playbooks'] as const
const RIGHT: ReadonlySet<string> = new Set(['changed', 'failed', 'took'])

/** Past runs as a table, the head first; the last column is as long as it is. */
export function listLines(runs: readonly PastRun[], style: Style): string[] {
  const rows = runs.map(cellsOf)
  const widths = HEAD.map((name, at) => Math.max(name.length, ...rows.map(row => (row[at] ?? '').length)))
  const line = (cells: readonly string[], paint: (text: string, at: number) => string) =>
    cells
      .map((cell, at) => {
        const width = at === cells.length - 1 ? 0 : (widths[at] ?? 0)
        return paint(RIGHT.has(HEAD[at] ?? '') ? cell.padStart(width) : cell.padEnd(width), at)
      })
      .join('  ')
  return [
    line(HEAD, text => style('bold', text)),
    ...rows.map((row, at) => line(row, (text, column) => painted(runs[at] as PastRun, { text, column }, style))),
  ]
}

function cellsOf(run: PastRun): string[] {
  const { id, time, mode, who, playbooks, reason, results, seconds } = run
  const what = `${playbooks.join(' ')}${reason === undefined ? '' : `  "${reason}"`}`
  const counts = [results.changed, results.failed + results.unreachable].map(String)
  return [
    id,
    clockText(time).slice(0, 16),
    mode,
    resultOf(run),
    ...counts,
    seconds === null ? '' : secondsText(seconds),
    who,
    what,
  ]
}

function painted(run: PastRun, { text, column }: { text: string; column: number }, style: Style): string {
  const name = HEAD[column]
  if (name === 'result') return style(colourOf[resultOf(run)], text)
  if (name === 'failed' && text.trim() !== '0') return style('red', text)
  if (name === 'changed' && text.trim() !== '0') return style('yellow', text)
  return text.trim() === '0' || name === 'when' || name === 'by' || name === 'took' ? style('dim', text) : text
}
