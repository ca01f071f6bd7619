import { patiently } from '../../connection/cli/patience.ts'
import type { NxosSession } from '../../connection/cli/session.ts'
import type { Exchange } from '../../connection/cli/terminal.ts'
import { type Failure, toFailure } from '../../model/failure.ts'
import type { NxosOptions } from './options.ts'
import type { NxosState } from './state.ts'

/** The session of a run as what is written needs it: it may be lost, and opened again. */
export interface Wire {
  /** Sends lines in one round trip; does not throw. */
  exchange(lines: readonly string[], timeoutSeconds?: number): Promise<Exchange>
  /** The same from exec mode, for lines that may be typed twice: after a lost session they are, on a new one. */
  again(lines: readonly string[], timeoutSeconds?: number): Promise<Exchange>
  /** Logs in anew after a lost session. Null when there is one. */
  reconnect(): Promise<Failure | null>
}

/** A switch that reloads a line card or fails over is away for a minute; the lease of the run is renewed meanwhile. */
const TIMES_TIMEOUT = 3

export function wireOf(state: NxosState, session: () => Promise<NxosSession>, options: NxosOptions): Wire {
  const exchange: Wire['exchange'] = async (lines, seconds) => {
    try {
      return await (await session()).exchange(lines, seconds)
    } catch (error) {
      return { answers: [], failure: toFailure(error) }
    }
  }
  const reconnect = () => reconnected(state, session, options)
  const fromExec: Wire['exchange'] = async (lines, seconds) => {
    const leaving = state.standing ? ['end'] : []
    state.standing = null
    const { answers, failure } = await exchange([...leaving, ...lines], seconds)
    return { answers: answers.slice(leaving.length), failure }
  }
  return {
    exchange,
    reconnect,
    async again(lines, seconds) {
      const first = await fromExec(lines, seconds)
      if (!first.failure || !isLost(first.failure) || (await reconnect())) return first
      return fromExec(lines, seconds)
    },
  }
}

/** Whether a session is no more, or no use any more; not one that the user has stopped. */
export function isLost({ code }: Failure): boolean {
  return code === 'unreachable' || code === 'timeout' || code === 'unparseable'
}

/** Lets go of a session: the next use logs in, and stands in exec mode. */
export function dropSession(state: NxosState): void {
  void state.session?.then(open => open.close()).catch(() => {})
  state.session = null
  state.standing = null
}

async function reconnected(
  state: NxosState,
  session: () => Promise<NxosSession>,
  options: NxosOptions,
): Promise<Failure | null> {
  const { endpoint, signal, progress } = options
  dropSession(state)
  if (signal.aborted) return { code: 'interrupted', message: 'Stopped after the session was lost.' }
  progress('connecting', `${endpoint.host} again: the session was lost`)
  const seconds = (endpoint.timeoutSeconds ?? 30) * TIMES_TIMEOUT
  const mayPass = (error: unknown) => ['unreachable', 'busy', 'timeout'].includes(toFailure(error).code)
  const onWait = (text: string) => progress('waiting', text)
  return patiently({ endpoint, signal, onWait }, session, { mayPass, seconds }).then(
    () => null,
    error => toFailure(error),
  )
}
