import type { Ledger } from '../ledger.ts'
import { createWaitingEvents } from './events.ts'
import type { Store } from './store.ts'

/** Events are written when so many wait, */
const TOGETHER = 100
/** and at the latest after so many milliseconds, so that another terminal sees what a long run does. */
const SOON = 1000

/** Keeps events until they are worth a transaction; every other write takes along those that wait, every read is after them. */
export function createRecorder(bare: Store): { readonly record: Ledger['record']; readonly store: Store } {
  const waiting = createWaitingEvents(bare.clock)
  let timer: NodeJS.Timeout | null = null
  const write: Store['write'] = (work, options) =>
    bare.write(
      database => {
        const result = work(database)
        waiting.write(database)
        return result
      },
      { ...options, committed: waiting.written },
    )
  const flush = async () => {
    if (timer) clearTimeout(timer)
    timer = null
    if (waiting.size > 0) await write(() => {}, { durable: false })
  }
  // What cannot be written waits for the next write, which says why.
  const flushQuietly = () => void flush().catch(() => {})
  return {
    record(run, event) {
      waiting.add(run, event)
      if (waiting.size === TOGETHER) flushQuietly()
      else timer ??= setTimeout(flushQuietly, SOON).unref()
    },
    store: {
      ...bare,
      write,
      read: work => {
        flushQuietly()
        return bare.read(work)
      },
      async close() {
        try {
          await flush()
        } finally {
          await bare.close()
        }
      },
    },
  }
}
