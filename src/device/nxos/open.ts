import { assertReadOnly } from '../../connection/cli/read-only.ts'
import { refusalIn } from '../../connection/cli/rejection.ts'
import { type NxosSession, openSession, type Shown } from '../../connection/cli/session.ts'
import { type JumpHosts, jumpHosts } from '../../connection/ssh/jump-hosts.ts'
import { applyCli } from '../../diff/cli/apply.ts'
import { readConfig } from '../../diff/cli/read.ts'
import { maskedLine, maskedText } from '../../diff/cli/secret.ts'
import { refuseUntypeable } from '../../diff/cli/typeable.ts'
import type { Device, Work } from '../../model/device.ts'
import { type Failure, FailureError, toFailure } from '../../model/failure.ts'
import type { Outcome } from '../../model/intent.ts'
import type { Managed } from '../../model/managed.ts'
import type { CliTree, NxosRead } from '../../model/nxos.ts'
import { targetOf } from '../../model/target.ts'
import { turns } from '../turns.ts'
import type { NxosOptions } from './options.ts'
import { type NxosState, nxosState } from './state.ts'
import { type Wire, wireOf } from './wire.ts'

const LONGEST_REFUSAL = 12
const RUNNING = 'show running-config'

/** Opens switches that share their jump hosts' connections. */
export function nxosOpener(): (options: NxosOptions) => Promise<Device<'nxos'>> {
  const jumps = jumpHosts()
  return options => openNxos({ jumps, ...options })
}

/**
 * A switch in a run. It logs in at the first read or write; the same session serves the whole run. The snapshot that `running` gives is
 * normal (src/diff/cli/normal.ts). Reads and writes throw or return FailureErrors unreachable, denied, busy, timeout, rejected.
 */
export async function openNxos(options: NxosOptions): Promise<Device<'nxos'>> {
  const state = nxosState(options.run)
  const jumps = options.jumps ?? jumpHosts()
  const session = () => {
    state.session ??= logIn(state, jumps, options)
    return state.session
  }
  const wire = wireOf(state, session, options)
  const inTurn = turns()
  const unreached = async (aftermath: string): Promise<Failure | null> => {
    const open = await session().catch(toFailure)
    return 'code' in open ? { ...open, aftermath } : null
  }
  return {
    kind: 'nxos',
    target: targetOf('nxos', options.endpoint),
    read: reader(state, session, options),
    net: state.checkpoint,
    stage: changes => stage(state, changes),
    write: work => inTurn(() => writeTo(session, { state, wire, work, options })),
    verify: () =>
      inTurn(async () => {
        if (!isWritten(state) || state.spoiled) return null
        const away = await unreached('The changes were acknowledged; they are neither verified nor saved.')
        return away ?? (await import('./commit.ts')).verifyRun(state, wire, options)
      }),
    commit: () =>
      inTurn(async () => {
        if (!isWritten(state) || state.spoiled) return null
        const away = await unreached('The changes were acknowledged; they are not saved.')
        return away ?? (await import('./commit.ts')).commitRun(state, wire, options)
      }),
    revert: () =>
      inTurn(async () => {
        if (!state.checkpointed) return null
        const away = await unreached('Nothing was undone.')
        return away ?? (await import('./undo.ts')).revertRun({ state, wire, options })
      }),
    pending: () => (isWritten(state) ? { net: state.checkpointed ? state.checkpoint : adoptedNet(state) } : null),
    look: left =>
      inTurn(async () => (await import('./look.ts')).lookAt(left, { state, session: await session(), options })),
    adopt: left => void state.adopted.push(left),
    reconnect: () => logOut(state),
    release: async () => {
      await logOut(state)
      if (!options.jumps) jumps.close()
    },
  }
}

/** A switch that is in sync is not written to: only now is the writing side loaded. */
async function writeTo(
  session: () => Promise<NxosSession>,
  { state, wire, work, options }: { state: NxosState; wire: Wire; work: readonly Work<'nxos'>[]; options: NxosOptions },
): Promise<readonly Outcome[]> {
  const { failedFirst, writeTasks } = await import('./write.ts')
  const open = await session().catch(toFailure)
  if ('code' in open) return failedFirst(work, { ...open, aftermath: 'Nothing was written.' })
  const exec = (command: string) => {
    // Within a context a word such as 'shutdown' would be configuration that nobody planned.
    const leaving = state.standing ? ['end'] : []
    state.standing = null
    return ask(state, open, { command: oneLine(command), leaving })
  }
  return writeTasks({ state, wire, options, exec }, work)
}

function stage(state: NxosState, changes: readonly Managed[]): void {
  if (!state.planned || changes.length === 0) return
  state.planned = applyCli(state.planned, changes)
  state.staged = true
}

async function logOut(state: NxosState): Promise<void> {
  const open = state.session
  state.session = null
  state.standing = null
  await open?.then(session => session.close()).catch(() => {})
}

async function logIn(
  state: NxosState,
  jumps: JumpHosts,
  { endpoint, progress, signal }: NxosOptions,
): Promise<NxosSession> {
  progress('connecting', `${endpoint.user ?? ''}@${endpoint.address}:${endpoint.port ?? 22}`)
  try {
    return await openSession({ endpoint, jumps, signal, onWait: text => progress('waiting', text) })
  } catch (error) {
    // The next read tries again: a task may be retried.
    state.session = null
    throw error
  }
}

function reader(state: NxosState, session: () => Promise<NxosSession>, options: NxosOptions): NxosRead {
  return {
    running: async () => {
      state.live ??= readRunning(state, session, options)
      const live = await state.live
      state.planned ??= live
      return state.planned
    },
    show: async command => {
      assertReadOnly(command)
      const output = await ask(state, await session(), { command: oneLine(command) })
      return output.join('\n')
    },
  }
}

async function readRunning(
  state: NxosState,
  session: () => Promise<NxosSession>,
  options: NxosOptions,
): Promise<CliTree> {
  try {
    const open = await session()
    options.progress('reading', RUNNING)
    const output = await answered(state, open, { command: RUNNING, shown: await open.show(RUNNING) })
    return readConfig(output.join('\n'))
  } catch (error) {
    state.live = null
    throw error
  }
}

async function ask(
  state: NxosState,
  session: NxosSession,
  { command, leaving = [] }: { command: string; leaving?: readonly string[] },
): Promise<readonly string[]> {
  const { answers, failure } = await session.exchange([...leaving, command])
  return answered(state, session, { command, shown: { output: [], ...answers[leaving.length], failure } })
}

/** What was printed, or the failure that it is. */
async function answered(
  state: NxosState,
  session: NxosSession,
  { command, shown: { output, asked, failure } }: { command: string; shown: Shown },
): Promise<readonly string[]> {
  if (failure) {
    // The next read or write logs in again; the checkpoint, if any, is still on the switch.
    state.session = null
    state.standing = null
    await session.close()
    throw new FailureError(failure)
  }
  const said = asked ?? refusalOf(output)
  if (said === null) return output
  const line = maskedLine(command)
  throw new FailureError({
    code: 'rejected',
    message: asked ? `'${line}' asks a question that weft does not answer.` : `The switch refused '${line}'.`,
    device: { said: maskedText(said), line },
    remedy: 'Try it by hand; a show command of a feature that is off is refused too.',
  })
}

/** A long answer is an answer, whatever its lines look like (a log quotes errors). */
function refusalOf(output: readonly string[]): string | null {
  return output.length <= LONGEST_REFUSAL ? refusalIn(output) : null
}

function oneLine(command: string): string {
  refuseUntypeable('The command', [command])
  return command
}

function adoptedNet({ adopted }: NxosState): string | null {
  return adopted.find(({ net }) => net !== null)?.net ?? null
}

function isWritten({ checkpointed, applied, adopted }: NxosState): boolean {
  return checkpointed || applied.length > 0 || adopted.length > 0
}
