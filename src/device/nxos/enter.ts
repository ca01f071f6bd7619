import { AT_TOP } from '../../connection/cli/configure.ts'
import { refusalIn } from '../../connection/cli/rejection.ts'
import type { Failure } from '../../model/failure.ts'
import type { NxosOptions } from './options.ts'
import type { NxosState } from './state.ts'
import type { Wire } from './wire.ts'

/** `configure terminal`. Null when the prompt proves it. */
export async function enterConfiguration(state: NxosState, wire: Wire, options: NxosOptions): Promise<Failure | null> {
  const { answers, failure } = await wire.exchange(['configure terminal'])
  if (failure) return { ...failure, aftermath: 'Nothing was written.' }
  const answer = answers[0]
  if (answer?.prompt.mode === 'config') {
    state.standing = AT_TOP
    return null
  }
  return {
    code: 'rejected',
    message: `${options.endpoint.host} did not enter configuration mode.`,
    device: { said: refusalIn(answer?.output ?? []) ?? answer?.output.join('\n') ?? '', line: 'configure terminal' },
    remedy: 'Check the role of the user (network-admin), and whether a configuration session holds the lock.',
    aftermath: 'Nothing was written.',
  }
}
