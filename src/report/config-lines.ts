import type { ShownChange } from '../model/managed.ts'
import type { Style } from './style.ts'

/**
 * Excerpts of one configuration drawn as one diff: a context that several changes share is printed once, and what may interrupt traffic
 * stands behind the line that does it.
 */
export function configLines(changes: readonly ShownChange[], style: Style): string[] {
  const drawn: string[] = []
  // The contexts that the last line stands in, outermost first.
  let open: string[] = []
  for (const change of changes) {
    const notes = [change.disrupts, change.oneWay && `cannot be undone: ${change.oneWay}`].filter(note => note)
    change.lines.forEach((line, index) => {
      const sign = line.charAt(0)
      const text = line.slice(1)
      const depth = (text.length - text.trimStart().length) / 2
      if (sign === ' ' && open[depth] === text) return
      open = [...open.slice(0, depth), text]
      const note =
        index === change.lines.length - 1 && notes.length > 0 ? style('yellow', `   ! ${notes.join('; ')}`) : ''
      drawn.push(paint(sign, line, style) + note)
    })
  }
  return drawn
}

function paint(sign: string, line: string, style: Style): string {
  if (sign === '+') return style('green', line)
  if (sign === '-') return style('red', line)
  return style('dim', line)
}
