import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parse } from 'uvu/parse'
import { run } from 'uvu/run'

/**
 * `npm test` runs every *.test.ts below test/ in this process, but for test/peers, which needs programs that users do not have
 * (`npm run test:peers`). `node test/run.ts PATTERN` picks files by a regular expression on their path below test/.
 *
 * Tests that this machine lacks a program for are skipped, counted and, at the end, named.
 *
 * What the tests and the programs that they start put into the temporary folder goes with the run.
 */
const temporary = mkdtempSync(join(tmpdir(), 'weft-tests-'))
process.env.TMPDIR = temporary
process.once('exit', () => rmSync(temporary, { recursive: true, force: true }))

const pattern = process.argv[2] ?? ''
const { suites } = await parse('test', `(?:${pattern}).*\\.test\\.ts$`)
const picked = suites.filter(({ name }) => pattern.includes('peers/') || !name.includes('peers/'))
if (picked.length === 0) {
  console.error(`No test file matches '${pattern}'.`)
  process.exitCode = 1
}
await run(picked, { bail: false })
// Only now: uvu wants to be loaded by its runner first.
const { leftOutLines } = await import('./support/where.ts')
for (const line of leftOutLines()) console.log(line)
