const MOST = 5000
const MOST_LETTERS = 1_000_000

/**
 * Keeps the answers of a pure function of a text: a fabric's switches say mostly the same lines. Answers that were not asked for in a while
 * go when there are many, or when their texts are long: they are kept in two halves, and the older one is dropped as a whole.
 */
export function remembered<T>(answer: (text: string) => T): (text: string) => T {
  let recent = new Map<string, T>()
  let older = new Map<string, T>()
  let letters = 0
  return text => {
    const known = recent.get(text)
    if (known !== undefined) return known
    const own = copyOf(text)
    const before = older.get(text)
    const found = before === undefined ? answer(own) : before
    recent.set(own, found)
    letters += own.length
    if (recent.size >= MOST / 2 || letters >= MOST_LETTERS / 2) {
      older = recent
      recent = new Map()
      letters = 0
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
