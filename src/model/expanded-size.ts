/** What aliases may add to a text before it is refused: values and letters together. */
const MOST_ADDED = 2_000_000

/**
 * How large a value is once everything that it refers to twice is written twice: its values and their letters. Infinity for one that holds itself.
 * Takes as long as the value as it is in memory, however large it would become.
 */
export function expandedSize(value: unknown): number {
  const known = new Map<object, number>()
  const sizeOf = (part: unknown): number => {
    if (typeof part === 'string') return 1 + part.length
    if (typeof part !== 'object' || part === null) return 1
    const before = known.get(part)
    if (before !== undefined) return before
    // Until it is known it is within itself.
    known.set(part, Number.POSITIVE_INFINITY)
    const entries = Array.isArray(part)
      ? part.map(sizeOf)
      : Object.entries(part).map(([name, of]) => name.length + sizeOf(of))
    const size = entries.reduce((sum, entry) => sum + entry, 1)
    known.set(part, size)
    return size
  }
  return sizeOf(value)
}

/** Whether a value that was read from a text is a bomb: aliases make of a few lines more than fits into the memory. */
export function isBomb(value: unknown, text: string): boolean {
  return expandedSize(value) > 2 * text.length + MOST_ADDED
}
