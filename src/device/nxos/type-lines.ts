import { AT_TOP, type Configured, configure } from '../../connection/cli/configure.ts'
import { maskedContexts, maskedLine, maskedText } from '../../diff/cli/secret.ts'
import type { Work } from '../../model/device.ts'
import type { Failure } from '../../model/failure.ts'
import type { CliLine } from '../../model/nxos.ts'
import { enterConfiguration } from './enter.ts'
import type { NxosOptions } from './options.ts'
import type { NxosState } from './state.ts'
import type { Wire } from './wire.ts'

/** What is undone, and with what. */
export interface Undoing {
  readonly state: NxosState
  readonly wire: Wire
  readonly options: NxosOptions
  readonly works: readonly Work<'nxos'>[]
}

/** Sends lines from the top of configuration mode. Null when each was taken. */
export async function typeLines(
  { state, wire, options }: Pick<Undoing, 'state' | 'wire' | 'options'>,
  lines: readonly CliLine[],
): Promise<Failure | null> {
  const closed = await enterConfiguration(state, wire, options)
  if (closed) return closed
  const result = await configure(wire.exchange, AT_TOP, lines)
  state.standing = result.standing
  return result.broken ?? refusedAgain(result)
}

function refusedAgain({ refused }: Configured): Failure | null {
  if (!refused) return null
  const { said, context } = refused
  const line = maskedLine(refused.line, context.at(-1))
  return {
    code: 'rejected',
    message: `'${line}' was refused.`,
    device: { said: maskedText(said), line, context: maskedContexts(context) },
  }
}
