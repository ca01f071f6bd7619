import { run } from 'uvu/run'

type Suites = Parameters<typeof run>[0]

/** Runs test files in this process, and names at the end what was left out. */
export async function runHere(suites: Suites): Promise<void> {
  await run(suites, { bail: false })
  // Only now: uvu wants to be loaded by its runner first.
  const { leftOutLines } = await import('../support/where.ts')
  for (const line of leftOutLines()) console.log(line)
}
