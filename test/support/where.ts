import { spawnSync } from 'node:child_process'
import { suite, type Test } from 'uvu'

type Declare = (name: string, handler: () => Promise<void> | void) => void

/** The tests that this run leaves out, by what the machine lacks for them; test/run.ts names them at its end. */
const leftOut = new Map<string, string[]>()

/** Declares tests that a machine may lack something for: there they count as skipped, never as passed, and the run names them. */
export function testWhere(test: Declare & Pick<Test, 'skip'>, has: boolean, lacking: string): Declare {
  return (name, handler) => {
    if (has) return test(name, handler)
    leftOut.set(lacking, [...(leftOut.get(lacking) ?? []), name])
    test.skip(name, handler)
  }
}

/** Tests that run the real kubectl. */
export function testWithKubectl(test: Test): Declare {
  return testWhere(test, hasKubectl(), 'no kubectl (1.20 or newer)')
}

/**
 * A suite whose tests all run the real kubectl. Where there is none they are declared all the same, to be counted and named, so what
 * `declare` sets up may not need it.
 */
export async function suiteWithKubectl(
  title: string,
  declare: (test: Declare & Pick<Test, 'before' | 'after' | 'skip'>) => Promise<void> | void,
): Promise<void> {
  const test = suite(title)
  const { before, after, skip } = test
  await declare(Object.assign(testWithKubectl(test).bind(null), { before, after, skip }))
  test.run()
}

/** Whether a program can be started at all, whatever it answers. */
export function hasProgram(name: string, args: readonly string[] = ['--version']): boolean {
  return spawnSync(name, args, { stdio: 'ignore' }).error === undefined
}

/** The kubectl to test with: WEFT_TEST_KUBECTL names another release. */
export function kubectlProgram(): string {
  return process.env.WEFT_TEST_KUBECTL ?? 'kubectl'
}

export function hasKubectl(): boolean {
  return spawnSync(kubectlProgram(), ['version', '--client'], { stdio: 'ignore' }).status === 0
}

/** What was left out and why, for a person; empty where nothing was. */
export function leftOutLines(): string[] {
  return [...leftOut].flatMap(([lacking, names]) => [
    `  ${names.length} skipped, ${lacking}:`,
    ...names.map(name => `    ${name}`),
  ])
}
