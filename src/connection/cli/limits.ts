/** What an answer may cost: a device that is not well, or not meant well, must not hold up all others. */
export interface Limits {
  /** Silence that is too long. */
  readonly silenceSeconds: number
  /** The whole of an answer, however it drips. */
  readonly totalSeconds: number
  readonly bytes: number
}

/** What of the limits was passed. */
export type Excess = 'silence' | 'time' | 'size'

/** A `show tech-support` has some tens of megabytes. */
const MOST_BYTES = 64 * 1024 * 1024
const LONGEST_SECONDS = 900

/** The limits that follow from how long a device may be silent (weft_timeout, or what a slow command is given). */
export function limitsFor(silenceSeconds: number): Limits {
  const totalSeconds = Math.max(silenceSeconds, Math.min(silenceSeconds * 10, LONGEST_SECONDS))
  return { silenceSeconds, totalSeconds, bytes: MOST_BYTES }
}

export interface Watch {
  heard(bytes: number): void
  stop(): void
}

/** Calls back once, at the first limit that is passed. `onQuiet` is called about each second in which nothing was heard. */
export function watchAnswer(limits: Limits, onExcess: (excess: Excess) => void, onQuiet?: () => void): Watch {
  const started = performance.now()
  let last = started
  let bytes = 0
  let isOver = false
  const stop = () => {
    isOver = true
    clearInterval(timer)
  }
  const end = (excess: Excess) => {
    stop()
    onExcess(excess)
  }
  const look = () => {
    const now = performance.now()
    if (now - last >= limits.silenceSeconds * 1000) return end('silence')
    if (now - started >= limits.totalSeconds * 1000) return end('time')
    if (now - last >= 900) onQuiet?.()
  }
  const timer = setInterval(look, Math.min(1000, limits.silenceSeconds * 250))
  return {
    heard: more => {
      last = performance.now()
      bytes += more
      if (bytes > limits.bytes && !isOver) end('size')
    },
    stop,
  }
}
