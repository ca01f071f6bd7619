/**
 * Runs `work` over all entries, at most `limit` at a time, in order of start. Results keep the order of the entries. After an error
 * nothing more is begun; it is thrown when what was begun has ended, so that nothing goes on working while the caller cleans up.
 */
export async function pooled<T, R>(entries: readonly T[], limit: number, work: (entry: T) => Promise<R>): Promise<R[]> {
  const results = new Array<R>(entries.length)
  let next = 0
  let isBroken = false
  const worker = async () => {
    while (next < entries.length && !isBroken) {
      const index = next++
      try {
        results[index] = await work(entries[index] as T)
      } catch (error) {
        isBroken = true
        throw error
      }
    }
  }
  const workers = Array.from({ length: Math.min(Math.max(1, limit), entries.length) }, worker)
  const ended = await Promise.allSettled(workers)
  const broken = ended.find(end => end.status === 'rejected')
  if (broken) throw broken.reason
  return results
}
