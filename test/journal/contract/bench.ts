import { execFileSync } from 'node:child_process'
import * as assert from 'uvu/assert'
import type { Ledger } from '../../../src/journal/ledger.ts'
import type { ProcessIdentity } from '../../../src/journal/process.ts'
import type { Failure } from '../../../src/model/failure.ts'
import { time } from '../records.ts'

/** A clock that stands until it is moved. */
export function clockAt(start = time) {
  let now = new Date(start).getTime()
  const clock = () => new Date(now)
  return {
    clock,
    pass: (seconds: number) => {
      now += seconds * 1000
    },
  }
}

/** A process of this machine that has ended. */
export function goneProcess(): ProcessIdentity {
  const script = `import { thisProcess } from ${JSON.stringify(new URL('../../../src/journal/process.ts', import.meta.url).href)}
    console.log(JSON.stringify(thisProcess()))`
  return JSON.parse(execFileSync(process.execPath, ['--input-type=module', '-e', script], { encoding: 'utf8' }))
}

export const elsewhere: ProcessIdentity = { host: 'jump-2', pid: 4711, mark: null }
export const target = 'nxos:192.0.2.11:22'

export const isDefect = (failure: Failure) => assert.is(failure.code, 'defect')

/** Declares a test on a new ledger and its clock. */
export type On = (title: string, body: (ledger: Ledger, time: ReturnType<typeof clockAt>) => Promise<void>) => void
