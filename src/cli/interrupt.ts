/** What Ctrl-C means to a run: once = end after the running step, twice = stop at once. */
export interface Interrupt {
  readonly stop: AbortSignal
  readonly abort: AbortSignal
  release(): void
}

/** Listens for SIGINT and SIGTERM until released; `say` is called once for each step. */
export function listenForInterrupt(say: (text: string) => void): Interrupt {
  const stop = new AbortController()
  const abort = new AbortController()
  const onSignal = () => {
    if (!stop.signal.aborted) {
      say('Stopping after the running step. Ctrl-C again stops at once and leaves it unknown how far that step came.')
      stop.abort()
    } else if (!abort.signal.aborted) {
      say('Stopping at once.')
      abort.abort()
    }
  }
  process.on('SIGINT', onSignal)
  process.on('SIGTERM', onSignal)
  return {
    stop: stop.signal,
    abort: abort.signal,
    release: () => {
      process.off('SIGINT', onSignal)
      process.off('SIGTERM', onSignal)
    },
  }
}
