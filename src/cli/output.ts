interface Streams {
  readonly out: NodeJS.WritableStream
  readonly err: NodeJS.WritableStream
}

/**
 * Output that cannot be written (a full disk, a terminal that is gone) is dropped, with one word on standard error: it may never end
 * a run in mid-write. A reader that leaves early (| head) wanted no more, so nothing is said. `lost` tells whether a reader misses
 * something.
 */
export function dropWhatCannotBeWritten({ out, err }: Streams): { lost(): boolean } {
  let lost = false
  out.on('error', ({ code }: NodeJS.ErrnoException) => {
    if (lost || code === 'EPIPE') return
    lost = true
    err.write(
      `weft: standard output cannot be written to (${code}). The rest of the output is dropped; the work goes on.\n`,
    )
  })
  err.on('error', () => {})
  return { lost: () => lost }
}

/** A plan that nobody could read is not in sync, and a run whose report was lost needs a look. */
export function exitWhere(lost: boolean, code: number): number {
  return lost && (code === 0 || code === 2) ? 1 : code
}
