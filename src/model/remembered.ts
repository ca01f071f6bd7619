const MOST = 5000

/**
 * Keeps the answers of a pure function of a text: a fabric's switches say mostly the same lines. The oldest answers go when there are many.
 */
export function remembered<T>(answer: (text: string) => T): (text: string) => T {
  const known = new Map<string, T>()
  return text => {
    const before = known.get(text)
    if (before !== undefined) return before
    // A copy: a line that was cut from an output of megabytes would keep all of it in memory.
    const own = Buffer.from(text, 'utf16le').toString('utf16le')
    const found = answer(own)
    if (known.size >= MOST) known.delete(known.keys().next().value as string)
    known.set(own, found)
    return found
  }
}
