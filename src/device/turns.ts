/**
 * One after the other, in the order of asking: a session stands in one place, and two hosts of a run may write to one switch (two names of
 * it, `delegate_to`). What is asked for must not ask for a turn itself.
 */
export function turns(): <T>(work: () => Promise<T>) => Promise<T> {
  let last: Promise<unknown> = Promise.resolve()
  return work => {
    const next = last.then(work, work)
    last = next
    return next
  }
}
