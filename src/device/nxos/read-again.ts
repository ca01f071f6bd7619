import { setTimeout as sleep } from 'node:timers/promises'
import { refusalIn } from '../../connection/cli/rejection.ts'
import { readConfig } from '../../diff/cli/read.ts'
import type { Failure } from '../../model/failure.ts'
import type { CliTree } from '../../model/nxos.ts'
import { SLOW_SECONDS } from './checkpoint.ts'
import type { Wire } from './wire.ts'

const SHOW = 'show running-config'
/** A session that was lost may still be taking lines that had been sent ahead: two answers must be the same. */
const MOST_READS = 6
/** What is longer is a configuration, whatever its lines look like. */
const SHORT = 12
const PAUSE_MS = 200

/** The configuration as it is now, or why it could not be read. */
export async function readAgain(wire: Wire): Promise<{ live: CliTree } | { failure: Failure }> {
  const text = await shown(wire)
  return typeof text === 'string' ? { live: readConfig(text) } : text
}

/** The same once it stands still. */
export async function readSettled(wire: Wire): Promise<{ live: CliTree } | { failure: Failure }> {
  let before: string | null = null
  for (let read = 0; read < MOST_READS; read++) {
    const text = await shown(wire)
    if (typeof text !== 'string') return text
    if (text === before) break
    before = text
    await sleep(PAUSE_MS)
  }
  return { live: readConfig(before ?? '') }
}

async function shown(wire: Wire): Promise<string | { failure: Failure }> {
  const { answers, failure } = await wire.again([SHOW], SLOW_SECONDS)
  if (failure) return { failure }
  const output = answers.at(-1)?.output ?? []
  const said = output.length <= SHORT ? refusalIn(output) : null
  if (said !== null || output.length === 0)
    return {
      failure: {
        code: 'rejected',
        message: `'${SHOW}' was not answered.`,
        device: { said: said ?? '(nothing)', line: SHOW },
      },
    }
  // The clock of its header is no line of it.
  return output.filter(line => !/^!(Time|Running configuration last done)/.test(line)).join('\n')
}
