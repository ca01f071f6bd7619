import type { Failure } from '../model/failure.ts'
import { formatPosition } from '../model/position.ts'
import type { Style } from './style.ts'

/** A failure as a person needs it: what and where, the device's own words, what became of the changes, what to do. */
export function failureLines(failure: Failure, style: Style): string[] {
  return [
    ...wordsOf(failure).map(line => style('red', line)),
    ...(failure.at ? [`  at ${style('cyan', formatPosition(failure.at))}`] : []),
    ...deviceLines(failure, style),
    ...(failure.aftermath ? [`  ${style('bold', 'now:')} ${failure.aftermath}`] : []),
    ...(failure.remedy ? [`  ${style('bold', 'do:')} ${failure.remedy}`] : []),
  ]
}

/** A message may quote what a device or a program said: its other lines are indented, so that none looks like a line of weft's own. */
function wordsOf({ code, message }: Failure): string[] {
  return `${code}: ${message}`.split('\n').map((line, at) => (at === 0 ? line : `    ${line}`))
}

function deviceLines({ device }: Failure, style: Style): string[] {
  if (!device) return []
  const depth = device.context?.length ?? 0
  return [
    ...(device.context ?? []).map((line, level) => `    ${'  '.repeat(level)}${line}`),
    ...(device.line === undefined ? [] : [style('red', `  > ${'  '.repeat(depth)}${device.line}`)]),
    ...device.said
      .trimEnd()
      .split('\n')
      .map(line => style('dim', `    ${line}`)),
  ]
}
