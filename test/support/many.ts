import * as fc from 'fast-check'

/**
 * Looks at a property of whole runs for `seconds`, at `runs` cases at most and one at least: its share of `npm test`. WEFT_TEST_RUNS=500
 * asks for so many instead, however long they take; WEFT_TEST_SEED=… repeats what a failure has named.
 */
export async function holdsForMany<T>(
  cases: fc.Arbitrary<T>,
  { runs, seconds }: { runs: number; seconds: number },
  check: (value: T) => Promise<void>,
): Promise<void> {
  const { WEFT_TEST_RUNS: asked, WEFT_TEST_SEED: seed, WEFT_TEST_SHRINK: shrink } = process.env
  const deadline = performance.now() + seconds * 1000
  let done = 0
  const property = fc.asyncProperty(cases, async value => {
    if (!asked && done > 0 && performance.now() > deadline) return
    await check(value)
    done++
  })
  await fc.assert(property, {
    numRuns: asked ? Number(asked) : runs,
    ...(seed ? { seed: Number(seed) } : {}),
    includeErrorInReport: true,
    // A case takes a second: the seed names it, and smaller ones are looked for by who mends it.
    endOnFailure: !shrink,
  })
}
