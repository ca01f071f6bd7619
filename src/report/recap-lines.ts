import type { Recap } from '../model/event.ts'
import type { Style } from './style.ts'

const columns = ['ok', 'changed', 'unreachable', 'failed', 'skipped', 'rescued', 'ignored'] as const
const colourOf: Partial<Record<(typeof columns)[number], 'green' | 'yellow' | 'red' | 'cyan'>> = {
  ok: 'green',
  changed: 'yellow',
  unreachable: 'red',
  failed: 'red',
  rescued: 'cyan',
  ignored: 'cyan',
}

/** The recap table, a row per host; only columns that hold a number somewhere are shown beside ok and changed. */
export function recapLines(hosts: Readonly<Record<string, Recap>>, style: Style): string[] {
  const names = Object.keys(hosts)
  if (names.length === 0) return []
  const shown = columns.filter(
    column => column === 'ok' || column === 'changed' || names.some(name => (hosts[name]?.[column] ?? 0) > 0),
  )
  const width = Math.max(4, ...names.map(name => name.length))
  return [
    style('bold', `${'host'.padEnd(width)}  ${shown.map(column => column.padStart(cell(column))).join('  ')}`),
    ...names.map(
      name =>
        `${name.padEnd(width)}  ${shown.map(column => number(hosts[name]?.[column] ?? 0, column, style)).join('  ')}`,
    ),
  ]
}

function number(value: number, column: (typeof columns)[number], style: Style): string {
  const text = String(value).padStart(cell(column))
  const colour = colourOf[column]
  return value === 0 ? style('dim', text) : colour ? style(colour, text) : text
}

function cell(column: string): number {
  return Math.max(column.length, 5)
}
