/** How long a run may work before signals, timers and answers get their turn, in milliseconds. */
const LONGEST = 50

/**
 * To be awaited between pieces of work: now and then it lets the event loop have its turn. Tasks that wait for nothing (debug on a thousand
 * hosts) go from promise to promise; without it Ctrl-C, the renewal of leases and the live tree would wait for their end.
 */
export function createBreath(): () => Promise<void> {
  let last = performance.now()
  return async () => {
    if (performance.now() - last < LONGEST) return
    await new Promise<void>(done => setImmediate(done))
    last = performance.now()
  }
}
