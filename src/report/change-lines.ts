import type { ShownChange } from '../model/managed.ts'
import { configLines } from './config-lines.ts'
import type { Style } from './style.ts'

const markOf = { create: '+', update: '~', delete: '-' } as const
const colourOf = { create: 'green', update: 'yellow', delete: 'red' } as const

/** Changes as a reviewer reads them: configuration as one diff, objects one by one with what may interrupt traffic below. */
export function changeLines(changes: readonly ShownChange[], style: Style): string[] {
  const config = changes.filter(change => change.form === 'config')
  const objects = changes.filter(change => change.form !== 'config')
  return [...configLines(config, style), ...objects.flatMap(change => objectLines(change, style))]
}

function objectLines(change: ShownChange, style: Style): string[] {
  return [
    style(colourOf[change.action], `${markOf[change.action]} ${change.resource}`),
    ...change.lines.map(line => diffLine(`    ${line}`, line, style)),
    ...(change.disrupts ? [style('yellow', `    ! ${change.disrupts}`)] : []),
    ...(change.oneWay ? [style('yellow', `    ! cannot be undone: ${change.oneWay}`)] : []),
  ]
}

/** A unified diff between two texts, for copy and template; jsdiff is loaded only when there is one to show. */
export async function textDiffLines(before: string, after: string, header: string, style: Style): Promise<string[]> {
  const { createTwoFilesPatch } = await import('diff')
  return createTwoFilesPatch(header, header, before, after, 'before', 'after', { context: 3 })
    .split('\n')
    .filter(line => line !== '' && !/^(\\|Index: |={60})/.test(line))
    .map(line => diffLine(line, line, style))
}

function diffLine(text: string, line: string, style: Style): string {
  if (line.startsWith('+')) return style('green', text)
  if (line.startsWith('-')) return style('red', text)
  return text
}

/** '3 to create, 1 to change, 2 to delete'; in the past tense where it has happened. */
export function countChanges(changes: readonly ShownChange[], { done }: { done: boolean } = { done: false }): string {
  const count = (action: ShownChange['action']) => changes.filter(change => change.action === action).length
  const parts = [
    [count('create'), done ? 'created' : 'to create'],
    [count('update'), done ? 'changed' : 'to change'],
    [count('delete'), done ? 'deleted' : 'to delete'],
  ] as const
  return parts
    .filter(([number]) => number > 0)
    .map(([number, word]) => `${number} ${word}`)
    .join(', ')
}
