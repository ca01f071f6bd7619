import type { Machine } from '../../connection/machine/machine.ts'
import { type Failure, toFailure } from '../../model/failure.ts'
import type { FileState } from '../../model/machine.ts'
import { sameState, stateOf } from './file-state.ts'

/**
 * Reads again what this run has placed. Null = all of it is there.
 * @param placed files after which this run has started no process: one may have edited them, as the playbook wants it
 */
export async function verifyFiles(
  machine: Machine,
  placed: ReadonlyMap<string, FileState | null>,
): Promise<Failure | null> {
  try {
    const wrong: string[] = []
    for (const [path, after] of placed) if (!sameState(await stateOf(machine.read, path), after)) wrong.push(path)
    if (wrong.length === 0) return null
    return {
      code: 'failed',
      message: `${wrong.join(', ')}: not as this run has written.`,
      remedy: 'Something else writes there too: plan again, and find out what it is.',
      aftermath: 'What this run wrote was changed by something else.',
    }
  } catch (error) {
    const failure = toFailure(error)
    return { ...failure, aftermath: failure.aftermath ?? 'The files were written; they are not verified.' }
  }
}
