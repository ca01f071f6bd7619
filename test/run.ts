import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parse } from 'uvu/parse'
import { runHere } from './runner/here.ts'
import { runWithWorkers } from './runner/workers.ts'

/**
 * `npm test` runs every *.test.ts below test/, but for test/peers, which needs programs that users do not have (`npm run test:peers`).
 * `node test/run.ts PATTERN` picks files by a regular expression on their path below test/.
 *
 * Few files run in this process, their output as it comes; many are shared by two workers (WEFT_TEST_WORKERS), for most tests wait for
 * something. Tests that this machine lacks a program for are skipped, counted and, at the end, named.
 *
 * What the tests and the programs that they start put into the temporary folder goes with the run.
 */
const temporary = mkdtempSync(join(tmpdir(), 'weft-tests-'))
process.env.TMPDIR = temporary
process.once('exit', () => rmSync(temporary, { recursive: true, force: true }))

const FEW = 12

const pattern = process.argv[2] ?? ''
const { suites } = await parse('test', `(?:${pattern}).*\\.test\\.ts$`)
const picked = suites.filter(({ name }) => pattern.includes('peers/') || !name.includes('peers/'))
const workers = picked.length > FEW ? Number(process.env.WEFT_TEST_WORKERS ?? 2) : 1
if (picked.length === 0) {
  console.error(`No test file matches '${pattern}'.`)
  process.exitCode = 1
} else if (workers > 1) await runWithWorkers(picked, workers)
else await runHere(picked)
