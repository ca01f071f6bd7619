/** Handles typed characters one after the other; a pause holds up those behind it. */
export interface KeyQueue {
  push(text: string): void
  readonly waiting: boolean
}

export function createKeyQueue(options: {
  /** Handles one character; answers how many milliseconds the next one has to wait. */
  readonly handle: (character: string) => number
  /** Called when all that came has been handled. */
  readonly empty: () => void
}): KeyQueue {
  let keys = ''
  let paused = false

  const work = () => {
    let at = 0
    while (at < keys.length && !paused) {
      const wait = options.handle(keys.charAt(at++))
      if (wait > 0) pause(wait)
    }
    keys = keys.slice(at)
    if (!paused) options.empty()
  }

  const pause = (milliseconds: number) => {
    paused = true
    setTimeout(() => {
      paused = false
      work()
    }, milliseconds)
  }

  return {
    push(text) {
      keys += text
      if (!paused) work()
    },
    get waiting() {
      return paused
    },
  }
}
