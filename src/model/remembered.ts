const MOST = 5000
const MOST_LETTERS = 1_000_000

/**
 * Keeps the answers of a pure function of a text: a fabric's switches say mostly the same lines. The oldest answers go when there are many,
 * or when their texts are long.
 */
export function remembered<T>(answer: (text: string) => T): (text: string) => T {
  const known = new Map<string, T>()
  let letters = 0
  return text => {
    const before = known.get(text)
    if (before !== undefined) return before
    const own = copyOf(text)
    const found = answer(own)
    known.set(own, found)
    letters += own.length
    for (const oldest of known.keys()) {
      if (known.size <= MOST && letters <= MOST_LETTERS) break
      known.delete(oldest)
      letters -= oldest.length
    }
    return found
  }
}

/** A line that was cut from an output of megabytes would keep all of it in memory. */
function copyOf(text: string): string {
  const copy = Buffer.from(text).toString()
  // Half of a surrogate pair is lost in UTF-8.
  return copy === text ? copy : Buffer.from(text, 'utf16le').toString('utf16le')
}

/** The same for a function of an object that never changes: its answer is kept as long as the object is. */
export function rememberedOf<K extends object, T>(answer: (of: K) => T): (of: K) => T {
  const known = new WeakMap<K, T>()
  return of => {
    const before = known.get(of)
    if (before !== undefined) return before
    const found = answer(of)
    known.set(of, found)
    return found
  }
}
