import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import type { Test } from 'uvu'

type Declare = (name: string, handler: () => Promise<void> | void) => void

/** Declares tests that a machine may lack something for: there they count as skipped, never as passed, and why is printed. */
export function testWhere(test: Test, has: boolean, lacking: string): Declare {
  return (name, handler) => {
    if (has) return test(name, handler)
    console.log(`skipped: ${name} (${lacking})`)
    test.skip(name, handler)
  }
}

/** Tests that read a file or folder of ../shared, which users of weft do not have. */
export function testWithFixture(test: Test, path: string | URL): Declare {
  return testWhere(test, existsSync(path), `${path} is not here`)
}

/** Whether a program can be started at all, whatever it answers. */
export function hasProgram(name: string, args: readonly string[] = ['--version']): boolean {
  return spawnSync(name, args, { stdio: 'ignore' }).error === undefined
}
