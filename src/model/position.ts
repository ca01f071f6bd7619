/** A place in a text file; line and column count from 1. */
export interface Position {
  readonly file: string
  readonly line: number
  readonly column: number
}

/** `file:line:column`, the form that editors and terminals turn into links. */
export function formatPosition(position: Position): string {
  return `${position.file}:${position.line}:${position.column}`
}

/**
 * Where the parts of a YAML value stand. Keys are JSON-pointer-like paths from the value's root:
 * '' is the value itself, '/lines/3' the fourth entry of its `lines`. A mapping entry points at its key.
 */
export interface SourceMap {
  readonly file: string
  readonly places: ReadonlyMap<string, readonly [line: number, column: number]>
}

/** The position of a path, or of its nearest known ancestor. */
export function positionOf(source: SourceMap, path: readonly (string | number)[]): Position {
  for (let length = path.length; length >= 0; length--) {
    const place = source.places.get(
      path
        .slice(0, length)
        .map(part => `/${part}`)
        .join(''),
    )
    if (place) return { file: source.file, line: place[0], column: place[1] }
  }
  return { file: source.file, line: 1, column: 1 }
}
