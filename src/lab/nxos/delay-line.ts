/**
 * Hands on what comes in, each piece `latencyMs` after it came: pieces that follow one another closely overlap, as on a
 * long wire. `idle` is called when all that had come was dealt with.
 */
export interface DelayLine<T> {
  push(piece: T): void
  close(): void
}

export function createDelayLine<T>(options: {
  readonly latencyMs: () => number
  readonly deliver: (piece: T) => void
  readonly idle: () => void
}): DelayLine<T> {
  const waiting: { piece: T; due: number }[] = []
  let timer: NodeJS.Timeout | undefined

  const drain = () => {
    timer = undefined
    while (waiting[0] && waiting[0].due <= performance.now() + 0.5)
      options.deliver((waiting.shift() as { piece: T }).piece)
    if (waiting[0]) timer = setTimeout(drain, waiting[0].due - performance.now())
    else options.idle()
  }

  return {
    push(piece) {
      waiting.push({ piece, due: performance.now() + options.latencyMs() })
      timer ??= setTimeout(drain, options.latencyMs())
    },
    close() {
      clearTimeout(timer)
      waiting.length = 0
    },
  }
}
