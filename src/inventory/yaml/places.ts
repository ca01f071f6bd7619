export type Places = Map<string, readonly [line: number, column: number]>

export interface YamlTools {
  readonly text: string
  readonly file: string
  /** Line and column of an offset. */
  readonly at: (offset: number) => readonly [line: number, column: number]
}

/** Offset → line and column, both from 1, by bisection over the line starts. */
export function lineFinder(text: string): YamlTools['at'] {
  const starts = [0]
  for (let next = text.indexOf('\n'); next >= 0; next = text.indexOf('\n', next + 1)) starts.push(next + 1)
  return offset => {
    let low = 0
    let high = starts.length - 1
    while (low < high) {
      const middle = (low + high + 1) >> 1
      if ((starts[middle] as number) <= offset) low = middle
      else high = middle - 1
    }
    return [low + 1, offset - (starts[low] as number) + 1]
  }
}
