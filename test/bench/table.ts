import type { Row } from './row.ts'

const columns = ['what', 'must', 'measured', 'verdict'] as const
const titles: Row = { what: 'what', must: 'must reach', measured: 'measured', verdict: 'verdict' }

/** Rows as a Markdown table that is also aligned for a terminal. */
export function tableOf(rows: readonly Row[]): string {
  const widths = columns.map(column => Math.max(...[titles, ...rows].map(row => row[column].length)))
  const line = (cells: readonly string[]) =>
    `| ${cells.map((cell, index) => cell.padEnd(widths[index] ?? 0)).join(' | ')} |`
  const rule = `|${widths.map(width => '-'.repeat(width + 2)).join('|')}|`
  return [line(cellsOf(titles)), rule, ...rows.map(row => line(cellsOf(row)))].join('\n')
}

function cellsOf(row: Row): string[] {
  return columns.map(column => row[column])
}
