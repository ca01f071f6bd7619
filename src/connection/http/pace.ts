/** How many requests may be under way, and how long to wait when the APIC says that it has no room. */
export interface Pace {
  /** Runs a request when there is room for it. */
  run<T>(request: () => Promise<T>): Promise<T>
  /** The APIC answered: after a row of good answers one more request may be under way. */
  good(): void
  /** The APIC said 503: half as many from now on. */
  busy(): void
  readonly limit: number
}

const START = 4
const MOST = 8

/**
 * Additive increase, halving on 503. There is no header that says how much an APIC allows (nginx limits from 4.2(3), per client
 * group from 6.1(2)), so the rate is found by looking.
 */
export function openPace(): Pace {
  let limit = START
  let running = 0
  let goodInRow = 0
  const waiting: (() => void)[] = []
  const wake = () => {
    while (running < limit && waiting.length > 0) {
      running++
      waiting.shift()?.()
    }
  }
  return {
    get limit() {
      return limit
    },
    good() {
      goodInRow++
      if (goodInRow >= limit && limit < MOST) {
        limit++
        goodInRow = 0
        wake()
      }
    },
    busy() {
      limit = Math.max(1, Math.floor(limit / 2))
      goodInRow = 0
    },
    async run(request) {
      await new Promise<void>(go => {
        waiting.push(go)
        wake()
      })
      try {
        return await request()
      } finally {
        running--
        wake()
      }
    },
  }
}

/** Milliseconds before try `attempt` (1, 2, …) is repeated: doubling, half of it random, at most `most`. */
export function backoff(attempt: number, base: number, most = 15_000): number {
  const full = Math.min(most, base * 2 ** (attempt - 1))
  return full / 2 + Math.random() * (full / 2)
}
