import { type ChildProcess, fork } from 'node:child_process'
import { stripVTControlCharacters } from 'node:util'
import type { Order, Report } from './worker.ts'

export interface TestFile {
  readonly name: string
  readonly file: string
}

interface Sums {
  total: number
  passed: number
  skipped: number
  /** Files at which a worker ended. */
  readonly broken: string[]
  readonly leftOut: Set<string>
}

/** The files that take longest, which are begun first: else one worker would wait for the other at the end. */
const LONG = [/^parity\//, /^scenario\//, /^run\//, /^lab\//]

/** Runs test files in several processes, each taking the next when it is free, and closes with the sums of all as uvu prints them. */
export async function runWithWorkers(files: readonly TestFile[], count: number): Promise<void> {
  const started = performance.now()
  const left = files.toSorted((one, other) => rank(one) - rank(other))
  const sums: Sums = { total: 0, passed: 0, skipped: 0, broken: [], leftOut: new Set() }
  await Promise.all(Array.from({ length: count }, () => drain(left, sums)))
  for (const name of sums.broken) console.log(`  FAIL  ${name}: the process ended in the middle of it`)
  const failed = sums.total !== sums.passed
  console.log(`\n  Total:     ${sums.total}\n  Passed:    ${sums.passed}\n  Skipped:   ${sums.skipped}`)
  console.log(`  Duration:  ${((performance.now() - started) / 1000).toFixed(1)} s\n`)
  for (const line of sums.leftOut) console.log(line)
  if (failed) process.exitCode = 1
}

function rank({ name }: TestFile): number {
  const found = LONG.findIndex(pattern => pattern.test(name))
  return found === -1 ? LONG.length : found
}

/** One worker after the other (a new one where a test has ended its process), until no file is left. */
async function drain(left: TestFile[], sums: Sums): Promise<void> {
  while (left.length > 0) {
    const atWork = await work(left, sums)
    if (atWork === null) return
    sums.broken.push(atWork.name)
    sums.total++
  }
}

/** Lets one process work; answers the file at which it ended, or null where it did all. */
function work(left: TestFile[], sums: Sums): Promise<TestFile | null> {
  const child: ChildProcess = fork(new URL('./worker.ts', import.meta.url).pathname)
  let atWork: TestFile | null = null
  const next = () => {
    atWork = left.shift() ?? null
    child.send({ next: atWork } satisfies Order)
  }
  next()
  return new Promise((resolve, reject) => {
    child.once('error', reject)
    child.once('exit', () => resolve(atWork))
    child.on('message', (report: Report) => {
      add(sums, report)
      if (atWork) next()
    })
  })
}

/** Takes uvu's closing lines out of a file's output, for the sums; prints the rest. */
function add(sums: Sums, { text, leftOut = [] }: Report): void {
  for (const line of leftOut) sums.leftOut.add(line)
  const lines = text.split('\n').filter(line => {
    const found = /^ {2}(Total|Passed|Skipped|Duration): +(\d+)/.exec(stripVTControlCharacters(line))
    if (!found) return true
    const amount = Number(found[2])
    if (found[1] === 'Total') sums.total += amount
    if (found[1] === 'Passed') sums.passed += amount
    if (found[1] === 'Skipped') sums.skipped += amount
    return false
  })
  console.log(lines.join('\n').trim())
}
