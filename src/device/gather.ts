/** How long a question waits for company. Tasks of one pass ask within the same turn or two of the event loop. */
const MILLISECONDS = 4

/** Questions asked close together are answered by one call. `answer` gives one result (or rejection) per question, in order. */
export function gather<Q, A>(
  answer: (questions: readonly Q[]) => Promise<readonly PromiseSettledResult<A>[]>,
): (questions: readonly Q[]) => Promise<readonly PromiseSettledResult<A>[]> {
  let open: { questions: Q[]; answered: Promise<readonly PromiseSettledResult<A>[]> } | null = null
  return async questions => {
    if (questions.length === 0) return []
    open ??= begin()
    const mine = open
    const first = mine.questions.length
    mine.questions.push(...questions)
    return (await mine.answered).slice(first, first + questions.length)
  }

  function begin() {
    const waiting: Q[] = []
    const answered = new Promise<void>(resolve => setTimeout(resolve, MILLISECONDS)).then(() => {
      open = null
      return answer(waiting)
    })
    return { questions: waiting, answered }
  }
}
