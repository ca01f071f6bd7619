import type { Segment } from './segments.ts'

export interface Trimming {
  /** The newline behind a statement or comment goes. */
  readonly trimBlocks: boolean
  /** The blanks before a statement or comment that starts its line go. */
  readonly lstripBlocks: boolean
}

/** The segments with their texts trimmed as the signs beside them and the settings say; texts of nothing are left out. */
export function trimmed(segments: readonly Segment[], how: Trimming): Segment[] {
  const kept: Segment[] = []
  let startsLine = true
  for (const [index, segment] of segments.entries()) {
    if (segment.kind !== 'text') {
      kept.push(segment)
      startsLine = false
      continue
    }
    const [before, after] = [segments[index - 1], segments[index + 1]]
    const start = trimmedStart(segment.inner, before, how)
    const wasLineEnd = start.length < segment.inner.length && segment.inner.startsWith('\n')
    const inner = trimmedEnd(start, after, { how, startsLine: startsLine || wasLineEnd })
    if (inner !== '') kept.push({ ...segment, inner })
  }
  return kept
}

function isBlock(segment: Segment | undefined): segment is Segment {
  return segment?.kind === 'statement' || segment?.kind === 'comment'
}

function trimmedStart(text: string, before: Segment | undefined, { trimBlocks }: Trimming): string {
  if (before?.close === '-') return text.trimStart()
  return isBlock(before) && before.close !== '+' && trimBlocks && text.startsWith('\n') ? text.slice(1) : text
}

function trimmedEnd(
  text: string,
  after: Segment | undefined,
  { how, startsLine }: { how: Trimming; startsLine: boolean },
): string {
  if (after?.open === '-') return text.trimEnd()
  if (!isBlock(after) || after.open === '+' || !how.lstripBlocks) return text
  const line = text.lastIndexOf('\n') + 1
  return (line > 0 || startsLine) && /^\s*$/.test(text.slice(line)) ? text.slice(0, line) : text
}
